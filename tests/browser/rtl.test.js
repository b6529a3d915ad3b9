// From right to left: a dossier in Arabic (arabic/), with Latin names, figures and a French edition, and parts of one in
// Persian and in Hebrew. Every template, wide and narrow: what is drawn is whole, and read in the right order.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { promisify } from 'node:util';
import axe from 'axe-core';

import { WIDE, withPage } from './support/browser.js';
import { dossier } from './support/preview.js';
import { serve } from './support/server.js';
import { pagesIn, program, samplesOf } from './support/site.js';
import { none, once, scratch, suite } from './support/suite.js';

const SIZES = [WIDE, { width: 390, height: 844 }, { width: 320, height: 640 }];
const ARABIC = fileURLToPath(new URL('arabic', import.meta.url));

/** Builds a dossier and serves its site: `url`, and the longest page of each template in each language. */
async function built(folder) {
  const site = join(folder, 'site');
  await promisify(execFile)(program, ['--quiet', '--root', folder, 'build', '--output', site, '--keep-going']);
  return { ...(await serve(site)), samples: samplesOf(await pagesIn(site)) };
}

const arabic = once(async () => {
  const folder = join(await scratch(), 'arabic');
  await cp(ARABIC, folder, { recursive: true });
  return built(folder);
});

/** The same few pages in a language whose words the theme may not have. */
const small = once(async (lang, words) => {
  const [article, ministry, agency, claim, port, town, route, leg] = words;
  const place = (title, at) => `---\ntitle: ${title}\ncoordinates: ${at}\n---\n`;
  return built(
    await dossier({
      'dossier.toml': `languages = ["${lang}"]\nbase_url = "https://example.org/"\nhost_files = true\n`,
      'content/article.md': `---\ntitle: ${article}\npublished: 2023-10-13\n---\n\n## ${article}\n\n1. [[claim]]\n2. [[agency]] (2)\n\n![[route]]\n\n${claim}.[^1]\n\n[^1]: ${agency}.\n`,
      'content/actors/ministry.md': `---\ntitle: ${ministry}\n---\n`,
      'content/actors/agency.md': `---\ntitle: ${agency}\n---\n`,
      'content/claims/claim.md': `---\ntitle: ${claim}\ndate: 2023-10-13\nby: ministry\nvia: agency\nsources: report\n---\n`,
      'content/sources/report.md': `---\ntitle: ${agency} 2023\npublisher: agency\npublished: 2023-10-13\n---\n`,
      'content/places/port.md': place(port, '[29.1, 50.8]'),
      'content/places/town.md': place(town, '[36.3, 59.6]'),
      'content/routes/route.md': `---\ntitle: ${route}\nlegs:\n  - {from: port, to: town, mode: rail, departed: 2023-09-01, carrier: ${leg}}\n---\n`,
    }),
  );
});

const persian = () =>
  small('fa', ['کشتی', 'وزارت خارجه', 'Reuters (ir)', 'وزارت می‌گوید ۱۲ کانتینر', 'بوشهر', 'مشهد', 'از بوشهر', 'قطار S-12']);
const hebrew = () =>
  small('he', ['האונייה', 'משרד החוץ', 'Reuters (il)', 'המשרד אומר 12 מכולות', 'אשדוד', 'חיפה', 'מאשדוד', 'רכבת 12']);

