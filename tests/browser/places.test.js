// The site works wherever it lies: on a disk, at a host's root, below a path, in the preview; and without JavaScript.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

import { isSeen, isStyled, isTypeset, watched, withPage } from './support/browser.js';
import { hosted } from './support/server.js';
import { build, edition, languages, program, project, sample, samples, unhosted } from './support/site.js';
import { closing, none, once, suite } from './support/suite.js';

/** Where a page is, below the site's address. */
const whereIs = (page, url) =>
  decodeURIComponent(page.url().slice(url.length)).replace(/(^|\/)$/, '$1index.html');

/** Follows the first link in `scope` that leads to `path`, and waits for its page. */
async function follow(page, url, scope, path) {
  const links = await page.locator(`${scope} a[href]`).all();
  for (const link of links) {
    const address = await link.evaluate((node) => node.href);
    if (address !== url + path) continue;
    await Promise.all([page.waitForURL(address), link.click()]);
    return;
  }
  assert.fail(`${page.url()} has no link to ${path} in \`${scope}\``);
}

/** A reader's walk: home, an entity, its listing, the other language, and back. */
async function walk(page, url) {
  const [first, second] = languages;
  await page.goto(`${url}index.html`);
  assert.ok((await isStyled(page)) && (await isTypeset(page)), 'the home page has its style');
  const entity = await page
    .locator('main article a[href]')
    .evaluateAll(
      (links, folders) => links.map(({ href }) => href).find((href) => folders.test(href)),
      /\/(actors|claims|events|places)\/(?!index\.html)[^/]+\.html$/,
    );
  assert.ok(entity, 'the article leads to entities');
  const path = decodeURIComponent(entity.slice(url.length));
  await follow(page, url, 'main', path);
  assert.ok(await isStyled(page), `${path} has its style`);

  const listing = path.replace(/[^/]+$/, 'index.html');
  await follow(page, url, 'header', listing);
  assert.ok(await isStyled(page), `${listing} has its style`);
  await follow(page, url, 'main', path);

  await follow(page, url, 'header', edition(path, second));
  assert.equal(await page.locator('html').getAttribute('lang'), second);
  assert.ok(await isStyled(page), 'the other language has its style');
  await follow(page, url, 'header', path);
  assert.equal(await page.locator('html').getAttribute('lang'), first);

  await page.goBack();
  assert.equal(whereIs(page, url), edition(path, second));
  await page.goBack();
  assert.equal(whereIs(page, url), path);
}

/** The 404 page at an address deep below nothing: styled, and it leads home. */
async function lost(page, url) {
  const response = await page.goto(`${url}no/such/place/at-all.html`);
  assert.equal(response.status(), 404);
  assert.ok(await isStyled(page), 'the 404 page has its style');
  assert.ok(await isTypeset(page), 'and its typeface');
  const home = page.locator('main a[href]').first();
  await Promise.all([page.waitForURL((address) => !address.href.includes('/no/')), home.click()]);
  assert.equal(whereIs(page, url), 'index.html');
}

/** The program's preview, until the tests are done. */
const preview = once(async () => {
  const server = spawn(program, ['--root', project, 'serve', '--port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  closing(async () => {
    const gone = new Promise((resolve) => server.once('exit', resolve));
    if (server.kill('SIGINT')) await gone;
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(new Error('`dossier serve` ended without an address')));
    createInterface({ input: server.stderr }).on('line', (line) => {
      const url = /http:\/\/\S+/.exec(line)?.[0];
      if (url) resolve(url);
    });
  });
});

suite('places', {}, () => {
  test('opened from a disk (file://)', async () => {
    const url = `${pathToFileURL(await build(unhosted))}/`;
    await withPage({}, async (page) => {
      const complaints = await watched(page, url);
      await walk(page, url);
      none(complaints);
    });
  });

  for (const mount of ['/', '/dossiers/najin/']) {
    test(`on a host at ${mount}`, async () => {
      const { url, strays } = await hosted(mount);
      await withPage({}, async (page) => {
        const complaints = await watched(page, url);
        await walk(page, url);
        none(complaints);
      });
      await withPage({}, (page) => lost(page, url));
      // Browsers look for this one at the root by themselves.
      none(
        strays.filter((path) => path !== '/favicon.ico'),
        'requests that left the path',
      );
    });
  }

  test('in the preview (`dossier serve`)', async () => {
    const url = await preview();
    assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/$/);
    await withPage({}, async (page) => {
      const complaints = await watched(page, url);
      await walk(page, url);
      none(complaints);
    });
    await withPage({}, (page) => lost(page, url));
  });

  test('without JavaScript every sample says all that it says with it', async () => {
    const { url } = await hosted('/');
    const lines = async (page, path) => {
      await page.goto(url + path);
      // A form chooses from what is said; it says nothing itself.
      await page.locator('main').evaluate((main) => main.querySelectorAll('form').forEach((form) => form.remove()));
      const text = await page.locator('main').innerText();
      return text
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean);
    };
    await withPage({}, (scripted) =>
      withPage({ javaScriptEnabled: false }, async (plain) => {
        for (const { path } of await samples()) {
          const said = new Set(await lines(plain, path));
          assert.ok(said.size > 1, `${path} says something`);
          none(
            (await lines(scripted, path)).filter((line) => !said.has(line)),
            `${path}: lines only with JavaScript`,
          );
        }
      }),
    );
  });

  test('without JavaScript the article, facts, backlinks and the language switch are there', async () => {
    const { url } = await hosted('/');
    await withPage({ javaScriptEnabled: false }, async (page) => {
      for (const lang of languages) {
        const home = await sample('article', lang);
        await page.goto(url + home.path);
        assert.ok(
          (await page.locator('main p').allInnerTexts()).join(' ').split(/\s+/).length > 300,
          'the article stands there',
        );

        const claim = await sample('entity entity-claim', lang);
        await page.goto(url + claim.path);
        const seen = async (what, locator) => {
          const elements = await locator.all();
          assert.ok(elements.length > 0, `${claim.path} has ${what}`);
          for (const element of elements) assert.ok(await isSeen(element), `${claim.path} shows ${what}`);
        };
        // What is folded opens without a script.
        for (let folded; (folded = page.locator('main details:not([open]) > summary:visible').first(), await folded.count());) await folded.click();
        await seen('facts', page.locator('main dl dd'));
        await seen('who said it', page.locator('main a[href*="actors/"]'));
        await seen('its sources', page.locator('main a[href*="sources/"]'));
        await seen('its backlinks', page.locator('#part-backlinks ~ * li a[href]'));
        await seen('the language switch', page.locator('header a[hreflang]'));
        const other = languages.find((code) => code !== lang);
        await follow(page, url, 'header', edition(claim.path, other));
        assert.equal(await page.locator('html').getAttribute('lang'), other);
        const idle = await page
          .locator('button')
          .evaluateAll((buttons) => buttons.filter((button) => button.checkVisibility()).length);
        assert.equal(idle, 0, 'no button stands there that does nothing');
      }
    });
  });
});
