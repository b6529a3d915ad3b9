// Editing in the preview: an article becomes a dossier by mouse, and by keyboard alone; nothing is in what a build makes.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';

import { withPage } from './support/browser.js';
import { choose, dialog, field, host, name, open, save, select, tool, violations } from './support/desk.js';
import { dossier, preview } from './support/preview.js';
import { program, project } from './support/site.js';
import { none, scratch, suite } from './support/suite.js';

const run = promisify(execFile);
const client = join(project, 'src/serve/client');

const PEOPLE = ['Ana Alves', 'Bruno Brito', 'Clara Costa', 'Duarte Dias', 'Elsa Esteves'];
const SENTENCES = Array.from({ length: 10 }, (_, at) => `${PEOPLE[at % 5]} said that crate number ${at + 1} left the harbour of Porto`);
const WAITED = 'Nobody came to fetch the crates before the winter. ';
const FILLER = 'The crates stood on the quay for a week, and the people of the town walked past them every day without asking. ';
const ARTICLE = [...SENTENCES.map((sentence) => `${sentence}. ${FILLER.repeat(3)}`), WAITED].join('\n\n');

const files = (text, settings = '') => ({
  'dossier.toml': `title = "Crates"\nlanguages = ["en"]\nbase_url = "https://example.org/"\n${settings}`,
  'content/article.md': `---\ntitle: The crates\npublished: 2024-05-01\n---\n\n${text}\n`,
});

