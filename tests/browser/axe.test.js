// axe-core finds nothing: a page of every template, in every language, light and dark, narrow and wide; and
// once more with the theme for a courtroom, in English and Arabic.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import axe from 'axe-core';

import { NARROW, WIDE, withPage } from './support/browser.js';
import { hosted, serve } from './support/server.js';
import { pagesIn, program, project, samples, samplesOf } from './support/site.js';
import { none, scratch, suite } from './support/suite.js';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on a page, one line an element. */
async function violations(page) {
  const { violations } = await page.evaluate(
    (tags) =>
      window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }),
    RULES,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`,
    ),
  );
}

/** Looks at a page in both colour schemes and widths. */
function examine(name, address) {
  test(name, async () => {
    const faults = new Map();
    // A change of colours must not be measured halfway.
    await withPage({ reducedMotion: 'reduce' }, async (page) => {
      await page.goto(await address());
      await page.evaluate(axe.source);
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme });
        for (const viewport of [NARROW, WIDE]) {
          await page.setViewportSize(viewport);
          for (const fault of await violations(page)) {
            faults.set(fault, [...(faults.get(fault) ?? []), `${colorScheme} ${viewport.width}px`]);
          }
        }
      }
    });
    none(
      [...faults].map(([fault, where]) => `${fault} (${where.join(', ')})`),
      'violations',
    );
  });
}

/** Another dossier's site: its folder, and where it is served. */
async function built(root, name, ...options) {
  const site = join(await scratch(), name);
  // The page for unknown addresses has absolute paths, from the address of the site.
  const given = ['--output', site, '--base-url', 'http://127.0.0.1/', '--keep-going', ...options];
  await promisify(execFile)(program, ['--root', root, 'build', ...given]);
  return { site, ...(await serve(site)) };
}

/** The print edition, which has all pages on one: of a small dossier it says the same of its template in a tenth of the time. */
const isBook = ({ template }) => template === 'book';

suite('axe', { concurrency: 2 }, async () => {
  for (const { path, template } of (await samples()).filter((page) => !isBook(page))) {
    examine(`${path} (${template})`, async () => (await hosted('/')).url + path);
  }
  const { site, url } = await built(join(project, 'tests/browser/arabic'), 'arabic');
  const books = samplesOf(await pagesIn(site)).filter(isBook);
  if (books.length === 0) throw new Error('no print edition');
  for (const { path } of books) examine(`arabic: ${path} (book)`, () => url + path);
});

suite('axe, for a courtroom', { concurrency: 2 }, async () => {
  for (const [root, lang] of [[project, 'en'], [join(project, 'tests/browser/arabic'), 'ar-lb']]) {
    const { site, url } = await built(root, `court-${lang}`, '--theme', join(project, 'examples/themes/court'));
    const pages = (await pagesIn(site)).filter((page) => page.lang === lang);
    if (pages.length === 0) throw new Error(`no page in \`${lang}\``);
    for (const { path, template } of samplesOf(pages).filter((page) => root !== project || !isBook(page))) {
      examine(`court: ${path} (${template})`, () => url + path);
    }
  }
});