/** What is out of place on a page: run in the page. */
function outOfPlace() {
  const faults = [];
  const named = (node) => `${node.localName}.${(node.getAttribute('class') ?? '').split(' ').join('.')} “${node.textContent.trim().replace(/\s+/g, ' ').slice(0, 40)}”`;
  const root = document.documentElement;
  const wide = root.clientWidth;
  if (root.scrollWidth > wide) faults.push(`the page is ${root.scrollWidth} wide in ${wide}`);
  const style = (node) => getComputedStyle(node);
  const hides = (node) => node && node !== root && (style(node).overflowX !== 'visible' || hides(node.parentElement));
  // Only a screen reader meets what is clipped to nothing.
  const isClipped = (node) => node && node !== root && (style(node).clipPath === 'inset(50%)' || isClipped(node.parentElement));
  const isHidden = (node) => node.closest('.skip, [hidden], template, script, style, noscript, title') || !node.checkVisibility() || isClipped(node);
  for (const node of document.body.querySelectorAll('*')) {
    if (isHidden(node)) continue;
    const box = node.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    const inSvg = node.ownerSVGElement;
    // Boxes within the window, and text within the box of its element.
    if (!inSvg && !hides(node.parentElement) && (box.left < -1 || box.right > wide + 1))
      faults.push(`${named(node)} from ${box.left} to ${box.right} in ${wide}`);
    const { overflowX, textOverflow, display, position } = style(node);
    if (!inSvg && ['hidden', 'clip'].includes(overflowX) && textOverflow !== 'ellipsis' && node.scrollWidth > node.clientWidth + 1)
      faults.push(`${named(node)} is cut: ${node.scrollWidth} in ${node.clientWidth}`);
    const parent = node.parentElement;
    if (!inSvg && ['block', 'flex', 'grid', 'table', 'list-item'].includes(display) && position === 'static' && !hides(parent)) {
      const within = parent.getBoundingClientRect();
      const hangs = node.closest('.noted, .sidenote, .part, .sketch, .anchor') || style(parent).display === 'inline';
      if (!hangs && (box.left < within.left - 1 || box.right > within.right + 1))
        faults.push(`${named(node)} is out of ${named(parent)}`);
    }
    // What is written in a drawing.
    if (node.localName === 'text') {
      const frame = node.ownerSVGElement.getBoundingClientRect();
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
        faults.push(`the text ${named(node)} of ${node.ownerSVGElement.getAttribute('class')} is out of its drawing: ${[box.left - frame.left, frame.right - box.right, box.top - frame.top, frame.bottom - box.bottom].map(Math.round)}`);
    }
  }
  // No two labels of a drawing over each other.
  for (const svg of document.querySelectorAll('svg.dates, svg.chain-diagram, svg.map')) {
    if (isHidden(svg)) continue;
    const texts = [...svg.querySelectorAll('text')].filter((text) => text.ownerSVGElement === svg).map((text) => [text, text.getBoundingClientRect()]);
    texts.forEach(([one, a], at) => {
      for (const [other, b] of texts.slice(at + 1)) {
        const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (across > 2 && down > 4) faults.push(`${named(one)} over ${named(other)}`);
      }
    });
  }
  return faults;
}

/** Names in Latin letters that nothing isolates: run in the page. */
function bareNames() {
  const shown = 'a.ref, h1, .byline b, .aliases b, .crumbs a, .toc a, .pager span, .brand a, .external.address, bdi.locator, span.locator, a.locator';
  return [...document.querySelectorAll(shown)]
    .filter((node) => /\p{Script=Latin}/u.test(node.textContent) && !node.closest('svg'))
    // Words without markup have the characters of an isolate.
    .filter((node) => !/[\u2066\u2067]/.test(node.textContent))
    // Words of an author's are part of their sentence.
    .filter((node) => !(node.matches('a.ref') && node.closest('.prose')))
    .filter((node) => !node.closest('[dir]:not(html), bdi') && !node.querySelector('bdi'))
    .map((node) => node.outerHTML.slice(0, 120));
}

