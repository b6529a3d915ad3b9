// The start page: from a pasted article to the preview of its dossier, by keyboard alone, and for everybody.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import axe from 'axe-core';

import { watched, withPage } from './support/browser.js';
import { none, suite } from './support/suite.js';
import { startPage } from './support/terminal.js';

/** An article of some hundred words, as a browser copies it. */
const ARTICLE = `<meta charset="utf-8"><h1 style="margin:0">The ship that came back empty</h1>
<p>On <b>7 September</b> a ship left the port of Najin with containers that nobody had declared. Three days later it lay in
Dunay, on the Russian side of the sea, and satellites saw how it was unloaded.</p>
<h2>What was said</h2>
<p>A spokesman of the White House said in October that more than a thousand containers had been delivered. The Kremlin answered
that there was no proof. A newspaper in Seoul wrote of <a href="https://example.org/voyages">ten voyages</a>, and named an
intelligence service that had told members of parliament about them.</p>
<ul><li>The ship sailed under one flag.</li><li>It came back empty.</li></ul>
<p>Who loaded it is still <i>not known</i>, and neither is what the containers held.</p>`;

/** Puts HTML into the clipboard, as a copy from another page does. */
const copied = (page, html) =>
  page.evaluate(async (html) => {
    const plain = new DOMParser().parseFromString(html, 'text/html').body.textContent;
    const blobs = { 'text/html': html, 'text/plain': plain };
    const item = Object.fromEntries(Object.entries(blobs).map(([type, text]) => [type, new Blob([text], { type })]));
    await navigator.clipboard.write([new ClipboardItem(item)]);
  }, html);

/** Presses Tab until what has the focus has this name. */
async function tabTo(page, name) {
  for (let presses = 1; presses <= 60; presses++) {
    await page.keyboard.press('Tab');
    const label = await page.evaluate(() => {
      const node = document.activeElement;
      return (node?.labels?.[0] ?? node)?.innerText ?? '';
    });
    if (label.trim().startsWith(name)) return presses;
  }
  throw new Error(`no way by Tab to “${name}”`);
}

const focus = (page) => page.evaluate(() => document.activeElement?.labels?.[0]?.innerText ?? '');