suite('desk', {}, () => {
  test('its types are right, its words are in both languages, and it is small', async () => {
    await run(process.execPath, [join(project, 'tests/browser/node_modules/typescript/bin/tsc'), '-p', join(project, 'tests/browser')]);
    const { all, reason, REASONS } = await import(join(client, 'desk-words.js'));
    const sources = await Promise.all(
      (await readdir(join(project, 'src'), { recursive: true })).filter((file) => file.endsWith('.rs')).map((file) => readFile(join(project, 'src', file), 'utf8')),
    );
    const code = sources.join('\n');
    none(
      REASONS.filter(([english]) => english.split(/`?\{\}`?(?:: )?/).some((part) => !code.includes(part))).map(([english]) => english),
      'reasons that the preview does not give',
    );
    assert.equal(reason('id', 'there is a file `a.png` already; give this one another name'), 'sudah ada berkas `a.png`; beri nama lain');
    none(
      Object.entries(all).filter(([, [en, id]]) => !en || !id || (en.match(/\{\w+\}/g) ?? []).sort().join() !== (id.match(/\{\w+\}/g) ?? []).sort().join()).map(([name]) => name),
      'words that lack a language or a placeholder',
    );
    const names = await readdir(client);
    const own = names.filter((file) => file.startsWith('desk'));
    const sizes = await Promise.all(own.map(async (file) => gzipSync(await readFile(join(client, file))).length));
    const size = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(size < 60_000, `${size} bytes`);
  });

  test('an article becomes a dossier by mouse, is published, and nothing is wrong with it', async () => {
    const folder = await dossier(files(ARTICLE, '[publish.disk]\nservice = "folder"\npath = "out"\nbase_url = "https://example.org/"\n'));
    const { desk } = await preview(folder);
    await withPage({ reducedMotion: 'reduce' }, async (page) => {
      await page.addInitScript(() => {
        window.counts = JSON.parse(sessionStorage.counts ?? '{"keys":0,"clicks":0}');
        const count = (what) => () => ((window.counts[what] += 1), (sessionStorage.counts = JSON.stringify(window.counts)));
        addEventListener('keydown', count('keys'), true);
        addEventListener('mousedown', count('clicks'), true);
      });
      await open(page, desk);
      const source = (number) => async () => {
        await field(page, 'url').locator('input').fill(`https://example.org/${number}`);
        await field(page, 'archive').locator('input').fill(`https://web.archive.org/web/2024/https://example.org/${number}`);
        await field(page, 'published').locator('input').fill('2024-04-01');
        await save(page);
      };
      const person = async () => {
        await field(page, 'type').locator('select').selectOption('person');
        await save(page);
      };
      for (const [at, sentence] of SENTENCES.entries()) {
        const words = sentence.slice(sentence.indexOf('crate number'));
        await choose(page, words, 'Claim');
        await name(page, 'by', PEOPLE[at % 5], person);
        await field(page, 'date').locator('input').fill('7 April 2024');
        await field(page, 'date').getByRole('button', { name: /2024-04-07/ }).click();
        await field(page, 'sources').locator(':scope > div > button').last().click();
        const cited = field(page, 'sources').locator('[role=combobox]').last();
        const title = `Letter ${(at % 3) + 1}`;
        await cited.pressSequentially(title);
        const options = field(page, 'sources').locator('[role=option]');
        await options.first().waitFor();
        if (at < 3) {
          await options.and(page.locator('.new')).first().click();
          await source(at + 1)();
        } else await options.filter({ hasText: title }).first().click();
        await save(page);
        // A figure near the end is marked, with the word after it.
        await page.locator('mark.passage', { hasText: `${at + 1} left` }).first().waitFor();
      }
      await choose(page, 'fetch the crates before the winter', 'Note');
      await dialog(page).getByLabel('Text', { exact: true }).fill('The harbour is closed in winter.');
      await save(page);
      for (const [title, point] of [
        ['Porto', '41.15, -8.61'],
        ['Lisbon', "38°43'N 9°8'W"],
      ]) {
        await tool(page, 'New');
        await dialog(page).getByRole('button', { name: 'Place', exact: true }).click();
        await dialog(page).getByLabel('Title *').fill(title);
        await field(page, 'coordinates').locator('input').fill(point);
        if (point.includes('°')) await field(page, 'coordinates').getByRole('button').click();
        await field(page, 'country').locator('input').fill('Portugal');
        await save(page);
        await page.waitForURL('**/places/**');
        await page.locator('dossier-preview .pill').waitFor();
      }
      await tool(page, 'Fix');
      await dialog(page).locator('h3').first().waitFor();
      const rest = await dialog(page).innerText();
      await dialog(page).getByRole('button', { name: 'Close' }).click();
      // The places that nothing mentions are linked in the text.
      await page.goto(new URL('/', desk).href);
      await page.locator('dossier-preview .pill').waitFor();
      assert.match(rest, /orphan-entity/);
      await choose(page, 'Porto', 'Link to …');
      await dialog(page).getByRole('searchbox').fill('Porto');
      await dialog(page).locator('.choices button').filter({ hasText: /^Porto$/ }).click();
      await page.locator('.prose a', { hasText: 'Porto' }).first().waitFor();
      await page.goto(new URL('/places/lisbon.html', desk).href);
      await page.locator('dossier-preview .pill').waitFor();
      await tool(page, 'Facts');
      await dialog(page).getByRole('button', { name: 'Delete' }).click();
      await dialog(page).getByRole('button', { name: 'Delete' }).click();
      await page.waitForURL('**/places/');
      await page.locator('dossier-preview .pill').waitFor();
      await tool(page, 'Publish');
      await dialog(page).getByRole('button', { name: 'Show what would be done' }).click();
      await dialog(page).locator('.said', { hasText: 'add' }).waitFor();
      await dialog(page).getByRole('button', { name: 'Publish', exact: true }).click();
      await dialog(page).locator('.said', { hasText: 'Published.' }).waitFor();
      console.log(`# ${JSON.stringify(await page.evaluate(() => window.counts))}`);
    });
    const checked = await run(program, ['--root', folder, 'check']).catch((error) => error);
    assert.equal(checked.code ?? 0, 0, checked.stdout);
    assert.match(checked.stdout, /nothing to fix/);
    const home = await readFile(join(folder, 'out/index.html'), 'utf8');
    assert.equal((home.match(/role="doc-noteref"/g) ?? []).length, 10);
    assert.equal((home.match(/<a class="passage ref ref-note"/g) ?? []).length, 1);
    none(['_dossier', 'dossier-desk', 'data-desk'].filter((word) => home.includes(word)), 'words of the desk in what was published');
    const claims = await readdir(join(folder, 'content/claims'));
    assert.equal(claims.length, 10);
  });

  test('where a target leads outside of the dossier, its author is asked once', async () => {
    const out = join(await scratch(), 'elsewhere');
    const folder = await dossier(files(ARTICLE, `[publish.disk]\nservice = "folder"\npath = ${JSON.stringify(out)}\nbase_url = "https://example.org/"\n`));
    const { desk } = await preview(folder, 0, { XDG_STATE_HOME: join(await scratch(), 'state') });
    await withPage({ reducedMotion: 'reduce' }, async (page) => {
      await open(page, desk);
      await tool(page, 'Publish');
      await dialog(page).getByRole('button', { name: 'Show what would be done' }).click();
      const asked = dialog(page).getByRole('button', { name: `Yes, it is the right one: ${out}` });
      await asked.waitFor();
      assert.ok(await dialog(page).getByRole('button', { name: 'Publish', exact: true }).isDisabled());
      none(await violations(page));
      await asked.click();
      await dialog(page).locator('.said', { hasText: 'add' }).waitFor();
      assert.ok(!(await asked.isVisible()));
      await dialog(page).getByRole('button', { name: 'Publish', exact: true }).click();
      await dialog(page).locator('.said', { hasText: 'Published.' }).waitFor();
    });
    assert.match(await readFile(join(out, 'index.html'), 'utf8'), /<h1/);
  });

  test('by keyboard alone: words are marked, a text is changed, all is undone', async () => {
    const folder = await dossier(files(ARTICLE));
    const before = await readFile(join(folder, 'content/article.md'), 'utf8');
    const { desk } = await preview(folder);
    await withPage({ reducedMotion: 'reduce' }, async (page) => {
      await open(page, desk);
      const press = async (...keys) => {
        for (const key of keys) await page.keyboard.press(key);
      };
      const reach = async (name, most = 80) => {
        for (let at = 0; at < most; at += 1) {
          const found = await page.evaluate(() => {
            let node = document.activeElement;
            while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement;
            return node?.getAttribute('aria-label') ?? node?.labels?.[0]?.textContent ?? node?.textContent ?? '';
          });
          if (found.trim().startsWith(name)) return;
          await press('Tab');
        }
        assert.fail(`“${name}” is not reached by Tab`);
      };
      await page.locator('dossier-preview .pill').focus();
      await press('Enter');
      await page.locator('dossier-preview .bar').waitFor();
      await page.keyboard.press('Shift+Tab');
      await page.evaluate(() => document.querySelector('dossier-preview').shadowRoot.querySelector('.bar button').focus());
      await reach('Mark');
      await press('Enter');
      await dialog(page).waitFor();
      none(await violations(page), 'violations');
      await reach('The words');
      await page.keyboard.type('crate number 4 left');
      await reach('Claim');
      await press('Enter');
      await dialog(page).getByText('New: Claim').waitFor();
      none(await violations(page), 'violations');
      await reach('+ Said by');
      await press('Enter');
      await page.keyboard.type('Zita Zarco');
      await field(page, 'by').locator('[role=option].new').waitFor();
      await press('ArrowDown', 'Enter');
      await dialog(page).getByText('New: Actor').waitFor();
      await press('Control+Enter');
      await dialog(page).getByText('New: Claim').waitFor();
      await press('Control+Enter');
      await page.locator('.passage', { hasText: 'crate number 4 left' }).waitFor();
      assert.match(await host(page).locator('.status').innerText(), /Created/);
      await press('Control+z', 'Control+z');
      await page.waitForFunction(() => document.querySelectorAll('mark').length === 0);
      await page.waitForFunction(() => document.querySelector('dossier-desk').shadowRoot.querySelector('.status').textContent.includes('Zita'));
    });
    assert.equal(await readFile(join(folder, 'content/article.md'), 'utf8'), before);
    assert.deepEqual(await readdir(join(folder, 'content')).then((names) => names.filter((name) => name.endsWith('.md'))), ['article.md']);
  });

  test('the bar is for the words that are selected now, however late an answer comes', async () => {
    const { desk } = await preview(await dossier(files(ARTICLE)));
    await withPage({ reducedMotion: 'reduce' }, async (page) => {
      await open(page, desk);
      const answers = '**/_dossier/desk/form*';
      let release;
      const released = new Promise((done) => (release = done));
      await page.route(answers, async (route) => (await released, route.continue()), { times: 1 });
      const asked = page.waitForRequest(answers);
      await select(page, 'crate number 1 left');
      await asked;
      await select(page, 'crate number 2 left');
      const note = host(page).locator('.marks').getByRole('button', { name: 'Note', exact: true });
      await note.waitFor();
      const late = page.waitForResponse(answers);
      release();
      await (await late).finished();
      await note.click();
      await dialog(page).locator('blockquote', { hasText: /^crate number 2 left$/ }).waitFor();
      await dialog(page).getByRole('button', { name: 'Close' }).click();
      // The words of the first are no longer offered while those of another are looked up.
      let go;
      const gone = new Promise((done) => (go = done));
      await page.route(answers, async (route) => (await gone, route.continue()), { times: 1 });
      const again = page.waitForRequest(answers);
      await select(page, 'crate number 3 left');
      await again;
      assert.equal(await note.isVisible(), false);
      go();
      await note.click();
      await dialog(page).locator('blockquote', { hasText: /^crate number 3 left$/ }).waitFor();
    });
  });

  test('narrow, in the dark, in Indonesian, and with a right-to-left article', async () => {
    const folder = await dossier({
      'dossier.toml': 'title = "T"\nlanguages = ["ar", "id"]\n',
      'content/article.md': '---\ntitle: السفينة\npublished: 2024-05-01\n---\n\nغادرت السفينة الميناء في الربيع ولم يرها أحد بعد ذلك.\n',
      'content/article.id.md': '---\ntitle: Kapal\n---\n\nKapal itu meninggalkan pelabuhan.\n',
    });
    const { desk } = await preview(folder);
    await withPage({ reducedMotion: 'reduce', colorScheme: 'dark', viewport: { width: 320, height: 640 } }, async (page) => {
      await open(page, desk);
      await select(page, 'غادرت السفينة الميناء');
      await host(page).locator('.marks').getByRole('button').first().click();
      await dialog(page).waitFor();
      none(await violations(page), 'violations');
      const wide = await dialog(page).evaluate((node) => [...node.querySelectorAll('*')].filter((inner) => inner.getBoundingClientRect().right > innerWidth + 1).length);
      assert.equal(wide, 0, 'parts of the form beyond the screen');
      await save(page);
      await page.locator('.passage', { hasText: 'غادرت' }).first().waitFor();
      await page.goto(new URL('/id/', desk).href);
      await page.locator('dossier-preview .pill').waitFor();
      await page.locator('.prose p', { hasText: 'Kapal itu' }).dblclick();
      await dialog(page).getByRole('button', { name: 'Simpan' }).waitFor();
      none(await violations(page), 'violations');
      await dialog(page).locator('textarea').fill('Kapal itu *sudah* pergi.');
      await page.keyboard.press('Control+Enter');
      await page.locator('.prose em', { hasText: 'sudah' }).waitFor();
    });
    assert.match(await readFile(join(folder, 'content/article.id.md'), 'utf8'), /^---\ntitle: Kapal\n---\n\nKapal itu \*sudah\* pergi\.\n$/);
  });
});
