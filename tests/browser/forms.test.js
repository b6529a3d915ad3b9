// Forms in the preview: what is wrong stands beside its part, nothing typed is lost, a route gets its stops on a map.

import assert from 'node:assert/strict';
import { readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';

import { withPage } from './support/browser.js';
import { dialog, field, host, open, save, tool, violations } from './support/desk.js';
import { dossier, preview } from './support/preview.js';
import { project } from './support/site.js';
import { none, suite } from './support/suite.js';

const place = (title, point, country) => `---\ntitle: ${title}\ncoordinates: ${point}\ncountry: ${country}\n---\n`;

const FILES = {
  'dossier.toml': 'title = "Crates"\nlanguages = ["en", "id"]\nbase_url = "https://example.org/"\n',
  'content/article.md':
    '---\ntitle: The crates\npublished: 2024-05-01\n---\n\nA thousand crates left [Sintra](places/sintra.md) by [the way](routes/way.md).\n',
  'content/places/sintra.md': place('Sintra', '[38.8, -9.38]', 'PT'),
  'content/places/lisbon.md': place('Lisbon', '[38.7, -9.1]', 'PT'),
  'content/places/cork.md': place('Cork', '[51.9, -8.5]', 'IE'),
  'content/actors/ana.md': '---\ntitle: Ana\ntype: person # who\n# country:    # Where it is from\n---\n',
  'content/sources/letter.md': '---\ntitle: Letter\npublished: 2024-04-01\n---\n',
  'content/claims/crates.md':
    '---\ntitle: A thousand crates left\nby: [ana]\ndate: 2024-04-07\nsources: [letter]\nquantities:\n  - value: 1000 # counted\n    unit: crates\n---\n',
  'content/routes/way.md':
    '---\ntitle: The way\nsources: [letter]\nlegs:\n  - from: sintra\n    to: lisbon\n    mode: road # by night\n---\n',
};

/** Opens the facts of a page. */
async function facts(page, desk, path) {
  await open(page, desk, path);
  await tool(page, 'Facts');
  await dialog(page).locator('.fields').waitFor();
}

const found = (page, key) => field(page, key).locator('.found');
const status = (page) => host(page).locator('.status');
const said = (page, words) => status(page).filter({ hasText: words }).waitFor();
const legs = (page) => field(page, 'legs').locator('.row > div > .label');
const leg = (page, words) => legs(page).filter({ hasText: words }).waitFor();
const text = (folder, path) => readFile(join(folder, path), 'utf8');

const { all: words } = await import(join(project, 'src/serve/client/desk-words.js'));

suite('forms', {}, () => {
  test('what a value may mean is a button; only what was changed is written', async () => {
    const folder = await dossier(FILES);
    const { desk } = await preview(folder);
    await withPage({ reducedMotion: 'reduce' }, async (page) => {
      await facts(page, desk, '/claims/crates.html');
      // No key of a file is a label.
      const shown = await page.evaluate(() => fetch('/_dossier/desk/kinds?lang=en', { headers: { 'x-dossier': '1' } }).then((response) => response.json()));
      const fields = (shape) => shape.fields ?? (Array.isArray(shape.of) ? shape.of.flatMap(fields) : shape.of ? fields(shape.of) : []);
      const all = (list) => list.flatMap((field) => [field, ...all(fields(field.shape))]);
      const keys = all(shown.kinds.flatMap((kind) => kind.fields));
      none(keys.filter(({ name, label }) => name === label && !words[`key-${name}`]).map(({ name }) => name), 'keys without a label');
      none(keys.filter(({ about }) => /[{[]/.test(about)).map(({ name }) => name), 'explanations with YAML');
      const [from, to] = [0, 1].map((at) => field(page, 'quantities').locator('.range input').nth(at));
      const value = field(page, 'quantities').locator('[data-key=value]');
      const meant = async (words, ...labels) => {
        await from.fill(words);
        for (const label of labels) await value.getByRole('button', { name: label, exact: true }).waitFor();
      };
      await meant('1,000', 'Write 1000');
      await meant('1.000', 'Write 1000', 'Write 1.0000');
      await meant('about 100', 'Write 100, Comparison: about');
      await meant('200-999', 'Write 200–999');
      await value.getByRole('button', { name: 'Write 200–999' }).click();
      assert.deepEqual([await from.inputValue(), await to.inputValue()], ['200', '999']);
      await field(page, 'date').locator('input').fill('03/06/2024');
      await found(page, 'date').getByRole('button', { name: /2024-06-03 \(June 3, 2024\)/ }).waitFor();
      none(await violations(page), 'violations');
      await found(page, 'date').getByRole('button', { name: /2024-03-06/ }).click();
      await field(page, 'quantities').getByLabel('Indonesian').first().fill('peti');
      await save(page);
      await said(page, 'Changed: Date, Figures of “A thousand crates left”');
      const wanted = FILES['content/claims/crates.md']
        .replace('2024-04-07', '2024-03-06')
        .replace('1000 #', '{from: 200, to: 999} #')
        .replace('unit: crates', 'unit: {en: crates, id: peti}');
      assert.equal(await text(folder, 'content/claims/crates.md'), wanted);
    });
  });

  test('what nobody touched stays as it is, in whatever form', async () => {
    const odd = {
      'content/places/odd-place.md':
        '---\ntitle: Odd\nsummary: |\n  Two\n  lines.\naliases: One\ncoordinates: {lat: 38.7, lon: -9.1}\ncountry: pt\ndraft: yes\nimage: a.png\nother: kept\n---\n',
      'content/routes/odd-route.md':
        '---\ntitle: Odd\nlegs:\n  - {from: sintra, to: lisbon, mode: road, path: [[38.75, -9.2], [38.74, -9.15]], cargo: {id: peti}}\n---\n',
      'content/claims/odd-claim.md':
        '---\ntitle: Odd\nby: ana\ndate: 3 June 2024\nsources: {source: letter, locator: p. 4}\nquantities: {value: about 3, unit: {en: crates}}\n---\n',
    };
    const folder = await dossier({ ...FILES, ...odd });
    const { desk } = await preview(folder);
    await withPage({ reducedMotion: 'reduce' }, async (page) => {
      for (const [path, before] of Object.entries(odd)) {
        await facts(page, desk, path.replace('content', '').replace('.md', '.html'));
        // Nothing was typed, so nothing is asked.
        await page.keyboard.press('Escape');
        await dialog(page).waitFor({ state: 'detached' });
        await tool(page, 'Facts');
        await field(page, 'title').locator('input').fill('Even');
        await save(page);
        await said(page, 'Changed: Title');
        assert.equal(await text(folder, path), before.replace('title: Odd', 'title: Even'));
      }
    });
  });

  test('typed words are lost by no key and by no other program', async () => {
    const folder = await dossier(FILES);
    const { desk } = await preview(folder);
    await withPage({ reducedMotion: 'reduce' }, async (page) => {
      await facts(page, desk, '/actors/ana.html');
      const summary = field(page, 'summary').locator('input, textarea');
      await summary.fill('Typed words');
      for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press('Escape');
      await dialog(page).getByRole('button', { name: 'Keep writing' }).click();
      for (const name of ['Close', 'Delete', 'Change the id']) {
        await dialog(page).getByRole('button', { name, exact: true }).click();
        none(await violations(page), 'violations');
        await dialog(page).getByRole('button', { name: 'Keep writing' }).click();
      }
      await unlink(join(folder, 'content/actors/ana.md'));
      await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
      await dialog(page).locator('form > .found .error').waitFor();
      assert.equal(await summary.inputValue(), 'Typed words');
      await dialog(page).getByRole('button', { name: 'Close' }).click();
      await dialog(page).getByRole('button', { name: 'Throw it away' }).click();
      await tool(page, 'New');
      await dialog(page).getByRole('button', { name: 'Actor', exact: true }).click();
      // Without a title nothing can be saved, and nothing is thrown away.
      await field(page, 'summary').locator('input, textarea').fill('A shipper');
      await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
      await dialog(page).getByText('Give it a title first.').waitFor();
      await page.keyboard.press('Escape');
      await dialog(page).getByRole('button', { name: 'Throw it away' }).click();
      await dialog(page).waitFor({ state: 'detached' });
    });
  });

  test('a change that cannot be undone is left out; a page that moved is followed', async () => {
    const folder = await dossier(FILES);
    const { desk } = await preview(folder);
    await withPage({ reducedMotion: 'reduce' }, async (page) => {
      await facts(page, desk, '/actors/ana.html');
      await field(page, 'country').locator('input').fill('France');
      await save(page);
      await said(page, 'Country');
      // The comment that a new file has for a key gives way to it.
      assert.match(await text(folder, 'content/actors/ana.md'), /\ntype: person # who\ncountry: FR # Where it is from\n/);
      await tool(page, 'Facts');
      await field(page, 'summary').locator('input, textarea').fill('A shipper');
      await save(page);
      await said(page, 'Summary');
      const path = join(folder, 'content/actors/ana.md');
      await writeFile(path, (await readFile(path, 'utf8')).replace('A shipper', 'A carrier'));
      await tool(page, 'Changes');
      const change = dialog(page).locator('.choices li').first();
      await change.getByText('content/actors/ana.md').waitFor();
      await dialog(page).getByRole('button', { name: 'Undo' }).click();
      await dialog(page).getByText('has been changed by another program').waitFor();
      none(await violations(page), 'violations');
      const left = await change.elementHandle();
      await dialog(page).getByRole('button', { name: 'Leave this change out' }).click();
      await page.waitForFunction((node) => !node.isConnected, left);
      await dialog(page).getByRole('button', { name: 'Close' }).click();
      await tool(page, 'Facts');
      await dialog(page).getByRole('button', { name: 'Change the id' }).click();
      await dialog(page).locator('input').fill('ana-alves');
      await save(page);
      await page.waitForURL('**/ana-alves*');
      await said(page, 'Changed the id');
      await page.locator('h1').click();
      await page.keyboard.press('Control+z');
      await page.waitForURL('**/ana.html');
      await said(page, 'Undone: Changed the id');
    });
  });

  test('a route gets its stops by name, and by a click on the map', async () => {
    const folder = await dossier(FILES);
    const { desk } = await preview(folder);
    await withPage({ reducedMotion: 'reduce' }, async (page) => {
      await open(page, desk, '/routes/way.html');
      await page.locator('figure svg').first().dblclick({ position: { x: 5, y: 5 } });
      await leg(page, '1. Sintra → Lisbon · 27 km');
      const map = field(page, 'legs').locator('.atlas svg');
      // By mouse: a place that is there, then the means, then a place that is not.
      const dot = map.locator('circle', { hasText: 'Cork' });
      for (let tries = 0; tries < 9 && !(await inside(map, dot)); tries += 1) await field(page, 'legs').getByRole('button', { name: 'Zoom out' }).click();
      await dot.click();
      await leg(page, '2. Lisbon → Cork · 1,470 km');
      const mode = field(page, 'legs').locator('[data-key=mode]').nth(1);
      await mode.getByText('This is required.').waitFor();
      none(await violations(page), 'violations');
      await mode.locator('select').selectOption('sea');
      await leg(page, 'by water');
      const box = await map.boundingBox();
      await page.mouse.click(box.x + box.width * 0.8, box.y + box.height * 0.3);
      await dialog(page).getByLabel('Title *').fill('Somewhere');
      assert.match(await field(page, 'coordinates').locator('input').inputValue(), /^-?\d+\.\d+, -?\d+\.\d+$/);
      await save(page);
      await leg(page, '3. Cork → Somewhere');
      await field(page, 'legs').locator('[data-key=mode] select').nth(2).selectOption('air');
      await save(page);
      await said(page, 'Legs');
      const wanted = FILES['content/routes/way.md'].replace(
        '# by night\n',
        '# by night\n  - {from: lisbon, to: cork, mode: sea}\n  - {from: cork, to: somewhere, mode: air}\n',
      );
      assert.equal(await text(folder, 'content/routes/way.md'), wanted);
    });
  });

  test('a route gets its stops by keyboard, narrow and in the dark', async () => {
    const folder = await dossier(FILES);
    const { desk } = await preview(folder);
    await withPage({ reducedMotion: 'reduce', colorScheme: 'dark', viewport: { width: 320, height: 640 } }, async (page) => {
      await facts(page, desk, '/routes/way.html');
      await leg(page, '1. Sintra → Lisbon');
      await field(page, 'legs').locator('.stops [role=combobox]').focus();
      await page.keyboard.type('Cor');
      await field(page, 'legs').locator('.stops [role=option]', { hasText: 'Cork' }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await field(page, 'legs').locator('.stops [role=status]', { hasText: '2. Lisbon → Cork · 1,470 km' }).waitFor();
      // The cross stands in the middle of the way: over the sea, where no place is.
      await field(page, 'legs').locator('.atlas svg').focus();
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('Enter');
      await dialog(page).getByText('New: Place').waitFor();
      await page.keyboard.type('A buoy');
      none(await violations(page), 'violations');
      await page.keyboard.press('Control+Enter');
      await leg(page, '3. Cork → A buoy');
      const wide = await dialog(page).evaluate((node) => [...node.querySelectorAll(':not(svg *)')].filter((inner) => inner.getBoundingClientRect().right > innerWidth + 1).length);
      assert.equal(wide, 0, 'parts of the form beyond the screen');
      // A new row begins where the last one ended, and is nothing while nobody adds to it.
      const before = await legs(page).count();
      await field(page, 'legs').locator(':scope > div > button').focus();
      await page.keyboard.press('Enter');
      await leg(page, '4. A buoy → …');
      await page.keyboard.press('Control+Enter');
      await said(page, 'Legs');
      assert.equal((await text(folder, 'content/routes/way.md')).match(/from:/g).length, before);
    });
  });

  test('keys are for the names of what is typed now, however late the answer comes', async () => {
    const { desk } = await preview(await dossier(FILES));
    await withPage({ reducedMotion: 'reduce' }, async (page) => {
      await facts(page, desk, '/claims/crates.html');
      let release;
      const released = new Promise((done) => (release = done));
      await field(page, 'by').locator(':scope > div > button').last().click();
      const by = field(page, 'by').locator('[role=combobox]').last();
      await by.pressSequentially('Ana Ban');
      await field(page, 'by').locator('.new', { hasText: 'Ana Ban' }).first().waitFor();
      await page.route('**/_dossier/desk/names*', async (route) => (await released, route.continue()));
      await by.pressSequentially('go');
      for (const key of ['ArrowDown', 'Enter']) await by.press(key);
      release();
      await dialog(page).getByText(/^New: /).waitFor();
      assert.equal(await dialog(page).getByLabel('Title *').inputValue(), 'Ana Bango');
    });
  });

  test('a page is translated below its original, and says what it was made from', async () => {
    const folder = await dossier(FILES);
    const { desk } = await preview(folder);
    await withPage({ reducedMotion: 'reduce' }, async (page) => {
      // The words of the original are not changed where another language is shown.
      await open(page, desk, '/id/index.html');
      await page.locator('.prose p').first().dblclick({ position: { x: 8, y: 12 } });
      await dialog(page).locator('.original').waitFor();
      await page.keyboard.press('Escape');
      await facts(page, desk, '/');
      await dialog(page).getByRole('button', { name: 'Translate into Indonesian' }).click();
      await dialog(page).locator('.original', { hasText: 'A thousand crates left' }).waitFor();
      none(await violations(page), 'violations');
      await page.keyboard.type('Peti-peti itu');
      await dialog(page).getByLabel('Text', { exact: true }).fill('Seribu peti meninggalkan [Sintra](places/sintra.md).');
      await page.keyboard.press('Control+Enter');
      await page.waitForURL('**/id/index.html');
      await page.getByRole('heading', { name: 'Peti-peti itu' }).waitFor();
      await page.locator('.prose a', { hasText: 'Sintra' }).waitFor();
      await said(page, 'Peti-peti itu');
      await facts(page, desk, '/');
      assert.equal(await dialog(page).getByRole('button', { name: 'Translate' }).count(), 0);
    });
    assert.match(
      await text(folder, 'content/article.id.md'),
      /^---\n[^]*title: Peti-peti itu\n[^]*translated_from: \w{12}\n[^]*---\n\nSeribu peti meninggalkan \[Sintra\]\(places\/sintra\.md\)\.\n$/,
    );
  });
});

/** Whether the middle of a part of a map is in the map's view. */
async function inside(map, part) {
  const [outer, inner] = [await map.boundingBox(), await part.boundingBox()];
  if (!outer || !inner) return false;
  const [x, y] = [inner.x + inner.width / 2, inner.y + inner.height / 2];
  return x > outer.x + 8 && x < outer.x + outer.width - 8 && y > outer.y + 8 && y < outer.y + outer.height - 8;
}
