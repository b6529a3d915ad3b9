// The annotated article: every passage can be reached, is found again by a client that knows nothing of us, and has a
// note that hides nothing.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { build as bundle } from 'esbuild';

import { isSeen, NARROW, withPage } from './support/browser.js';
import { hosted } from './support/server.js';
import { languages, text, unhosted, build } from './support/site.js';
import { none, once, suite } from './support/suite.js';

const folder = (lang) => (lang === languages[0] ? '' : `${lang}/`);

const collection = async (lang) =>
  JSON.parse(await text(await build(unhosted), `${folder(lang)}annotations.json`));

/** Apache Annotator, as a script that puts itself into `window.annotator`. */
const client = once(async () => {
  const { outputFiles } = await bundle({
    stdin: {
      contents: "import * as dom from '@apache-annotator/dom'; window.annotator = dom;",
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    write: false,
    format: 'iife',
  });
  return outputFiles[0].text;
});

/** A wide page, on which notes stand in the margin. */
const DESK = { width: 1440, height: 900 };

suite('annotations', {}, () => {
  test('the collection is what the W3C model asks for', async () => {
    for (const lang of languages) {
      const { first, ...about } = await collection(lang);
      assert.equal(about['@context'], 'http://www.w3.org/ns/anno.jsonld');
      assert.equal(about.type, 'AnnotationCollection');
      assert.equal(first.type, 'AnnotationPage');
      assert.equal(first.partOf, about.id);
      assert.equal(first.items.length, about.total);
      assert.ok(about.total >= 20, `${lang}: ${about.total}`);
      assert.equal(new Set(first.items.map(({ id }) => id)).size, about.total, 'ids are unique');
      for (const { id, type, motivation, body, target } of first.items) {
        assert.ok(id.startsWith(`${about.id}#`), id);
        assert.equal(type, 'Annotation');
        assert.match(motivation, /^[a-z]+ing$/);
        assert.ok(body[0].source.id.startsWith(unhosted), id);
        assert.equal(target.source, unhosted + folder(lang));
        assert.deepEqual(
          target.selector.map((selector) => selector.type),
          ['TextQuoteSelector', 'CssSelector'],
        );
      }
    }
  });

  test('a client finds every passage, by its words and by its place, and nothing else', async () => {
    for (const lang of languages) {
      const { items } = (await collection(lang)).first;
      const script = await client();
      const { url } = await hosted('/');
      await withPage({ bypassCSP: true }, async (page) => {
        await page.goto(url + folder(lang));
        await page.addScriptTag({ content: script });
        const found = await page.evaluate(async (items) => {
          const all = async (matcher, scope) => {
            const texts = [];
            for await (const range of matcher(scope)) texts.push(range);
            return texts;
          };
          const { createTextQuoteSelectorMatcher, createTextPositionSelectorMatcher } = window.annotator;
          const results = [];
          for (const { id, target } of items) {
            const [quote, css] = target.selector;
            const mark = document.getElementById(`mark-${id.split('#')[1]}`);
            const root = document.querySelector(css.value);
            const byWords = await all(createTextQuoteSelectorMatcher(quote), document.body);
            const byPlace = await all(createTextPositionSelectorMatcher(css.refinedBy), root);
            const starts = (range) =>
              mark.contains(range.startContainer) || range.startContainer.contains(mark) || range.intersectsNode(mark);
            results.push({
              id,
              words: byWords.map(String),
              place: byPlace.map(String),
              marked: [...byWords, ...byPlace].every(starts),
              exact: quote.exact,
            });
          }
          return results;
        }, items);
        none(
          found.filter(
            ({ words, place, exact, marked }) =>
              words.length !== 1 || place.length !== 1 || words[0] !== exact || place[0] !== exact || !marked,
          ),
          `${lang}: passages that are not found again`,
        );
        assert.equal(found.length, items.length);
      });
    }
  });

  test('every marked passage has a note after it with one stop, and every other one is a link', async () => {
    const { url } = await hosted('/');
    for (const lang of languages) {
      const { items } = (await collection(lang)).first;
      await withPage({ viewport: DESK }, async (page) => {
        await page.goto(url + folder(lang));
        const faults = await page.evaluate((names) => {
          const faults = [];
          for (const name of names) {
            const passage = document.getElementById(`mark-${name}`);
            const note = document.getElementById(`note-${name}`);
            if (!passage) faults.push(`${name}: not there`);
            else if (!note) {
              const link = passage.closest('a.ref') ?? passage.querySelector('a.ref');
              if (!link) faults.push(`${name}: no link`);
            } else {
              const ref = document.querySelector(`a.noteref[href="#note-${CSS.escape(name)}"]`);
              const link = note.querySelector('a.ref');
              const number = ref?.dataset.number;
              if (!ref?.ariaLabel.includes(number) || ref.textContent !== '') faults.push(`${name}: its number`);
              if (ref?.parentElement.closest('a')) faults.push(`${name}: a link in a link`);
              if (note.querySelector('.number').textContent !== number) faults.push(`${name}: other numbers`);
              if (note.querySelectorAll('a').length !== 1 || link.tabIndex !== 0) faults.push(`${name}: stops`);
              if (!(passage.compareDocumentPosition(note) & Node.DOCUMENT_POSITION_FOLLOWING)) faults.push(`${name}: before`);
            }
          }
          return faults;
        }, items.map(({ id }) => id.split('#')[1]));
        none(faults, lang);
      });
    }
  });

  test('in the margin no note meets another, or the text', async () => {
    const { url } = await hosted('/');
    for (const lang of languages) {
      await withPage({ viewport: DESK }, async (page) => {
        await page.goto(url + folder(lang));
        const faults = await page.evaluate(() => {
          const boxes = [...document.querySelectorAll('.noted')].map((note) => note.getBoundingClientRect());
          const text = document.querySelector('.prose').getBoundingClientRect();
          const faults = [];
          boxes.forEach((box, at) => {
            if (box.height < 12) faults.push(`note ${at + 1} is not shown`);
            if (box.left < text.right) faults.push(`note ${at + 1} lies in the text`);
            if (box.right > document.documentElement.clientWidth) faults.push(`note ${at + 1} is cut off`);
            if (at > 0 && box.top < boxes[at - 1].bottom - 1) faults.push(`notes ${at} and ${at + 1} overlap`);
          });
          return faults;
        });
        none(faults, lang);
      });
    }
  });

  test('on a narrow screen a tap unfolds a note below its sentence, with and without a script', async () => {
    const { url } = await hosted('/');
    for (const javaScriptEnabled of [true, false]) {
      await withPage({ viewport: NARROW, javaScriptEnabled, hasTouch: true }, async (page) => {
        await page.goto(url);
        const note = page.locator('.noted').nth(4);
        const gist = note.locator('.gist');
        assert.equal(await gist.isVisible(), false, 'folded');
        const at = await page.locator('.noteref').nth(4).evaluate((node) => {
          node.scrollIntoView({ block: 'center' });
          const box = node.getBoundingClientRect();
          return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
        });
        await page.touchscreen.tap(at.x, at.y);
        await gist.waitFor();
        const [passage, box] = [await page.locator('.noteref').nth(4).boundingBox(), await note.boundingBox()];
        assert.ok(box.y > passage.y, 'below');
      });
    }
  });

  test('on paper every note is there, with its number', async () => {
    const { url } = await hosted('/');
    await withPage({}, async (page) => {
      await page.goto(url);
      await page.emulateMedia({ media: 'print' });
      const hidden = await page.locator('.noted').evaluateAll((notes) =>
        notes.filter((note) => !note.querySelector('.number').checkVisibility() || note.getBoundingClientRect().width < 50).length);
      assert.equal(hidden, 0);
    });
  });

  test('a page quotes its passages and leads to them, also by their words', async () => {
    const { url } = await hosted('/');
    for (const lang of languages) {
      await withPage({}, async (page) => {
        await page.goto(`${url}${folder(lang)}claims/kirby-1000-containers.html`);
        const passages = page.locator('.passages > li');
        assert.equal(await passages.count(), languages.length);
        const quoted = await passages.first().locator('mark').innerText();
        const words = await passages.first().locator('a').last().getAttribute('href');
        assert.match(words, /#mark-kirby-1000-containers-1:~:text=/);
        await passages.first().locator('a').first().click();
        await page.waitForURL(/#mark-/);
        const marked = await page.evaluate(() => document.querySelector(':target').textContent);
        // Printed values have spaces that do not break.
        const plain = (text) => text.replace(/\s+/g, ' ').trim();
        assert.ok(plain(quoted).includes(plain(marked)), `${marked} / ${quoted}`);
        assert.ok(await page.evaluate(() => document.querySelector(':target').getBoundingClientRect().top < innerHeight));
      });
    }
  });
});
