// The timeline's choice, and a route's legs one after the other.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { withPage } from './support/browser.js';
import { hosted } from './support/server.js';
import { suite } from './support/suite.js';

suite('time', {}, () => {
  test('the timeline shows what is chosen, and its address can be linked', async () => {
    const { url } = await hosted('/');
    await withPage({}, async (page) => {
      const shown = () => page.locator('.moments > li:visible');
      await page.goto(`${url}en/evidence/timeline.html`);
      const all = await shown().count();
      await page.locator('select[name="act"]').selectOption('happened');
      const happened = await shown().count();
      assert.ok(happened > 0 && happened < all);
      assert.equal(await page.locator('.moments > li[data-act="said"]:visible').count(), 0);
      assert.equal(await page.locator('.period:visible').count() > 0, true);
      assert.match(page.url(), /#act=happened$/);

      const actor = await page.locator('select[name="who"] option').nth(1).getAttribute('value');
      await page.goto(`${url}en/evidence/timeline.html#who=${actor}`);
      await page.reload();
      assert.equal(await page.locator('select[name="who"]').inputValue(), actor);
      const whose = await shown().evaluateAll((items) => items.map((item) => item.dataset.who.split(' ')));
      assert.ok(whose.length > 0 && whose.every((who) => who.includes(actor)));

      await page.goto(`${url}en/evidence/timeline.html#act=no-such-thing`);
      await page.reload();
      assert.equal(await shown().count(), all, 'what is not known chooses nothing');
    });
  });

  test('a route with dates plays its legs', async () => {
    const { url } = await hosted('/');
    await withPage({}, async (page) => {
      await page.goto(`${url}en/routes/najin-tikhoretsk.html`);
      await page.locator('.map-tools .play').first().click();
      assert.match(await page.locator('.map-tools output').first().innerText(), /September 2023: \u2068?Najin\u2069? – \u2068?Dunay/);
      assert.equal(await page.locator('tr.lit').getAttribute('id'), 'leg-1');
      await page.locator('.map-tools .play').first().click();
      assert.equal(await page.locator('tr.lit').count(), 0, 'a second click ends it');
    });
  });
});
