// A route as a story: what stays on a wide screen, by keyboard, and the small maps where nothing does.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NARROW, WIDE, withPage } from './support/browser.js';
import { hosted } from './support/server.js';
import { suite } from './support/suite.js';

const ROUTE = 'en/routes/najin-tikhoretsk.html';

suite('story', {}, () => {
  test('on a wide screen the map stays beside the frames, and the keyboard leads from one to the next', async () => {
    const { url } = await hosted('/');
    await withPage({ viewport: WIDE }, async (page) => {
      await page.goto(url + ROUTE);
      assert.equal(await page.locator('.frame-map:visible').count(), 0);
      const frames = await page.locator('.frame').count();
      assert.ok(frames > 2);
      const said = page.locator('.map-tools output').last();
      await page.locator('.step-on').focus();
      const told = [];
      for (let at = 0; at < frames; at += 1) {
        if (at > 0 || !(await page.locator('.frame.now').count())) await page.keyboard.press('Enter');
        told.push(await said.innerText());
        const now = page.locator('.frame.now');
        assert.equal(await now.count(), 1);
        const leg = await now.getAttribute('data-leg');
        assert.deepEqual(
          await page.locator('.map:visible .leg.lit').evaluateAll((legs) => [...new Set(legs.map((one) => one.dataset.leg))]),
          leg ? [leg] : [],
        );
        const map = await page.locator('.story-map .map:visible').first().boundingBox();
        assert.ok(map.y < WIDE.height && map.y + map.height > 0, `the map left the screen at frame ${at}`);
      }
      assert.match(told.at(-1), /^3 of 3: What is not known/);
      assert.equal(await page.locator('.step-on').getAttribute('aria-disabled'), 'true');
    });
  });

  test('on a telephone, in print and without scripts each frame has a small map', async () => {
    const { url } = await hosted('/');
    const small = async (options, prepare = async () => {}) =>
      withPage(options, async (page) => {
        await prepare(page);
        await page.goto(url + ROUTE);
        const legs = await page.locator('.frame[data-leg]').count();
        assert.equal(await page.locator('.frame-map svg:visible').count(), legs, JSON.stringify(options));
        assert.equal(await page.locator('.step-on:visible').count(), 0);
      });
    await small({ viewport: NARROW });
    await small({ viewport: WIDE, javaScriptEnabled: false });
    await small({ viewport: WIDE }, (page) => page.emulateMedia({ media: 'print' }));
  });
});
