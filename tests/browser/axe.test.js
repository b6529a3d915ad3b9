// axe-core finds nothing: a page of every template, in every language, light and dark, narrow and wide.

import { test } from 'node:test';
import axe from 'axe-core';

import { NARROW, WIDE, withPage } from './support/browser.js';
import { hosted } from './support/server.js';
import { samples } from './support/site.js';
import { none, suite } from './support/suite.js';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on a page, one line an element. */
async function violations(page) {
  const { violations } = await page.evaluate(
    (tags) =>
      window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }),
    RULES,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(
      ({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`,
    ),
  );
}

suite('axe', { concurrency: 2 }, async () => {
  for (const { path, template } of await samples()) {
    test(`${path} (${template})`, async () => {
      const { url } = await hosted('/');
      const faults = new Map();
      // A change of colours must not be measured halfway.
      await withPage({ reducedMotion: 'reduce' }, async (page) => {
        await page.goto(url + path);
        await page.evaluate(axe.source);
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          for (const viewport of [NARROW, WIDE]) {
            await page.setViewportSize(viewport);
            for (const fault of await violations(page)) {
              faults.set(fault, [...(faults.get(fault) ?? []), `${colorScheme} ${viewport.width}px`]);
            }
          }
        }
      });
      none(
        [...faults].map(([fault, where]) => `${fault} (${where.join(', ')})`),
        'violations',
      );
    });
  }
});
