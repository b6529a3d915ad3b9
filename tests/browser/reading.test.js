// Reading by keyboard, on paper and in the dark: a page of every template, in every language.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { focused, isSeen, withPage } from './support/browser.js';
import { hosted } from './support/server.js';
import { languages, sample, samples } from './support/site.js';
import { none, suite } from './support/suite.js';

/** How many stops of the tab key are looked at on a page. */
const STOPS = 25;

/** Calls `work(page, path)` on every sample, on two pages at a time. */
async function onSamples(options, work) {
  const { url } = await hosted('/');
  const all = await samples();
  const worker = (own) =>
    withPage(options, async (page) => {
      for (const { path } of own) {
        await page.goto(url + path);
        await work(page, path);
      }
    });
  await Promise.all([0, 1].map((rest) => worker(all.filter((_, at) => at % 2 === rest))));
}

/** Brightness of a computed colour, from 0 (black) to 1 (white), as WCAG has it. */
function luminance(color) {
  const [red, green, blue, alpha = 1] = color.match(/[\d.]+/g).map(Number);
  assert.equal(alpha, 1, `${color} is opaque`);
  const linear = [red, green, blue].map((value) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

suite('reading', {}, () => {
  test('the skip link is the first stop, is seen there, and leads into the text', () =>
    onSamples({}, async (page, path) => {
      await page.keyboard.press('Tab');
      const skip = await focused(page);
      assert.match(
        await skip.evaluate((node) => node.getAttribute('href') ?? ''),
        /^#./,
        `${path}: first stop`,
      );
      const box = await skip.boundingBox();
      assert.ok(
        box.x >= 0 && box.y >= 0 && box.height > 20 && (await isSeen(skip)),
        `${path}: the skip link is seen`,
      );
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      const inside = await (
        await focused(page)
      ).evaluate((node) => document.querySelector('main').contains(node));
      assert.ok(inside, `${path}: the next stop is in the text`);
    }));

  test('every stop of the tab key is seen, and shows that it has the focus', () =>
    onSamples({}, async (page, path) => {
      const stops = new Set();
      for (let stop = 0; stop < STOPS; stop += 1) {
        await page.keyboard.press('Tab');
        const state = await page.evaluate(() => {
          const node = document.activeElement;
          if (node === document.body) return null;
          const style = getComputedStyle(node);
          const box = node.getBoundingClientRect();
          const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
          return {
            name: `${node.localName} ${node.getAttribute('href') ?? node.className}`,
            marked: node.matches(':focus-visible') && (outlined || style.boxShadow !== 'none'),
            seen:
              box.width > 0 &&
              box.bottom > 0 &&
              box.top < innerHeight &&
              box.right > 0 &&
              box.left < innerWidth,
          };
        });
        if (!state) break;
        stops.add(state.name);
        assert.ok(state.marked, `${path}: ${state.name} shows no focus`);
        assert.ok(state.seen, `${path}: ${state.name} is out of sight`);
      }
      assert.ok(stops.size > 3, `${path}: ${stops.size} stops`);
    }));

  test('on paper: no navigation, black on white, whatever the system prefers', () =>
    onSamples({ reducedMotion: 'reduce' }, async (page, path) => {
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ media: 'print', colorScheme });
        const sheet = await page.evaluate(() => {
          const tools = [...document.querySelectorAll('nav, button'), document.querySelector('body a')];
          const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
          const inks = new Set();
          for (let node; (node = walker.nextNode());) {
            const parent = node.parentElement;
            if (node.data.trim() && parent.checkVisibility()) inks.add(getComputedStyle(parent).color);
          }
          const { backgroundColor: paper, color: ink } = getComputedStyle(document.body);
          const title = getComputedStyle(document.querySelector('h1')).color;
          const shown = tools
            .filter((node) => node.checkVisibility())
            .map((node) => `${node.localName}.${node.className}`);
          return { paper, ink, title, inks: [...inks], shown };
        });
        none(sheet.shown, `${path}: tools on paper`);
        const black = { paper: 'rgb(255, 255, 255)', ink: 'rgb(0, 0, 0)', title: 'rgb(0, 0, 0)' };
        assert.deepEqual(
          { paper: sheet.paper, ink: sheet.ink, title: sheet.title },
          black,
          `${path} (${colorScheme})`,
        );
        const faint = sheet.inks.filter((ink) => 1.05 / (luminance(ink) + 0.05) < 4.5);
        none(faint, `${path} (${colorScheme}): text too pale for paper`);
      }
      await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
    }));

  test('on paper: a PDF with pages, of the article and of a claim', async () => {
    const { url } = await hosted('/');
    await withPage({}, async (page) => {
      for (const lang of languages) {
        for (const template of ['article', 'entity entity-claim']) {
          const { path } = await sample(template, lang);
          await page.goto(url + path);
          const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
          assert.ok(pdf.startsWith('%PDF-'), path);
          const count = pdf.match(/\/Type\s*\/Page\b/g)?.length ?? 0;
          assert.ok(count >= 1 && count < 40, `${path}: ${count} pages`);
          assert.ok(pdf.length > 10_000, `${path}: ${pdf.length} bytes`);
        }
      }
    });
  });

  test('in the dark: the system setting changes the colours of every template', () =>
    onSamples({ reducedMotion: 'reduce' }, async (page, path) => {
      await page.emulateMedia({ colorScheme: 'light' });
      const light = luminance(await background(page));
      await page.emulateMedia({ colorScheme: 'dark' });
      const dark = luminance(await background(page));
      const ink = luminance(await page.evaluate(() => getComputedStyle(document.body).color));
      assert.ok(light > 0.7, `${path}: light paper (${light.toFixed(2)})`);
      assert.ok(
        dark < 0.05 && ink > 0.5,
        `${path}: dark paper (${dark.toFixed(2)}), light ink (${ink.toFixed(2)})`,
      );
    }));

  for (const colorScheme of ['light', 'dark']) {
    test(`the switch of colours is kept from page to page, and turns back (system: ${colorScheme})`, async () => {
      const { url } = await hosted('/');
      const [claim, listing] = [
        await sample('entity entity-claim', languages[1]),
        await sample('listing', languages[0]),
      ];
      await withPage({ colorScheme, reducedMotion: 'reduce' }, async (page) => {
        await page.goto(url);
        const toggle = page.locator('header button');
        assert.ok((await toggle.count()) === 1 && (await isSeen(toggle)), 'there is a switch');
        const before = await background(page);
        const label = await toggle.innerText();
        await toggle.click();
        const after = await background(page);
        assert.notEqual(after, before, 'a click changes the colours');
        assert.notEqual(await toggle.innerText(), label, 'and what the switch offers');
        for (const { path } of [claim, listing]) {
          await page.goto(url + path);
          assert.equal(await background(page), after, `${path} keeps the choice`);
        }
        await page.reload();
        assert.equal(await background(page), after, 'a reload keeps it');
        await toggle.focus();
        await page.keyboard.press('Enter');
        assert.equal(await background(page), before, 'the keyboard turns it back');
        await page.goto(url);
        assert.equal(await background(page), before, 'and so it stays');
      });
    });
  }
});