/** Every sample of a site in a language, in each size. */
function everyTemplate(site, lang) {
  test(`every template in ${lang}: boxes, drawings, names, axe`, async () => {
    const { url, samples } = await site();
    const own = samples.filter((sample) => sample.lang === lang);
    assert.ok(own.length > 3, `${own.length} templates`);
    const faults = [];
    await withPage({ reducedMotion: 'reduce' }, async (page) => {
      for (const { path } of own) {
        await page.goto(url + path);
        assert.equal(await page.evaluate(() => document.dir), 'rtl', path);
        await page.evaluate(() => document.querySelectorAll('details').forEach((node) => (node.open = true)));
        faults.push(...(await page.evaluate(bareNames)).map((fault) => `${path}: not isolated: ${fault}`));
        await page.evaluate(axe.source);
        for (const size of SIZES) {
          await page.setViewportSize(size);
          const say = (fault) => faults.push(`${path} at ${size.width}: ${fault}`);
          (await page.evaluate(outOfPlace)).forEach(say);
          const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
          violations.forEach(({ id, nodes }) => nodes.forEach(({ target }) => say(`axe: ${id}: ${target}`)));
        }
      }
    });
    none(faults);
  });
}

/** The x of the middle of what a selector finds. */
const middles = (page, selector) =>
  page.locator(selector).evaluateAll((nodes) =>
    nodes.map((node) => {
      const { left, right } = node.getBoundingClientRect();
      return (left + right) / 2;
    }),
  );

