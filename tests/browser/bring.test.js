// What an author has becomes pages in the preview: a table that is dropped, chosen row by row, and an article's names and figures.

import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { NARROW, withPage } from './support/browser.js';
import { dialog, host, open, tool, violations } from './support/desk.js';
import { dossier, preview } from './support/preview.js';
import { none, suite } from './support/suite.js';

const ARTICLE = `---
title: The crates
published: 2024-05-01
---

Zita Zarco told reporters in Lisbon that 1,250 crates had left. Later Zita Zarco said no more.

Mayor Bento Brito denied it in Lisbon.
`;

const FILES = { 'dossier.toml': 'title = "Crates"\nlanguages = ["en", "id"]\nbase_url = "https://example.org/"\n', 'content/article.md': ARTICLE };

const TABLE = 'title,by,date,sources,colour\nTen crates left,Zita Zarco,2024-04-01,https://example.org/a,red\nNo crate left,Bento Brito,2024-04-02,https://example.org/b,blue\n';

const listed = async (folder, kind) => (await readdir(join(folder, 'content', kind)).catch(() => [])).sort();

/** Drops a file on the page. */
const drop = (page, name, text, on) =>
  page.evaluate(
    ([name, text, on]) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name));
      for (const type of ['dragover', 'drop']) document.querySelector(on).dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    },
    [name, text, on],
  );

suite('bring', {}, () => {
  test('a table that is dropped becomes pages, but for what is not ticked; all of it can be undone', async () => {
    const folder = await dossier(FILES);
    const { desk } = await preview(folder);
    await withPage({ reducedMotion: 'reduce' }, async (page) => {
      await open(page, desk);
      await drop(page, 'claims.csv', TABLE, 'footer');
      const count = (n) => dialog(page).getByText(`Files that would be written: ${n}.`).waitFor();
      // Two claims, who said them, where it is written, and what the program remembers of the import.
      await count(7);
      none(await violations(page), 'violations');
      await dialog(page).locator('li', { hasText: 'No crate left' }).getByRole('checkbox').uncheck();
      await count(4);
      await dialog(page).locator('li', { hasText: 'No crate left' }).getByRole('checkbox').check();
      await count(7);
      await dialog(page).locator('li', { hasText: 'No crate left' }).getByRole('checkbox').uncheck();
      await count(4);
      // A column that the program does not know is what its owner says.
      await dialog(page).getByText('Left out (1)').click();
      await dialog(page).getByLabel('The column “colour” is:').selectOption({ label: 'Summary' });
      await dialog(page).getByText('Left out (1)').waitFor({ state: 'detached' });
      await dialog(page).getByRole('button', { name: 'Bring them in' }).click();
      await host(page).locator('.status', { hasText: 'Imported' }).waitFor();
      assert.deepEqual(await listed(folder, 'claims'), ['ten-crates-left.md']);
      assert.deepEqual(await listed(folder, 'actors'), ['zita-zarco.md']);
      assert.match(await readFile(join(folder, 'content/claims/ten-crates-left.md'), 'utf8'), /summary: red\n/);
      await page.goto(new URL('/claims/ten-crates-left.html', desk).href);
      await page.getByRole('heading', { name: 'Ten crates left' }).waitFor();
      await page.goto(desk);
      await page.locator('dossier-preview .pill').waitFor();
      await page.keyboard.press('Control+z');
      await host(page).locator('.status', { hasText: 'Undone' }).waitFor();
      assert.deepEqual(await listed(folder, 'claims'), []);
    });
  });

  test('what cannot be read says why, and a file for the text is only linked', async () => {
    const folder = await dossier(FILES);
    const { desk } = await preview(folder);
    await withPage({ reducedMotion: 'reduce', viewport: NARROW }, async (page) => {
      await open(page, desk);
      await drop(page, 'odd.csv', 'a,b,c\n1,2,3\n', '.prose p');
      await dialog(page).getByRole('alert').filter({ hasText: 'odd.csv' }).waitFor();
      assert.ok(await dialog(page).getByRole('button', { name: 'Bring them in' }).isDisabled());
      none(await violations(page), 'violations');
      await dialog(page).getByRole('button', { name: 'Only link it in the text' }).click();
      await dialog(page).getByLabel('Words of the link').waitFor();
    });
    assert.deepEqual(await readdir(join(folder, 'content')), ['article.md']);
  });

  test('the names and figures of an article become pages and links, by keyboard', async () => {
    const folder = await dossier(FILES);
    const { desk } = await preview(folder);
    await withPage({ reducedMotion: 'reduce' }, async (page) => {
      await open(page, desk);
      await tool(page, 'Names');
      const answer = (name) => dialog(page).getByRole('combobox', { name, exact: true });
      await answer('Zita Zarco').waitFor();
      none(await violations(page), 'violations');
      await answer('Zita Zarco').focus();
      // What is asked about is shown where it is.
      assert.equal(await page.evaluate(() => CSS.highlights.get('dossier-triage').size), 2);
      await answer('Zita Zarco').selectOption('actor');
      await answer('Lisbon').selectOption('place');
      await answer('1,250 crates').selectOption('claim');
      await dialog(page).getByText('Chosen: 3 of').waitFor();
      await dialog(page).getByRole('button', { name: 'Make them' }).press('Enter');
      await host(page).locator('.status', { hasText: 'Links: ' }).waitFor();
      await page.locator('.prose a.ref-actor', { hasText: 'Zita Zarco' }).waitFor();
      assert.equal(await page.evaluate(() => CSS.highlights.has('dossier-triage')), false);
    });
    const article = await readFile(join(folder, 'content/article.md'), 'utf8');
    assert.match(article, /\[Zita Zarco\]\(actors\/zita-zarco\.md\) told reporters in/);
    assert.deepEqual(await listed(folder, 'actors'), ['zita-zarco.md']);
    assert.match(await readFile(join(folder, 'content/claims', (await listed(folder, 'claims'))[0]), 'utf8'), /draft: true/);
  });
});
