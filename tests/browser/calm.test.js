// The article is calm: how much of it is marked, where its notes are, how many stops the keyboard has, and how much of a
// telephone's first screen is text. Other pages: how far it is to what mentions them, tables, and what moves as fonts arrive.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { withPage } from './support/browser.js';
import { hosted } from './support/server.js';
import { isRedirect, languages, languageOf, pages, samples } from './support/site.js';
import { none, suite } from './support/suite.js';

const PHONE = { width: 390, height: 844 };
const DESK = { width: 1440, height: 900 };
const homes = languages.map((lang) => (lang === languages[0] ? '' : `${lang}/`));

suite('calm', {}, () => {
  for (const home of homes) {
    test(`the article at ${home || '/'}: marks, notes, stops, first screen`, async () => {
      const { url } = await hosted('/');
      await withPage({ viewport: DESK }, async (page) => {
        await page.goto(url + home);
        await page.evaluate(() => document.fonts.ready);
        const { share, notes, stops } = await page.evaluate(() => {
          const text = document.querySelector('.prose').cloneNode(true);
          for (const node of text.querySelectorAll('.noted, .noteref, .embed')) node.remove();
          const marked = [...text.querySelectorAll('mark')].filter((mark) => !mark.parentElement.closest('mark'));
          const length = (nodes) => nodes.reduce((sum, node) => sum + node.textContent.length, 0);
          const focusable = 'a[href], button, input, select, summary, [tabindex]';
          const isStop = (node) => node.tabIndex >= 0 && node.checkVisibility({ visibilityProperty: true });
          const level = (note) => {
            const pieces = document.querySelectorAll(`mark[id="${note.id.replace('note-', 'mark-')}"], mark[data-of="${note.id.replace('note-', 'mark-')}"]`);
            const last = [...[...pieces].at(-1).getClientRects()].at(-1);
            return Math.abs(note.getBoundingClientRect().top - last.top);
          };
          return {
            share: length(marked) / length([text]),
            notes: [...document.querySelectorAll('.noted')].map(level),
            stops: [...document.querySelectorAll(focusable)].filter(isStop).length,
          };
        });
        assert.ok(share > 0 && share <= 1 / 8, `${(share * 100).toFixed(1)} % of the text is marked`);
        const near = notes.filter((distance) => distance <= 40).length / notes.length;
        assert.ok(notes.length > 10 && near >= 0.9, `${(near * 100).toFixed(0)} % of ${notes.length} notes are level`);
        assert.ok(stops <= 120, `${stops} stops`);
        await page.setViewportSize(PHONE);
        const lines = await page.evaluate((height) => {
          const walker = document.createTreeWalker(document.querySelector('.prose'), NodeFilter.SHOW_TEXT);
          const range = document.createRange();
          const bottoms = new Set();
          for (let node; (node = walker.nextNode());) {
            if (node.parentElement.closest('.noted')) continue;
            range.selectNodeContents(node);
            for (const box of range.getClientRects()) if (box.bottom <= height && box.width > 2) bottoms.add(Math.round(box.bottom / 8));
          }
          return bottoms.size;
        }, PHONE.height);
        assert.ok(lines >= 10, `${lines} lines on the first screen`);
        const magnifier = await page.locator('.find svg').boundingBox();
        assert.ok(magnifier.width > 15 && magnifier.x + magnifier.width <= PHONE.width, 'the search can be seen');
      });
    });

    test(`the article at ${home || '/'}: in the accessibility tree each note follows its sentence`, async () => {
      const { url } = await hosted('/');
      for (const viewport of [DESK, PHONE]) {
        await withPage({ viewport }, async (page) => {
          await page.goto(url + home);
          const client = await page.context().newCDPSession(page);
          const { nodes } = await client.send('Accessibility.getFullAXTree');
          const byId = new Map(nodes.map((node) => [node.nodeId, node]));
          const heard = [];
          const visit = (node, within) => {
            const role = node.role?.value;
            const note = role === 'note' ? { note: true, text: '' } : within;
            if (role === 'note') heard.push(note);
            if (role === 'StaticText' && !node.ignored) {
              if (note) note.text += node.name.value;
              else heard.push({ text: node.name.value });
            }
            for (const id of node.childIds ?? []) if (byId.has(id)) visit(byId.get(id), note);
          };
          visit(nodes[0], null);
          const found = heard.filter(({ note }) => note);
          assert.ok(found.length > 10, `${found.length} notes`);
          const astray = heard.filter(({ note }, at) => {
            if (!note) return false;
            const before = heard.slice(0, at).findLast((one) => !one.note)?.text ?? '';
            return !/[.!?…:"”)]\s*$/.test(before);
          });
          none(astray.map(({ text }) => text), 'notes that do not follow a sentence');
          none(found.filter(({ text }) => !/\d/.test(text) || text.length < 20), 'notes that say nothing');
        });
      }
    });
  }

  test('a passage, a note and the keyboard show the gist; a passage lights up with its note', async () => {
    const { url } = await hosted('/');
    await withPage({ viewport: DESK }, async (page) => {
      await page.goto(url);
      await page.locator('mark.passage').nth(3).hover();
      await page.locator('.preview .gist').waitFor();
      assert.ok(await page.locator('.passage.lit').count() > 0);
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('.preview, .lit').count(), 0);
      await page.locator('.noted a').nth(5).focus();
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Tab');
      await page.locator('.preview .gist').waitFor();
      assert.ok(await page.locator('.passage.lit').count() > 0);
    });
  });

  test('passages are still marked in forced colours, each status in its own way', async () => {
    const { url } = await hosted('/');
    await withPage({ viewport: DESK, forcedColors: 'active' }, async (page) => {
      await page.goto(url);
      const looks = await page.locator('mark.passage').evaluateAll((marks) =>
        marks.map((mark) => [mark.className, getComputedStyle(mark).textDecorationLine, getComputedStyle(mark).textDecorationStyle].join(' ')));
      none(looks.filter((look) => !look.includes('underline')));
      assert.ok(new Set(looks.map((look) => look.split(' ').at(-1))).size > 1);
    });
  });

  test('the name of a heading is its words, once', async () => {
    const { url } = await hosted('/');
    await withPage({}, async (page) => {
      for (const { path } of await samples()) {
        await page.goto(url + path);
        const client = await page.context().newCDPSession(page);
        const { nodes } = await client.send('Accessibility.getFullAXTree');
        const names = nodes.filter((node) => node.role?.value === 'heading' && !node.ignored).map((node) => node.name.value);
        none(names.filter((name) => /#|(\S.{5,})\W+\1/u.test(name)), path);
      }
    });
  });

  test('it is at most three screens to what mentions an entity', async () => {
    const { url } = await hosted('/');
    const found = (await pages()).filter((page) => !isRedirect(page) && page.html.includes('id="part-backlinks"') && page.path.split('/').length === (languageOf(page.path) === 'en' ? 3 : 2));
    assert.ok(found.length > 50);
    for (const viewport of [{ width: 1280, height: 800 }, PHONE]) {
      await withPage({ viewport }, async (page) => {
        const far = [];
        for (const { path } of found) {
          // On a telephone, the pages that have most before it.
          if (viewport === PHONE && !path.includes('claims/')) continue;
          await page.goto(url + path);
          const top = await page.evaluate(() => document.querySelector('[aria-labelledby="part-backlinks"] .mentions').getBoundingClientRect().top);
          if (top > 3 * viewport.height) far.push(`${path}: ${Math.round(top)}`);
        }
        none(far, `at ${viewport.width}`);
      });
    }
  });

  test('a table fits, or scrolls with its first column in sight; no row is empty or mostly so', async () => {
    const { url } = await hosted('/');
    const found = (await samples()).filter(({ html }) => html.includes('class="table'));
    assert.ok(found.length >= languages.length);
    for (const width of [320, 390, 768, 1280]) {
      await withPage({ viewport: { width, height: 844 } }, async (page) => {
        for (const { path } of found) {
          await page.goto(url + path);
          const faults = await page.evaluate(() => [...document.querySelectorAll('.table')].filter((frame) => frame.checkVisibility()).flatMap((frame) => {
            const faults = [];
            const first = frame.querySelector('tbody tr > *');
            if (frame.scrollWidth > frame.clientWidth + 1) {
              frame.scrollLeft = frame.scrollWidth;
              const [cell, box] = [first.getBoundingClientRect(), frame.getBoundingClientRect()];
              if (cell.left < box.left - 1 || cell.width > box.width / 2 + 1) faults.push(`${frame.className}: the first column, ${cell.left} to ${cell.right}`);
            }
            for (const row of frame.querySelectorAll('tr')) {
              const heights = [...row.cells].map((cell) => {
                const range = document.createRange();
                range.selectNodeContents(cell);
                return range.getBoundingClientRect().height;
              });
              // On a telephone the cells of a row may be one below the other, each with its padding.
              const stands = getComputedStyle(row).display === 'block';
              const words = stands ? heights.reduce((sum, height) => sum + height + 28, 0) : Math.max(0, ...heights);
              if (row.getBoundingClientRect().height > words + 40) faults.push(`${frame.className}: a row of ${row.getBoundingClientRect().height} for ${words}`);
            }
            return faults;
          }));
          none(faults, `${path} at ${width}`);
        }
      });
    }
  });
});
