// Every page, in a browser, under a strict policy: nothing complains, nothing leaves the site, nothing overflows.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NARROW, WIDE, isTypeset, watched, withPage } from './support/browser.js';
import { hosted } from './support/server.js';
import { isRedirect, pages } from './support/site.js';
import { none, once, suite } from './support/suite.js';

/** How far the document is wider than the window, and the elements that make it so. */
function overflow() {
  const { scrollWidth, clientWidth } = document.documentElement;
  const cut = [document.documentElement, document.body].some(
    (node) => getComputedStyle(node).overflowX !== 'visible',
  );
  if (scrollWidth <= clientWidth && !cut) return null;
  const scrolls = (node) =>
    node &&
    node !== document.body &&
    (getComputedStyle(node).overflowX !== 'visible' || scrolls(node.parentElement));
  const wide = [...document.body.querySelectorAll('*')].filter(
    (node) => node.getBoundingClientRect().right > clientWidth + 1 && !scrolls(node.parentElement),
  );
  const named = wide.slice(0, 3).map((node) => `${node.localName}.${node.getAttribute('class')}`);
  return `${scrollWidth} in ${clientWidth}px${cut ? ', and the overflow is cut off' : ''}: ${named.join(', ')}`;
}

/** Has a page count how far its layout moves by itself, as Chromium does. */
const watchMoves = (page) =>
  page.addInitScript(() => {
    window.moves = [];
    const list = (entries) => window.moves.push(...entries.map(({ value, sources }) => [value, sources[0]?.node?.className ?? '']));
    new PerformanceObserver((seen) => list(seen.getEntries())).observe({ type: 'layout-shift', buffered: true });
  });

/** Opens every page once and notes all that is asked below. */
const sweep = once(async () => {
  const { url, strays } = await hosted('/dossiers/najin/');
  const open = (await pages()).filter((page) => !isRedirect(page));
  const seen = { complaints: [], overflows: [], plain: [], moved: [], strays };
  const worker = async (pages) => {
    await withPage({}, async (page) => {
      const complaints = await watched(page, url);
      await watchMoves(page);
      let sizes = [WIDE, NARROW];
      for (const { path } of pages) {
        const response = await page.goto(url + path);
        assert.equal(response.status(), 200, path);
        if (!(await isTypeset(page))) seen.plain.push(path);
        const moves = await page.evaluate(() => window.moves);
        if (moves.reduce((sum, [value]) => sum + value, 0) >= 0.05) seen.moved.push(`${path}: ${moves.join(' ')}`);
        for (const size of sizes) {
          await page.setViewportSize(size);
          const found = await page.evaluate(overflow);
          if (found) seen.overflows.push(`${path}: ${found}`);
        }
        // The next page opens in the size that this one ended in.
        sizes = [...sizes].reverse();
      }
      seen.complaints.push(...complaints);
    });
  };
  const half = Math.ceil(open.length / 2);
  await Promise.all([worker(open.slice(0, half)), worker(open.slice(half))]);
  return seen;
});

suite('sweep', {}, () => {
  test('no page complains in the console, breaks the policy, fails a request or asks another host', async () => {
    none((await sweep()).complaints);
  });

  test('what the policy forbids is seen: a script, a style and a handler within the page', async () => {
    const { url } = await hosted('/dossiers/najin/');
    const forbidden = ['<script>0</script>', '<p style="color: red">', '<p onclick="0">', '<style>p {}</style>'];
    await withPage({}, async (page) => {
      for (const html of forbidden) {
        await page.route(`${url}index.html`, async (route) => {
          const response = await route.fetch();
          await route.fulfill({ response, body: (await response.text()).replace('</main>', `${html}</main>`) });
        });
        const complaints = await watched(page, url);
        // The browser tells of it when it comes to it, perhaps after the page is there.
        const told = page.waitForEvent('console', (message) => message.text().startsWith('policy: '));
        await Promise.all([told, page.goto(`${url}index.html`)]);
        assert.ok(complaints.some((said) => said.includes('policy: ')), `${html}: ${complaints}`);
        page.removeAllListeners();
        await page.unroute(`${url}index.html`);
      }
    });
  });

  test('no request leaves the path that the site is published under', async () => {
    none((await sweep()).strays.filter((path) => path !== '/favicon.ico'));
  });

  test('every page is set in the typeface that the site brings along', async () => {
    none((await sweep()).plain);
  });

  test('no page moves by itself by 0.05 or more while it loads', async () => {
    none((await sweep()).moved);
  });

  test('no page is wider than the window, at 360 and at 1280 pixels', async () => {
    none((await sweep()).overflows);
  });
});
