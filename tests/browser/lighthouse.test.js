// Lighthouse gives 100 for accessibility, best practice and search engines. Two pages, since each takes many seconds;
// `tests/long/run lighthouse` asks it of every template, as a telephone and as a desktop.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

import { FLAGS, executable } from './support/browser.js';
import { hosted } from './support/server.js';
import { samples } from './support/site.js';
import { closing, none, once, suite } from './support/suite.js';

const CATEGORIES = ['accessibility', 'best-practices', 'seo'];

const FORMS = {
  mobile: { mobile: true, width: 412, height: 823, deviceScaleFactor: 1.75, disabled: false },
  desktop: { mobile: false, width: 1350, height: 940, deviceScaleFactor: 1, disabled: false },
};

// Lighthouse speaks to a browser of its own, by a port.
const browser = once(async () => {
  const launched = await launch({ chromePath: executable(), chromeFlags: [...FLAGS, '--headless=new'] });
  closing(() => launched.kill());
  return launched;
});

/** What takes points from a page, one line each. */
async function lost({ path, html }, form) {
  const { url } = await hosted('/');
  const { port } = await browser();
  const flags = { port, logLevel: 'error', onlyCategories: CATEGORIES, formFactor: form, screenEmulation: FORMS[form], throttlingMethod: 'provided', disableFullPageScreenshot: true };
  const { lhr } = await lighthouse(url + path, flags);
  assert.equal(lhr.runtimeError, undefined, path);
  assert.deepEqual(Object.keys(lhr.categories), CATEGORIES);
  const isHidden = html.includes('<meta name="robots" content="noindex">');
  return Object.values(lhr.categories).flatMap(({ id, score, auditRefs }) => {
    const audits = auditRefs.map((ref) => ({ ...lhr.audits[ref.id], weight: ref.weight })).filter((audit) => audit.weight > 0 && audit.score !== null && audit.score < 1)
      // The print edition and the page for unknown addresses are not for search engines.
      .filter((audit) => !(isHidden && audit.id === 'is-crawlable'));
    if (audits.length === 0 && score < 1 && !isHidden) return [`${form}: ${id}: ${score * 100}`];
    return audits.map((audit) => `${form}: ${id}: ${audit.id}: ${audit.title} ${JSON.stringify(audit.details?.items?.slice(0, 2))?.slice(0, 400)}`);
  });
}

suite('lighthouse', {}, async () => {
  const all = (await samples()).filter(({ template }, at, pages) => pages.findIndex((page) => page.template === template) === at);
  if (process.env.LIGHTHOUSE === 'all') {
    for (const page of all) {
      for (const form of Object.keys(FORMS)) test(`${page.path} (${page.template}), ${form}`, async () => none(await lost(page, form)));
    }
  } else {
    test('the article, as a telephone, and a claim, as a desktop', async () => {
      const of = (template) => all.find((page) => page.template === template);
      none([...(await lost(of('article'), 'mobile')), ...(await lost(of('entity entity-claim'), 'desktop'))]);
    });
  }
});
