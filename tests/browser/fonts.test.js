// Nothing moves as the typeface arrives: the theme's stand-ins for it, each drawn with the faces of one system, as wide and as high.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { withPage } from './support/browser.js';
import { hosted } from './support/server.js';
import { samples } from './support/site.js';
import { none, suite } from './support/suite.js';

/** The stand-ins of `style.css`, and a face that is drawn to the metrics of what each looks for. */
const FACES = {
  'Like Georgia': 'gelasio',
  'Like Noto': 'noto-serif',
  'Like Times': 'tinos',
  'Like DejaVu': 'dejavu-serif',
};

const face = async (name, weight) => {
  const file = fileURLToPath(import.meta.resolve(`@fontsource/${name}/files/${name}-latin-${weight}-normal.woff2`));
  return `url("data:font/woff2;base64,${(await readFile(file)).toString('base64')}")`;
};

/** The style sheet as a system sees it that has only these faces. */
async function only(css, wanted) {
  const [regular, bold] = await Promise.all([face(FACES[wanted], 400), face(FACES[wanted], 700)]);
  let drawn = 0;
  const seen = css.replaceAll(/@font-face\s*\{[^}]*\}/g, (rule) => {
    const name = /font-family:\s*"([^"]+)"/.exec(rule)[1];
    if (!(name in FACES)) return rule;
    if (name !== wanted) return '';
    drawn += 1;
    return rule.replace(/src:[^;]+;/, `src: ${rule.includes('200 500') ? regular : bold};`);
  });
  assert.equal(drawn, 2, `${wanted}: a regular and a bold`);
  return seen;
}

/** How far the layout moved, as Chromium counts it, while the typeface arrived after the page had been drawn. */
async function shift(page, url, wanted) {
  let arrive;
  const late = new Promise((resolve) => (arrive = resolve));
  await page.route('**/*.css', async (route) => {
    const answer = await route.fetch();
    const css = await answer.text();
    await route.fulfill({ response: answer, body: css.includes('"Like Georgia"') ? await only(css, wanted) : css });
  });
  await page.route('**/*.woff2', async (route) => {
    await late;
    await route.continue();
  });
  await page.addInitScript(() => {
    window.moved = [];
    const list = (entries) => window.moved.push(...entries.map(({ value, startTime, sources }) => ({ value, startTime, of: sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.textContent?.slice(0, 60)) })));
    new PerformanceObserver((seen) => list(seen.getEntries())).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(url, { waitUntil: 'domcontentloaded' });
  const frames = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await frames();
  const before = await page.evaluate((name) => [...document.fonts].filter(({ family }) => family.includes(name)).map(({ status }) => status), wanted);
  assert.ok(before.includes('loaded'), `${wanted} is drawn first: ${before}`);
  // A stand-in that is in a file, as here, comes a moment after the page; one that is installed is there.
  const start = await page.evaluate(() => performance.now());
  arrive();
  await page.evaluate(() => document.fonts.ready);
  await frames();
  const after = await page.evaluate(() => [...document.fonts].filter(({ family, status }) => family.includes('Source Serif') && status === 'loaded').length);
  assert.ok(after > 0, 'the typeface arrived');
  return page.evaluate((start) => window.moved.filter(({ startTime }) => startTime >= start), start);
}

suite('fonts', { concurrency: 2 }, async () => {
  const faces = Object.keys(FACES);
  for (const [at, { path, template }] of (await samples()).entries()) {
    // Each template has two languages and two widths: so it meets all faces.
    for (const [turn, viewport] of [{ width: 390, height: 844 }, { width: 1280, height: 800 }].entries()) {
      const wanted = faces[(2 * at + turn) % faces.length];
      test(`${path} (${template}) with ${wanted} at ${viewport.width}`, async () => {
        const { url } = await hosted('/');
        const moved = await withPage({ viewport, bypassCSP: true }, (page) => shift(page, url + path, wanted));
        const sum = moved.reduce((sum, { value }) => sum + value, 0);
        if (sum >= 0.05) none(moved.map(({ value, of }) => `${value.toFixed(3)}: ${of.join(', ')}`), `moves by ${sum.toFixed(3)}`);
      });
    }
  }
});
