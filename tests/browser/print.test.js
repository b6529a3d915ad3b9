// The print edition, as Chromium makes a PDF of it: page numbers, contents, sections, and where its links lead.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';

import { withPage } from './support/browser.js';
import { hosted } from './support/server.js';
import { suite } from './support/suite.js';

/** The pages of a PDF, as lines of text. */
function textOf(pdf) {
  const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8', maxBuffer: 1 << 26 });
  const pages = text.split('\f').slice(0, -1);
  return pages.map((page) => page.split('\n').filter((line) => line.trim()));
}

suite('print', {}, () => {
  for (const [path, contents, article] of [
    ['print.html', 'Daftar isi', 'Artikel'],
    ['en/print.html', 'Contents', 'The article'],
  ]) {
    test(`${path} on paper: the article, its claims and sources on about twelve pages`, async () => {
      const { url } = await hosted('/dossiers/najin/');
      await withPage({}, async (page) => {
        await page.goto(url + path);
        const pages = textOf(await page.pdf({ preferCSSPageSize: true }));
        assert.ok(pages.length >= 8 && pages.length <= 14, `${pages.length} pages`);
        const starts = pages.map((lines) => lines[0].trim().replace(/\s+/g, ' '));
        assert.ok(starts.includes(`1 ${article}`), starts.join('\n'));
        await page.emulateMedia({ media: 'print' });
        assert.equal(await page.locator('.chapter:visible').count(), 3);
      });
    });

    test(`${path} on paper, asked for everything: a title page, contents, numbered pages and sections`, async () => {
      const { url } = await hosted('/dossiers/najin/');
      await withPage({}, async (page) => {
        await page.goto(url + path);
        const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map((node) => node.id));
        assert.equal(ids.length, new Set(ids).size, 'ids are unique');
        const sections = await page.evaluate(() =>
          [...document.querySelectorAll('.leaf h3 .number')].map((node) => node.textContent),
        );
        assert.ok(sections.length > 90, `${sections.length} sections`);
        await page.locator('#part-whole').check();
        const pages = textOf(await page.pdf({ preferCSSPageSize: true }));
        assert.ok(pages.length > 50 && pages.length < 200, `${pages.length} pages`);
        const [cover, second, ...rest] = pages;
        assert.notEqual(cover.at(-1).trim(), '1', 'the title page has no number');
        assert.equal(second[0].trim(), contents);
        [second, ...rest].forEach((lines, at) => assert.equal(lines.at(-1).trim(), `${at + 2}`, `page ${at + 2}`));
        const starts = rest.map((lines) => lines[0].trim().replace(/\s+/g, ' '));
        assert.ok(starts.includes(`1 ${article}`), 'the article starts a page');
        // A heading is not the last line of a page.
        const headings = rest.filter((lines) => /^\d+\.\d+ {2,}\S/.test(lines.at(-2)?.trim() ?? '') && !/ {4,}\d+\.\d+ /.test(lines.at(-2)));
        assert.ok(headings.length <= 1, headings.map((lines) => lines.at(-2)).join('\n'));
      });
    });
  }
});