suite('right to left', {}, async () => {
  everyTemplate(arabic, 'ar-lb');
  everyTemplate(persian, 'fa');
  everyTemplate(hebrew, 'he');

  test('attribution is read from the right: in words, in the drawing, in the graph', async () => {
    for (const [site, path] of [[arabic, 'claims/fbi-552.html'], [persian, 'claims/claim.html'], [hebrew, 'claims/claim.html']]) {
      const { url } = await site();
      await withPage({}, async (page) => {
        await page.goto(url + path);
        const [origin] = await middles(page, '.chain-diagram circle.origin');
        for (const read of await middles(page, '.chain-diagram circle.read')) assert.ok(read < origin, `${read} < ${origin}`);
        const [teller, told] = await middles(page, '.way >> nth=0 >> a');
        assert.ok(told < teller, `${told} < ${teller}`);
        await page.goto(`${url}evidence/attribution.html`);
        // The flow runs from who said it, at the right, to the sources.
        const nodes = await middles(page, '.flow .node');
        assert.ok(Math.max(...nodes) === nodes[0] && Math.min(...nodes) === nodes.at(-1), String(nodes));
        await page.locator('details.whole').evaluate((details) => { details.open = true; });
        const claims = await middles(page, '.network circle.claim');
        const sources = await middles(page, '.network rect');
        assert.ok(Math.min(...claims) > Math.max(...sources), 'claims are at the right');
        const arrows = await page.locator('.edges span[aria-hidden]').allTextContents();
        assert.deepEqual([...new Set(arrows)], ['←']);
      });
    }
  });

  test('time runs from the right, and months are whole', async () => {
    const { url } = await arabic();
    await withPage({}, async (page) => {
      await page.goto(`${url}actors/khabar.html`);
      const ticks = await middles(page, '.dates-strip text');
      assert.ok(ticks.length > 2, `${ticks.length} ticks`);
      assert.deepEqual(ticks, [...ticks].sort((a, b) => b - a));
      const labels = (await page.locator('.dates-strip text').allTextContents()).map((label) => label.replace(/[\d٠-٩\s]+$/, ''));
      const months = Array.from({ length: 12 }, (_, month) =>
        new Intl.DateTimeFormat('ar-LB', { month: 'long' }).format(new Date(2020, month, 15)));
      none(labels.filter((label) => label && !months.includes(label)), 'no months');
    });
  });

  test('numbers have the digits of the language', async () => {
    const shown = 'time, .count, .footnote-ref, .noteref, .number, .dates text, .stop .number, .map .bar text';
    const digits = async (site, path, numerals, mark) => {
      const { url } = await site();
      await withPage({}, async (page) => {
        await page.goto(url + path);
        const written = await page.locator(shown).allTextContents();
        const numbers = await page.locator('.noteref').evaluateAll((nodes) => nodes.map((node) => node.dataset.number));
        none([...written, ...numbers].filter((text) => /\d/.test(text)), `Western digits on ${path}`);
        assert.ok(written.some((text) => numerals.test(text)), path);
        const marks = await page.locator('.prose ol').evaluateAll((lists) => lists.map((list) => getComputedStyle(list).listStyleType));
        none(marks.filter((found) => found !== mark), `marks on ${path}`);
        // Lists that have no marks stay so.
        assert.deepEqual(await page.locator('ol.list').evaluateAll((lists) => lists.filter((list) => getComputedStyle(list).listStyleType !== 'none').length), 0);
      });
    };
    for (const path of ['index.html', 'claims/fbi-552.html', 'routes/nour-m-route.html', 'evidence/timeline.html', 'print.html'])
      await digits(arabic, path, /[٠-٩]/, 'arabic-indic');
    for (const path of ['index.html', 'routes/route.html', 'evidence/timeline.html'])
      await digits(persian, path, /[۰-۹]/, 'persian');
    const { url } = await arabic();
    await withPage({}, async (page) => {
      await page.goto(`${url}fr/index.html`);
      assert.equal(await page.locator('.prose ol').first().evaluate((list) => getComputedStyle(list).listStyleType), 'decimal');
      assert.match(await page.locator('.meta time').first().textContent(), /2021/);
    });
  });

  test('the search counts in the plural forms of the language', async () => {
    const { url } = await arabic();
    await withPage({}, async (page) => {
      await page.goto(`${url}evidence/search.html`);
      const forms = JSON.parse(await page.locator('.said').getAttribute('data-found'));
      const seen = new Set();
      for (const query of ['Grechushkin', 'Rustavi', 'London', 'سماد', 'Pier', 'الرصيف', 'شهادة', 'طنًّا', 'المرفأ', 'Reuters']) {
        await page.locator('.finder input').fill(query);
        await page.waitForFunction(() => document.querySelector('.said').textContent);
        const said = await page.locator('.said').textContent();
        const number = said.match(/[٠-٩]+/)?.[0];
        const count = number && Number(number.replace(/./g, (digit) => digit.charCodeAt(0) - 0x660));
        const form = Object.keys(forms).find((form) => forms[form].replace('{n}', number) === said);
        if (!form) continue;
        if (count !== undefined && count !== null) assert.equal(new Intl.PluralRules('ar').select(count), form, said);
        assert.doesNotMatch(said, /\d/);
        seen.add(form);
        await page.locator('.finder input').fill('');
        await page.waitForFunction(() => !document.querySelector('.said').textContent);
      }
      assert.ok(seen.size > 1, `only ${[...seen]}`);
    });
  });

  test('pages lead on to the left, and back to the right', async () => {
    const { url } = await arabic();
    await withPage({}, async (page) => {
      await page.goto(`${url}claims/fbi-552.html`);
      const [[previous], [next]] = [await middles(page, '.pager [rel="prev"]'), await middles(page, '.pager [rel="next"]')];
      assert.ok(next < previous);
      const arrow = (selector, side) => page.locator(selector).evaluate((node, side) => getComputedStyle(node, side).content, side);
      assert.match(await arrow('.pager [rel="prev"] small', '::before'), /→/);
      assert.match(await arrow('.pager [rel="next"] small', '::after'), /←/);
    });
  });

  test('English words that stand in for missing ones end in their full stop', async () => {
    const { url } = await hebrew();
    await withPage({}, async (page) => {
      await page.goto(`${url}evidence/terms.html`);
      const stops = await page.locator('.terms dd').evaluateAll((nodes) =>
        nodes.map((node) => {
          const text = node.firstChild;
          const box = (from, to) => {
            const range = document.createRange();
            range.setStart(text, from);
            range.setEnd(text, to);
            return range.getBoundingClientRect();
          };
          const end = text.data.lastIndexOf('.');
          if (end < 1) return '';
          const [stop, before] = [box(end, end + 1), box(end - 1, end)];
          return stop.left >= before.right - 1 && stop.top === before.top ? '' : text.data;
        }),
      );
      assert.ok(stops.length > 5);
      none(stops.filter(Boolean), 'full stops on the wrong side');
    });
  });
});
