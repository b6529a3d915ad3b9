// The lesson in docs/first-dossier.md, step by step: what it tells the reader to type and to press is there. With `PICTURES=1` its
// pictures are taken again.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { withPage } from './support/browser.js';
import { choose, dialog, field, name, save, tool } from './support/desk.js';
import { project } from './support/site.js';
import { none, suite } from './support/suite.js';
import { startPage } from './support/terminal.js';

const pictures = join(project, 'docs/pictures/first-dossier');

/** The text of a page, with that of the preview's own parts. */
const textOf = (page) =>
  page.evaluate(() => {
    const inner = (root) => [root.textContent, ...[...root.querySelectorAll('*')].filter((node) => node.shadowRoot).map((node) => inner(node.shadowRoot))];
    return inner(document.documentElement).flat().join(' ').replace(/\s+/g, ' ');
  });

suite('lesson', {}, () => {
  test('the lesson for beginners leads from an article to a website', async () => {
    const lesson = await readFile(join(project, 'docs/first-dossier.md'), 'utf8');
    const article = /```markdown\n([^]*?)```/.exec(lesson)[1];
    const typed = [...lesson.matchAll(/`([^`\n]+)`/g)].map(([, words]) => words);
    const types = (words) => (assert.ok(typed.includes(words), `the lesson does not say \`${words}\``), words);
    const wanted = new Set([...lesson.matchAll(/\*\*([^*]+)\*\*/g)].map(([, label]) => label.replace(/\s+/g, ' ')).filter((label) => !label.endsWith('.')));
    const { url, home } = await startPage();
    await withPage({ locale: 'en-GB', reducedMotion: 'reduce', viewport: { width: 1300, height: 820 } }, async (page) => {
      /** Notes which of the lesson's labels are on the page. */
      const look = async () => {
        const text = await textOf(page);
        for (const label of wanted) if (text.includes(label)) wanted.delete(label);
      };
      const picture = async (file) => {
        await look();
        if (process.env.PICTURES) await page.screenshot({ path: join(pictures, `${file}.png`) });
      };
      const marked = (count) => page.waitForFunction((count) => new Set([...document.querySelectorAll('.prose mark')].map((mark) => mark.id || mark.textContent)).size >= count, count);

      await page.goto(url);
      await page.getByLabel('Text of the article').fill(article);
      const folder = join(home, 'dossiers', 'who-closed-the-pool');
      await page.waitForFunction((folder) => [...document.querySelectorAll('input')].some(({ value }) => value === folder), folder);
      await page.evaluate(() => scrollTo(0, 0));
      await picture('start');
      await page.getByRole('button', { name: 'Create the dossier' }).click();
      await page.locator('dossier-preview .pill').waitFor();
      const home_page = page.url();

      await choose(page, 'the pool lost 20,000 litres of water a day', 'Claim');
      await dialog(page).waitFor();
      await picture('claim');
      await dialog(page).getByLabel('Title *').fill(types('The pool lost 20,000 litres of water a day'));
      await name(page, 'by', types('Ruth Hale'), async () => {
        await look();
        await field(page, 'type').locator('select').selectOption({ label: 'Person' });
        await save(page);
      });
      await field(page, 'date').locator('input').fill(types('11 March 2024'));
      await field(page, 'date').getByRole('button', { name: 'Write 2024-03-11' }).waitFor();
      await look();
      await field(page, 'date').getByRole('button', { name: 'Write 2024-03-11' }).click();
      await name(page, 'sources', types('Ellerby Post of 12 March'), () => save(page));
      await look();
      await save(page);
      await page.locator('.prose mark').first().waitFor();

      await choose(page, 'speaks of 2,000 litres a day', 'Claim');
      await dialog(page).getByLabel('Title *').fill(types('The pool loses 2,000 litres of water a day'));
      await name(page, 'by', types('The engineer'), async () => {
        await field(page, 'type').locator('select').selectOption({ label: 'Person' });
        await save(page);
      });
      await field(page, 'date').locator('input').fill(types('2024-02-02'));
      await name(page, 'sources', types('Report on the basin'), async () => {
        await field(page, 'type').locator('select').selectOption({ label: 'Report' });
        await save(page);
      });
      await dialog(page).locator('summary', { hasText: 'More facts' }).click();
      await field(page, 'contradicts').locator(':scope > div > button').last().click();
      await field(page, 'contradicts').locator('[role=combobox]').last().pressSequentially(types('20,000'));
      await field(page, 'contradicts').locator('[role=option]', { hasText: 'The pool lost 20,000 litres of water a day' }).first().click();
      await look();
      await save(page);
      await page.locator('.prose .passage', { hasText: 'speaks of' }).waitFor();
      await page.locator('.status-contradicted:visible').first().waitFor();
      await page.getByRole('link', { name: 'The pool loses 2,000 litres of water a day' }).first().click();
      await page.waitForURL('**/claims/**');
      await page.locator('dossier-preview .pill').waitFor();
      await picture('contradicted');

      await page.goto(home_page);
      await page.locator('dossier-preview .pill').waitFor();
      await choose(page, types('the council'), 'Note');
      await dialog(page).getByLabel('Title *').fill(types('Who decides'));
      await dialog(page).getByLabel('Text', { exact: true }).fill(types('The town council has nine members, and the mayor leads it.'));
      await look();
      await save(page);
      await page.locator('.prose .passage', { hasText: 'the council' }).waitFor();

      // At its beginning: its middle may be a link.
      await page.locator('.prose p', { hasText: 'The swimming club' }).dblclick({ position: { x: 8, y: 10 } });
      const text = dialog(page).locator('textarea');
      await text.fill((await text.inputValue()).replace(types('says'), types('said in April')));
      await save(page);
      await page.locator('.prose p', { hasText: 'said in April' }).waitFor();
      await page.locator('.prose .passage', { hasText: 'the council' }).waitFor();
      await page.keyboard.press('Control+z');
      await page.locator('.prose p', { hasText: 'club says' }).waitFor();
      await page.keyboard.press('Control+y');
      await page.locator('.prose p', { hasText: 'said in April' }).waitFor();

      await page.locator('dossier-preview .pill').click();
      await look();
      await page.locator('dossier-preview .pill').click();
      await tool(page, 'Fix');
      const problems = dialog(page).getByRole('article');
      await problems.first().waitFor();
      await picture('problems');
      assert.equal(await problems.count(), 3);
      await dialog(page).getByRole('button', { name: 'All of this kind' }).click();
      await page.locator('.prose a', { hasText: 'Ruth Hale' }).waitFor();
      await problems.filter({ hasText: 'has no date' }).getByRole('button', { name: 'Open its facts' }).click();
      await field(page, 'published').locator('input').fill(types('2024-05-02'));
      await look();
      await save(page);
      await dialog(page).getByText('Nothing to fix.').waitFor();
      await look();
      await dialog(page).getByRole('button', { name: 'Close' }).click();
      await page.waitForFunction(() => !/warning|error/.test(document.querySelector('dossier-preview').shadowRoot.querySelector('.pill').textContent));
      await page.evaluate(() => scrollTo(0, 0));
      await picture('finished');

      await tool(page, 'Publish');
      await dialog(page).getByRole('button', { name: 'Make the website' }).click();
      await dialog(page).locator('.said', { hasText: 'public' }).waitFor();
      await look();
      const site = await readFile(join(folder, 'public/index.html'), 'utf8');
      for (const words of ['said in April', 'Contradicted', 'href="notes/who-decides.html"']) assert.ok(site.includes(words), words);
      assert.ok(!site.includes('_dossier'), 'what is published has nothing of the preview');
    });
    none([...wanted], 'labels that the lesson names and no page had');
  });
});
