// What the HTML of every page must have, seen without a browser: language, title, headings, language switch, weight.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

import { build, edition, isRedirect, languages, pages, samples, unhosted } from './support/site.js';
import { none, suite } from './support/suite.js';

/** Names the pages that `fault` finds something wrong with, and what. */
async function assertEveryPage(fault) {
  const faults = [];
  for (const page of await pages()) {
    const found = isRedirect(page) ? undefined : fault(page);
    if (found) faults.push(`${page.path}: ${found}`);
  }
  none(faults);
}

const has = (page, name, attribute) =>
  page.tags.filter((tag) => tag.name === name && tag.attributes.has(attribute));

/** Where a link of a page leads, as a path of the site. */
function leads(page, address) {
  return decodeURIComponent(posix.join(posix.dirname(page.path), address.replace(/[?#].*/, '')));
}

suite('structure', {}, () => {
  test('the samples hold a page of every template, in every language', async () => {
    const held = (await samples()).map(({ template, lang }) => `${template} ${lang}`);
    const kinds = ['actor', 'claim', 'event', 'note', 'place', 'route', 'source'].map(
      (kind) => `entity entity-${kind}`,
    );
    const wanted = ['article', 'listing', 'free', ...kinds].flatMap((name) =>
      languages.map((lang) => `${name} ${lang}`),
    );
    none(
      [...wanted, '404 id'].filter((name) => !held.includes(name)),
      'templates without a page',
    );
  });

  test('lang is right', () =>
    assertEveryPage((page) => {
      const lang = page.tags.find(({ name }) => name === 'html')?.attributes.get('lang');
      return lang !== page.lang && `lang="${lang}"`;
    }));

  test('there is a title, and no two pages of a language share it', async () => {
    const seen = new Map();
    await assertEveryPage((page) => {
      const titles = page.tags
        .filter(({ name, within }) => name === 'title' && within.main === 0)
        .map(({ text }) => text.trim());
      if (titles.length !== 1 || !titles[0]) return `${titles.length} titles`;
      const key = `${page.lang} ${titles[0]}`;
      const other = seen.get(key);
      seen.set(key, page.path);
      return other && `has the title of ${other}: ${titles[0]}`;
    });
  });

  test('there is one h1, and heading levels do not skip', () =>
    assertEveryPage((page) => {
      const levels = page.tags.filter(({ name }) => /^h[1-6]$/.test(name)).map(({ name }) => Number(name[1]));
      const firsts = levels.filter((level) => level === 1).length;
      if (firsts !== 1) return `${firsts} h1`;
      const skip = levels.findIndex((level, at) => level > (levels[at - 1] ?? 0) + 1);
      return (
        skip >= 0 &&
        `h${levels[skip]} after ${skip ? `h${levels[skip - 1]}` : 'nothing'} (headings: ${levels.join(' ')})`
      );
    }));

  test('there is one main, and a link to it comes first', () =>
    assertEveryPage((page) => {
      const mains = page.tags.filter(({ name }) => name === 'main');
      if (mains.length !== 1) return `${mains.length} main`;
      const first = page.tags.find(
        ({ name, attributes }) =>
          ['a', 'button', 'input', 'summary'].includes(name) && !attributes.has('hidden'),
      );
      const id = mains[0].attributes.get('id');
      return (
        first?.attributes.get('href') !== `#${id}` &&
        `begins with ${first?.attributes.get('href')}, not #${id}`
      );
    }));

  test('the language switch leads to the same page in the other language', async () => {
    const paths = new Set((await pages()).map(({ path }) => path));
    await assertEveryPage((page) => {
      if (page.path === '404.html') return;
      const switches = has(page, 'a', 'hreflang');
      for (const lang of languages) {
        const link = switches.find(({ attributes }) => attributes.get('hreflang') === lang);
        const other = link && leads(page, link.attributes.get('href'));
        if (other !== edition(page.path, lang) || !paths.has(other)) return `${lang}: leads to ${other}`;
        if (link.attributes.has('aria-current') !== (lang === page.lang))
          return `${lang}: aria-current is wrong`;
      }
    });
  });

  test('aria-current="page" marks links to the page itself; parts, free pages and home have one', () =>
    assertEveryPage((page) => {
      const current = page.tags.filter(({ attributes }) => attributes.get('aria-current') === 'page');
      const astray = current.find(({ attributes }) => leads(page, attributes.get('href')) !== page.path);
      if (astray) return `marks ${astray.attributes.get('href')}`;
      const depth = edition(page.path, languages[0]).split('/').length;
      const wants = page.path !== '404.html' && (page.path.endsWith('index.html') || depth === 1);
      return wants && current.length === 0 && 'no link is marked';
    }));

  test("an entity's page marks the part that it belongs to", () =>
    assertEveryPage((page) => {
      const parts = edition(page.path, languages[0]).split('/');
      // The search is of all parts.
      if (parts.length !== 2 || ['index.html', 'search.html'].includes(parts[1])) return;
      const current = page.tags.filter(
        ({ attributes }) => attributes.get('aria-current') === 'true' && !attributes.has('hreflang'),
      );
      const marked = current.map(({ attributes }) => leads(page, attributes.get('href')));
      const part = edition(`${parts[0]}/index.html`, page.lang);
      return (
        !(marked.length === 1 && marked[0] === part) && `marks ${marked.join(' ') || 'nothing'}, not ${part}`
      );
    }));

  test('pictures have a text alternative and a size', () =>
    assertEveryPage((page) => {
      const bad = page.tags.find(
        ({ name, attributes }) =>
          name === 'img' && !['alt', 'width', 'height'].every((key) => attributes.has(key)),
      );
      return bad && `<img src="${bad.attributes.get('src')}">`;
    }));

  test('nothing is inline that a strict policy forbids', () =>
    assertEveryPage((page) => {
      const bad = page.tags.find(({ name, attributes, text }) => {
        const data = /json/.test(attributes.get('type') ?? '');
        return (
          name === 'style' ||
          (name === 'script' && text.trim() && !data) ||
          [...attributes.keys()].some((key) => key === 'style' || /^on/.test(key))
        );
      });
      return bad && `<${bad.name}>`;
    }));

  test('the styles and scripts of a page weigh less than 30 kB, compressed', async () => {
    const folder = await build(unhosted);
    const weights = new Map();
    for (const page of await pages()) {
      const loaded = page.tags.flatMap(({ name, attributes }) => {
        if (name === 'link' && attributes.get('rel') === 'stylesheet') return attributes.get('href');
        return name === 'script' ? (attributes.get('src') ?? []) : [];
      });
      let weight = 0;
      for (const address of loaded) {
        const path =
          page.path === '404.html' ? address.slice(new URL(unhosted).pathname.length) : leads(page, address);
        if (!weights.has(path))
          weights.set(path, gzipSync(await readFile(join(folder, path)), { level: 6 }).length);
        weight += weights.get(path);
      }
      assert.ok(loaded.length > 0, `${page.path} loads nothing`);
      assert.ok(weight < 30_000, `${page.path}: ${weight} bytes`);
    }
  });

  test('a picture weighs at most 60 kB, compressed', async () => {
    const folder = await build(unhosted);
    let most = 0;
    for (const page of await pages()) {
      const html = await readFile(join(folder, page.path), 'utf8');
      // A drawing may hold others: its end is where as many have ended as began.
      let depth = 0;
      let start = 0;
      for (const { 0: tag, index } of html.matchAll(/<svg[ >]|<\/svg>/g)) {
        if (tag !== '</svg>') {
          if (depth === 0) start = index;
          depth += 1;
          continue;
        }
        depth -= 1;
        if (depth > 0) continue;
        const weight = gzipSync(html.slice(start, index), { level: 6 }).length;
        assert.ok(weight <= 60_000, `${page.path}: ${weight} bytes`);
        most = Math.max(most, weight);
      }
    }
    console.log(`the heaviest picture: ${most} bytes`);
  });
});