const violations = async (page) => {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`);
};

suite('start', {}, () => {
  test('by keyboard alone, a pasted article becomes a dossier, and its preview opens', async () => {
    const { url, home } = await startPage();
    const options = { locale: 'en-GB', permissions: ['clipboard-read', 'clipboard-write'] };
    await withPage(options, async (page) => {
      const complaints = await watched(page, 'http://127.0.0.1:');
      await page.goto(url);
      await page.getByRole('heading', { name: 'New dossier' }).waitFor();
      assert.ok(!page.url().includes('key'), 'the key is out of the address');
      none(await violations(page));
      await copied(page, ARTICLE);

      let presses = await tabTo(page, 'Text of the article');
      await page.keyboard.press('Control+V');
      const text = page.getByLabel('Text of the article');
      assert.match(await text.inputValue(), /^# The ship that came back empty\n\nOn \*\*7 September\*\* a ship/);
      const title = page.getByLabel('Title', { exact: true });
      assert.equal(await title.inputValue(), 'The ship that came back empty');
      const folder = join(home, 'dossiers', 'the-ship-that-came-back-empty');
      await page.waitForFunction((folder) => [...document.querySelectorAll('input')].some(({ value }) => value === folder), folder);
      presses += 1 + (await tabTo(page, 'Create the dossier'));
      await page.keyboard.press('Enter');
      await page.locator('dossier-preview .pill').waitFor();
      console.log(`# ${presses + 1} keys from the start page to the preview`);

      assert.notEqual(new URL(page.url()).port, new URL(url).port);
      assert.ok(!page.url().includes('key'));
      assert.equal(await page.locator('h1').first().innerText(), 'The ship that came back empty');
      assert.equal(await page.getByRole('link', { name: 'ten voyages' }).getAttribute('href'), 'https://example.org/voyages');
      assert.ok(await page.locator('script[data-desk]').count(), 'it can be edited');
      const article = await readFile(join(folder, 'content/article.md'), 'utf8');
      for (const words of ['## What was said', '- It came back empty.', '*not known*']) assert.ok(article.includes(words), article);

      // Back on the start page the dossier is the first of the last ones, and leads there again.
      const preview = page.url();
      await page.goto(new URL('/', url).href);
      await page.getByRole('heading', { name: 'Recent dossiers' }).waitFor();
      none(await violations(page));
      await tabTo(page, 'The ship that came back empty');
      await page.keyboard.press('Enter');
      await page.waitForURL(preview);
      none(complaints);
    });
  });

  test('what is wrong stands beside its field, which gets the focus; nothing that was typed is lost', async () => {
    const { url, here, home } = await startPage();
    await writeFile(join(here, 'file.txt'), 'mine');
    await withPage({ locale: 'en-GB' }, async (page) => {
      await page.goto(url);
      await page.getByRole('button', { name: 'Create the dossier' }).click();
      const text = page.getByLabel('Text of the article');
      const error = (field) => field.evaluate((node) => document.getElementById(node.getAttribute('aria-describedby').split(' ').at(-1)).textContent);
      await page.waitForFunction(() => document.querySelector('[aria-invalid]'));
      assert.equal(await error(text), 'Paste the text of the article, or choose a file.');
      assert.equal(await focus(page), 'Text of the article');
      none(await violations(page));

      await page.keyboard.type('Only one line of words.');
      const folder = page.getByLabel('Folder', { exact: true });
      await folder.fill(here);
      await folder.press('Enter');
      await page.getByText('Give the dossier a title.').waitFor();
      assert.equal(await text.getAttribute('aria-invalid'), null);
      assert.equal(await focus(page), 'Title');
      await page.keyboard.type('One line');
      await page.keyboard.press('Enter');
      await page.getByText(`${here} is not empty. Name another folder.`).waitFor();
      assert.equal(await focus(page), 'Folder');
      assert.equal(await text.inputValue(), 'Only one line of words.');
      await folder.fill('~/mine');
      await folder.press('Enter');
      await page.locator('dossier-preview .pill').waitFor();
      assert.match(await readFile(join(home, 'mine/content/article.md'), 'utf8'), /\n---\n\nOnly one line of words\.\n$/);

      // The first line of a text without headings is its title, and not in the text, too.
      await page.goto(new URL('/', url).href);
      await text.fill('A line\n\nAnd words.');
      await folder.fill('~/line');
      await folder.press('Enter');
      await page.locator('dossier-preview .pill').waitFor();
      assert.match(await readFile(join(home, 'line/content/article.md'), 'utf8'), /^---\ntitle: A line\n[^]*\n---\n\nAnd words\.\n$/);

      await page.goto(new URL('/', url).href);
      await page.getByLabel('Folder of the dossier').fill(here);
      await page.keyboard.press('Enter');
      await page.getByText(`${here} is not a dossier`).waitFor();
      assert.equal(await focus(page), 'Folder of the dossier');
    });
  });

  test('a file is dropped; the words are Indonesian; it fits 320 pixels, light and dark', async () => {
    const { url, home } = await startPage();
    const options = { locale: 'id-ID', colorScheme: 'dark', viewport: { width: 320, height: 640 } };
    await withPage(options, async (page) => {
      await page.goto(url);
      await page.getByRole('heading', { name: 'Dosier baru' }).waitFor();
      assert.equal(await page.getByLabel('Bahasa artikel').inputValue(), 'id');
      await page.locator('summary').click();
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it is too wide');
      none(await violations(page));
      await page.getByLabel('Contoh: izin bangunan').check();
      none(await violations(page));
      await page.evaluate(() => {
        const files = new DataTransfer();
        files.items.add(new File(['<!doctype html><title>Surat</title><h1>Surat</h1><p>Kapal itu berangkat.</p>'], 'surat.html'));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: files, bubbles: true, cancelable: true }));
      });
      await page.getByText('Artikel akan dibaca dari surat.html.').waitFor();
      none(await violations(page));
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'it is too wide');
      const folder = join(home, 'dossiers', 'surat');
      await page.waitForFunction((folder) => [...document.querySelectorAll('input')].some(({ value }) => value === folder), folder);
      await page.getByRole('button', { name: 'Buat dosier' }).click();
      await page.locator('dossier-preview .pill').waitFor();
      assert.equal(await page.locator('html').getAttribute('lang'), 'id');
      assert.match(await readFile(join(folder, 'content/article.md'), 'utf8'), /^---\ntitle: Surat\n/);
    });
  });

  test('every example is offered with what it is, and opens', async () => {
    const { url, home } = await startPage();
    await withPage({ locale: 'en-GB' }, async (page) => {
      await page.goto(url);
      await page.getByRole('heading', { name: 'New dossier' }).waitFor();
      const labels = await page.locator('input[name=start]').evaluateAll((inputs) => inputs.map(({ value, labels }) => [value, labels[0].innerText]));
      assert.deepEqual(labels.map(([value]) => value), ['article', 'empty', 'atlas', 'permit', 'voyage', 'clock']);
      for (const [, label] of labels) assert.match(label, /^[^\n]+\n[A-Z][^\n]+\.$/);
      await page.getByLabel('Example: two languages').check();
      const folder = join(home, 'dossiers', 'clock');
      await page.waitForFunction((folder) => [...document.querySelectorAll('input')].some(({ value }) => value === folder), folder);
      await page.getByRole('button', { name: 'Create the dossier' }).click();
      await page.locator('dossier-preview .pill').waitFor();
      assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
      assert.ok((await readFile(join(folder, 'content/article.fr.md'), 'utf8')).includes('L’horloge'));
    });
  });

  test('without the key the page says where to find it', async () => {
    const { url } = await startPage();
    await withPage({ locale: 'en-GB' }, async (page) => {
      await page.goto(new URL('/', url).href);
      await page.getByText('open the address that the terminal shows').waitFor();
      none(await violations(page));
    });
  });
});
