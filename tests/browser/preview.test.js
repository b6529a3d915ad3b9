// The preview: what is saved shows on the open page at once, and nothing that the reader did is lost.

import assert from 'node:assert/strict';
import { readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import axe from 'axe-core';

import { watched, withPage } from './support/browser.js';
import { dossier, preview, write } from './support/preview.js';
import { project } from './support/site.js';
import { none, suite } from './support/suite.js';

const paragraphs = Array.from({ length: 60 }, (_, at) => `Paragraph ${at} of a long text.`).join('\n\n');
const letter = (words, title = 'The letter') => `---
title: ${title}
summary: A letter.
---
${words}

<details><summary>More</summary>Hidden words.</details>

${paragraphs}

The clerk wrote to [[bank]].
`;
const files = (words) => ({
  'dossier.toml': 'title = "Test"\nlanguages = ["en"]\ntheme = "mine"\neditor = "vscode"\n',
  'themes/mine/README.md': 'Own theme.\n',
  'content/notes/letter.md': letter(words),
  'content/notes/secret.md': '---\ntitle: Secret\ndraft: true\n---\nNot yet.\n',
  'content/actors/bank.md': '---\ntitle: The bank\ntype: organization\n---\nA bank.\n',
});

const open = async (page, url, path) => {
  await page.goto(url + path);
  await page.locator('dossier-preview .pill').waitFor();
  await page.evaluate(() => (window.isSame = true));
};
const isSame = (page) => page.evaluate(() => window.isSame === true);
const says = (page, text) => page.locator('.prose', { hasText: text }).waitFor();
const sheet = (page) => page.locator('dossier-preview .sheet');

suite('preview', {}, () => {
  test('a save shows in place: scroll, focus, open details and colours stay', async () => {
    const folder = await dossier(files('First words.'));
    const { url } = await preview(folder);
    await withPage({ reducedMotion: 'reduce' }, async (page) => {
      const complaints = await watched(page, url);
      await open(page, url, 'notes/letter.html');
      await page.locator('details').evaluate((node) => (node.open = true));
      await page.locator('.theme-toggle').click();
      const label = await page.locator('.theme-toggle').innerText();
      const link = page.locator('.prose a.ref');
      await link.focus();
      await page.evaluate(() => scrollTo(0, 700));
      const before = await page.evaluate(() => scrollY);
      assert.ok(before > 300, `scrolled to ${before}`);

      await write(folder, { 'content/notes/letter.md': letter('Second words.') });
      await says(page, 'Second words.');
      assert.ok(await isSame(page), 'the page was not loaded anew');
      assert.equal(await page.evaluate(() => scrollY), before);
      assert.ok(await link.evaluate((node) => node === document.activeElement), 'the link has the focus');
      assert.ok(await page.locator('details').evaluate((node) => node.open), 'the details are open');
      assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
      assert.ok(await page.locator('.theme-toggle').isVisible());
      assert.equal(await page.locator('.theme-toggle').innerText(), label);

      // What others say of it shows there, too.
      await open(page, url, 'actors/bank.html');
      await write(folder, { 'content/notes/letter.md': letter('Second words.', 'The telegram') });
      await page.locator('main', { hasText: 'The telegram' }).waitFor();
      assert.ok(await isSame(page));
      none(complaints);
    });
  });

  test('a broken file: the last good page, file and line beside it; mended, it goes', async () => {
    const folder = await dossier(files('Good words.'));
    const { url } = await preview(folder);
    await withPage({}, async (page) => {
      const complaints = await watched(page, url);
      await open(page, url, 'notes/letter.html');
      const good = await page.locator('main').innerText();
      await write(folder, {
        'content/notes/letter.md': letter('Other words.').replace('summary: A', 'summary: "A'),
      });
      await sheet(page).locator('article.error').first().waitFor();
      // The panel is for everybody, too.
      await page.evaluate(axe.source);
      none(
        (await page.evaluate(() => axe.run())).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
      );
      const words = await sheet(page).innerText();
      assert.match(words, /content\/notes\/letter\.md:\d+:\d+/);
      assert.match(words, /last good version/);
      assert.equal(await page.locator('main').innerText(), good);
      assert.ok(await isSame(page));

      // Whoever comes anew gets the same.
      await page.reload();
      await sheet(page).getByText('last good version').waitFor();
      assert.equal(await page.locator('main').innerText(), good);
      await page.evaluate(() => (window.isSame = true));

      await write(folder, { 'content/notes/letter.md': letter('Mended words.') });
      await says(page, 'Mended words.');
      await sheet(page).waitFor({ state: 'hidden' });
      assert.ok(await isSame(page));
      none(complaints);
    });
  });

  test('a broken template and its cure', async () => {
    const folder = await dossier(files('Words.'));
    const { url } = await preview(folder);
    await withPage({}, async (page) => {
      await open(page, url, 'notes/letter.html');
      const template = 'themes/mine/templates/toc.html';
      await write(folder, { [template]: '{% if %}' });
      await sheet(page).getByText('broken-theme').waitFor();
      await says(page, 'Words.');
      await rm(join(folder, template));
      await sheet(page).waitFor({ state: 'hidden' });
      assert.ok(await isSame(page));
    });
  });

  test('a style sheet applies without a reload', async () => {
    const folder = await dossier(files('Words.'));
    const { url } = await preview(folder);
    const style = await readFile(join(project, 'themes/default/assets/style.css'), 'utf8');
    await withPage({ reducedMotion: 'reduce' }, async (page) => {
      const complaints = await watched(page, url);
      await open(page, url, 'notes/letter.html');
      for (const color of ['rgb(1, 2, 3)', 'rgb(4, 5, 6)']) {
        await write(folder, {
          'themes/mine/assets/style.css': `${style}\nh1 { color: ${color} !important; }\n`,
        });
        await page.waitForFunction(
          (color) => getComputedStyle(document.querySelector('h1')).color === color,
          color,
        );
      }
      // The old one goes when the new one is there.
      await page.waitForFunction(() => document.querySelectorAll('link[rel="stylesheet"]').length === 1);
      assert.ok(await isSame(page));
      none(complaints);
    });
  });

  test('a page that is renamed is followed; one that is deleted is gone, and comes back', async () => {
    const folder = await dossier(files('Words.'));
    const { url } = await preview(folder);
    await withPage({}, async (page) => {
      await open(page, url, 'notes/letter.html');
      const [from, to] = ['letter', 'telegram'].map((name) => join(folder, `content/notes/${name}.md`));
      await rename(from, to);
      await page.waitForURL(`${url}notes/telegram.html`);
      await write(folder, { 'content/notes/telegram.md': letter('Words of a telegram.') });
      await says(page, 'Words of a telegram.');
      assert.ok(await isSame(page));

      await rm(join(folder, 'content'), { recursive: true });
      await page.locator('h1', { hasNotText: 'letter' }).waitFor();
      await write(folder, files('Words.'));
      await write(folder, { 'content/notes/telegram.md': letter('Back again.') });
      await says(page, 'Back again.');
      await write(folder, { 'content/notes/telegram.md': letter('And followed again.') });
      await says(page, 'And followed again.');
    });
  });

  test('a draft is there, and marked', async () => {
    const { url } = await preview(await dossier(files('Words.')));
    await withPage({}, async (page) => {
      await open(page, url, 'notes/secret.html');
      assert.ok(await page.locator('.notice-draft').isVisible());
    });
  });

  test('started again, it goes on', async () => {
    const folder = await dossier(files('Before.'));
    const first = await preview(folder);
    await withPage({}, async (page) => {
      await open(page, first.url, 'notes/letter.html');
      await first.stop();
      await page.locator('dossier-preview .pill.lost').waitFor();
      await write(folder, { 'content/notes/letter.md': letter('Meanwhile.') });
      await preview(folder, new URL(first.url).port);
      await says(page, 'Meanwhile.');
      await write(folder, { 'content/notes/letter.md': letter('Afterwards.') });
      await says(page, 'Afterwards.');
      assert.ok(await isSame(page));
    });
  });

  test('a click leads to the line, and the panel says who refers to a page', async () => {
    const folder = await dossier(files('The first words.'));
    const { url } = await preview(folder);
    await withPage({}, async (page) => {
      await open(page, url, 'notes/letter.html');
      // The address of an editor leads out of the browser: what would be opened is enough here.
      await page.evaluate(() => {
        window.opened = [];
        document.addEventListener('dossier:open', (event) => {
          window.opened.push(event.detail);
          event.preventDefault();
        });
      });
      const opened = async (work) => {
        await page.evaluate(() => (window.opened = []));
        await work();
        await page.waitForFunction(() => window.opened.length > 0);
        return page.evaluate(() => window.opened[0]);
      };
      const text = letter('The first words.').split('\n');
      const lineOf = (words) => text.findIndex((line) => line.includes(words)) + 1;
      const alt = { modifiers: ['Alt'] };
      for (const words of ['The first words', 'Paragraph 7 of', 'The clerk wrote']) {
        const place = await opened(() => page.locator('.prose p', { hasText: words }).click(alt));
        assert.deepEqual([place.path, place.line], ['content/notes/letter.md', lineOf(words)], words);
        assert.ok(
          place.href.startsWith('vscode://file/') && place.href.endsWith(`letter.md:${place.line}:1`),
          place.href,
        );
      }
      const title = await opened(() => page.locator('h1').click(alt));
      assert.equal(title.line, 2);

      await page.locator('dossier-preview .pill').click();
      await sheet(page).getByText('This page').click();
      await sheet(page).getByText('Refers to (1)').waitFor();
      await sheet(page).getByRole('link', { name: 'The bank' }).click();
      await page.waitForURL(`${url}actors/bank.html`);
    });
  });

  test('other sites get nothing done', async () => {
    const { url } = await preview(await dossier(files('Words.')));
    const { url: foreign } = await preview(await dossier(files('Words.')));
    await withPage({}, async (page) => {
      await page.goto(`${foreign}notes/letter.html`);
      const ask = (headers) =>
        page.evaluate(
          async ([url, headers]) => {
            const body = JSON.stringify({ path: 'dossier.toml' });
            const options = {
              method: 'POST',
              body,
              headers,
              mode: Object.keys(headers).length ? 'cors' : 'no-cors',
            };
            const response = await fetch(`${url}_dossier/open`, options).catch(() => null);
            return response && (response.type === 'opaque' ? 'opaque' : response.status);
          },
          [url, headers],
        );
      assert.equal(await ask({ 'x-dossier': '1' }), null, 'with our header it is not even sent');
      // Sent without the header it reaches the preview, which refuses: see tests/suite/preview.rs.
      assert.ok([null, 'opaque'].includes(await ask({})));
    });
  });
});
