// The search, and the cards that show what a link leads to.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { NARROW, watched, withPage } from './support/browser.js';
import { hosted } from './support/server.js';
import { build, files, program, unhosted } from './support/site.js';
import { none, scratch, suite } from './support/suite.js';

/** What a query finds: what is said of it, and the text of each result. */
async function found(page, query) {
  const said = page.locator('.said');
  await page.locator('.finder input').fill('');
  await page.waitForFunction(() => !document.querySelector('.said').textContent);
  await page.locator('.finder input').fill(query);
  await page.waitForFunction(() => document.querySelector('.said').textContent);
  const none = await said.getAttribute('data-none');
  if ((await said.innerText()) !== none) await page.locator('.found > li').first().waitFor();
  return { said: await said.innerText(), none, results: await page.locator('.found > li').allInnerTexts() };
}

suite('search', {}, () => {
  test('a word is found in its other forms, and results say what they are', async () => {
    const { url } = await hosted('/dossiers/najin/');
    await withPage({}, async (page) => {
      const complaints = await watched(page, url);
      await page.goto(`${url}en/evidence/search.html`);
      const shipping = await found(page, 'shipping');
      assert.ok(shipping.results.some((text) => text.includes('shipments')), 'shipping finds shipments');
      const kirby = await found(page, 'kirby containers');
      assert.match(kirby.results[0], /^Claim\s+Kirby: more than 1,000 containers .*Denied.*13 October 2023/s);
      assert.equal((await found(page, '1.000 containers')).said, (await found(page, '1,000 containers')).said);
      const spelt = await found(page, 'Tikhoryetzk');
      assert.match(spelt.said, /similar spelling/);
      assert.ok(spelt.results[0].includes('Tikhoretsk'));
      const wrong = await found(page, 'xyzzy');
      assert.deepEqual([wrong.said, wrong.results.length], [wrong.none, 0]);

      await page.goto(`${url}evidence/search.html`);
      for (const [form, other] of [
        ['mengangkut', 'angkut'],
        ['pengiriman', 'dikirim'],
        ['dituduh', 'tuduhan'],
      ]) {
        const texts = (await found(page, form)).results.join(' ').toLowerCase();
        assert.ok(texts.includes(other), `${form} finds ${other}`);
      }
      none(complaints);
    });
  });

  test('the browser stems as the program does', async () => {
    const { url, folder } = await hosted('/dossiers/najin/');
    const pieces = (await files(join(folder, 'evidence/search'))).filter((name) => name.startsWith('words-'));
    const words = {};
    for (const name of pieces) {
      const script = await readFile(join(folder, 'evidence/search', name), 'utf8');
      Object.assign(words, JSON.parse(script.slice(script.indexOf('{'), script.lastIndexOf(')'))));
    }
    // Words that lead to a stem which starts otherwise: the hard ones.
    const forms = Object.keys(words).filter((word) => typeof words[word] === 'string');
    assert.ok(forms.length > 300);
    await withPage({}, async (page) => {
      await page.goto(`${url}evidence/search.html`);
      for (const form of forms.filter((_, number) => number % 16 === 0)) {
        // A space ends the word, so that it is not taken for the start of a longer one.
        const { said } = await found(page, `${form} `);
        assert.equal(Number.parseInt(said, 10), words[words[form]].length / 2, form);
      }
    });
  });

  test('other languages are stemmed by their script, letters fold and invisible ones are none', async () => {
    const root = join(await scratch(), 'languages');
    await mkdir(join(root, 'content/notes'), { recursive: true });
    await writeFile(join(root, 'dossier.toml'), 'title = "T"\nbase_url = "https://example.org/"\nlanguages = ["de", "ar", "ru", "en"]\n');
    await writeFile(join(root, 'content/notes/n.md'), '---\ntitle: Notiz\n---\n\nZwei Lieferungen aus Łódź mit S-300PMU2, Straße, con\u00adtainer.\n');
    await writeFile(join(root, 'content/notes/n.ar.md'), '---\ntitle: ملاحظة\n---\n\nموظف في الجمارك.\n');
    await writeFile(join(root, 'content/notes/n.ru.md'), '---\ntitle: Заметка\n---\n\nПоставки из портов, й и и.\n');
    await writeFile(join(root, 'content/notes/n.en.md'), '---\ntitle: Note\n---\n\nAn S300 by Đức.\n');
    const site = join(root, 'public');
    await promisify(execFile)(program, ['--root', root, 'build', '--output', site]);
    await withPage({}, async (page) => {
      for (const [lang, queries] of [
        ['', ['Lieferung', 'lodz', 'S300', 's-300', 'strasse', 'STRASSE', 'container']],
        ['ar/', ['جمارك', 'بجمارك', 'الجمارك', 'للجمارك']],
        ['ru/', ['порт', 'порта']],
        ['en/', ['S-300', 's300', 'duc']],
      ]) {
        await page.goto(pathToFileURL(join(site, lang, 'evidence/search.html')).href);
        for (const query of queries) {
          // A space ends the word: it is not the start of a longer one.
          const { results } = await found(page, `${query} `);
          assert.equal(results.length, 1, `${lang}${query}`);
        }
      }
    });
  });

  test('an overview from before an edit finds what is there now, and no page in the place of another', async () => {
    const root = join(await scratch(), 'editions');
    await mkdir(join(root, 'content/notes'), { recursive: true });
    await writeFile(join(root, 'dossier.toml'), 'title = "T"\nbase_url = "https://example.org/"\n');
    const note = (id, title) => writeFile(join(root, `content/notes/${id}.md`), `---\ntitle: ${title}\n---\n\nA word.\n`);
    const site = join(root, 'public');
    const edition = () => promisify(execFile)(program, ['--root', root, 'build', '--output', site]);
    for (let number = 0; number < 40; number += 1) await note(`n${number}`, `Kept ${number}`);
    await note('last', 'Before');
    await edition();
    const old = await readFile(join(site, 'evidence/search/index.js'), 'utf8');
    await note('a', 'Brandnew');
    await note('last', 'Afterwards');
    await edition();
    await withPage({}, async (page) => {
      // The cache answers for the overview; only what goes past it gets the new one.
      let answers = 0;
      await page.route('https://example.org/**', async (route) => {
        const { pathname, search } = new URL(route.request().url());
        const isOld = pathname.endsWith('/search/index.js') && !search;
        if (isOld) answers += 1;
        const path = join(site, decodeURIComponent(pathname));
        return isOld ? route.fulfill({ contentType: 'text/javascript', body: old }) : route.fulfill({ path }).catch(() => route.fulfill({ status: 404 }));
      });
      const url = 'https://example.org/';
      await page.goto(`${url}evidence/search.html?q=Afterwards`);
      await page.locator('.found > li').first().waitFor();
      assert.equal(answers, 1);
      for (const title of ['Brandnew', 'Afterwards', 'Kept 7']) {
        assert.ok((await found(page, title)).results[0].includes(title), title);
      }
    });
  });

  test('names in scripts without spaces or with marks are found', async () => {
    const root = join(await scratch(), 'names');
    await mkdir(join(root, 'content/actors'), { recursive: true });
    await writeFile(join(root, 'dossier.toml'), 'title = "Names"\nbase_url = "https://example.org/"\n');
    const names = {
      china: '中国外交部发言人',
      korea: '대한민국 국가정보원',
      iran: 'وزارة الخارجيّة الإيرانية',
      france: 'Ministère des Affaires étrangères',
    };
    for (const [id, title] of Object.entries(names)) {
      await writeFile(join(root, `content/actors/${id}.md`), `---\ntitle: ${title}\ntype: agency\n---\n\nA name.\n`);
    }
    const site = join(root, 'public');
    await promisify(execFile)(program, ['--root', root, 'build', '--output', site]);
    await withPage({}, async (page) => {
      await page.goto(pathToFileURL(join(site, 'evidence/search.html')).href);
      for (const [query, id] of [
        ['外交部', 'china'],
        ['外', 'china'],
        ['국가정보원은', 'korea'],
        ['정보원', 'korea'],
        ['الخارجية', 'iran'],
        ['etrangeres', 'france'],
        ['ÉTRANGÈRES', 'france'],
      ]) {
        const { results } = await found(page, query);
        assert.ok(results[0]?.includes(names[id]), `${query}: ${results}`);
      }
    });
  });

  test('what is chosen narrows the results, stands in the address, and needs no host', async () => {
    const folder = await build(unhosted);
    const start = pathToFileURL(join(folder, 'en/evidence/search.html')).href;
    await withPage({ viewport: NARROW }, async (page) => {
      await page.goto(`${start}?q=containers&kind=claim&status=denied`);
      await page.locator('.found > li').first().waitFor();
      const kinds = await page.locator('.found .under').allInnerTexts();
      assert.ok(kinds.every((kind) => kind === 'Claim'));
      assert.ok((await page.locator('.found .status').allInnerTexts()).every((text) => text === 'Denied'));
      const few = await page.locator('.found > li').count();
      await page.locator('select[name="status"]').selectOption('');
      await page.waitForFunction((few) => document.querySelectorAll('.found > li').length > few, few);
      assert.match(page.url(), /\?q=containers&kind=claim$/);
      await page.locator('.finder input').fill('');
      await page.locator('select[name="kind"]').selectOption('route');
      await page.waitForFunction(() => document.querySelectorAll('.found > li').length === 1);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= NARROW.width, `${wide} pixels wide`);
    });
  });

  test('it is worked by keyboard from any page, and without a script it leads to the lists', async () => {
    const { url } = await hosted('/dossiers/najin/');
    await withPage({}, async (page) => {
      await page.goto(`${url}en/claims/index.html`);
      await page.locator('#part-find').fill('Tikhoretsk');
      await page.keyboard.press('Enter');
      await page.locator('.found > li').nth(5).waitFor();
      assert.equal(await page.locator('.finder input').inputValue(), 'Tikhoretsk');
      await page.locator('.finder input').focus();
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp']) await page.keyboard.press(key);
      const first = await page.locator('.found a').first().getAttribute('href');
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), first);
      await page.keyboard.press('Enter');
      await page.waitForURL(new URL(first, `${url}en/evidence/`).href);
    });
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${url}en/claims/index.html`);
      await page.locator('#part-find').fill('Tikhoretsk');
      await page.keyboard.press('Enter');
      await page.waitForURL(/search\.html\?q=Tikhoretsk$/);
      assert.ok(await page.locator('noscript').isVisible());
      assert.equal(await page.locator('.finder').isVisible(), false);
      await page.locator('.browse a').first().click();
      await page.waitForURL(/claims\/index\.html$/);
    });
  });
});

suite('cards of links', {}, () => {
  test('a card shows on hover and on focus, moves nothing, and goes', async () => {
    const { url } = await hosted('/dossiers/najin/');
    await withPage({}, async (page) => {
      const complaints = await watched(page, url);
      await page.goto(`${url}en/index.html`);
      const size = () => page.evaluate(() => [document.querySelector('main').getBoundingClientRect().height, document.documentElement.scrollWidth]);
      const before = await size();
      const link = page.locator('.prose a.ref[href$="actors/white-house.html"]').first();
      await link.hover();
      const card = page.locator('.preview');
      await card.waitFor();
      assert.match(await card.innerText(), /^Actor\s+White House\s+Office of the president/);
      assert.equal(await link.getAttribute('aria-describedby'), await card.getAttribute('id'));
      assert.deepEqual(await size(), before, 'nothing moves');
      await card.hover();
      assert.ok(await card.isVisible(), 'the pointer may go to it');
      await page.keyboard.press('Escape');
      assert.equal(await card.count(), 0);
      assert.equal(await link.getAttribute('aria-describedby'), null);

      await page.mouse.move(0, 0);
      await page.locator('.skip').focus();
      await page.keyboard.press('Enter');
      do await page.keyboard.press('Tab');
      while (!(await page.evaluate(() => document.activeElement.matches('.prose a.ref'))));
      await card.waitFor();
      assert.ok(await page.evaluate(() => document.activeElement.getAttribute('aria-describedby')));
      await page.keyboard.press('Tab');
      await page.waitForFunction(() => !document.activeElement.getAttribute('aria-describedby'));
      none(complaints);
    });
  });
});
