// Every link of every page leads somewhere: a crawler over the output folder, with no browser.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { addresses, cssAddresses, names } from './support/html.js';
import { build, files, isRedirect, pages, text, unhosted } from './support/site.js';
import { none, once, suite } from './support/suite.js';

/** The site as a host would see it: its files, the ids of its pages, and where each file leads. */
const crawl = once(async () => {
  const folder = await build(unhosted);
  const all = new Set(await files(folder));
  const ids = new Map();
  const links = [];
  for (const page of await pages()) {
    ids.set(
      page.path,
      page.tags.flatMap(({ attributes }) => attributes.get('id') ?? []),
    );
    for (const address of addresses(page.tags)) links.push({ from: page.path, address });
  }
  for (const path of all) {
    if (!path.endsWith('.css')) continue;
    for (const address of cssAddresses(await text(folder, path))) links.push({ from: path, address });
  }
  return { all, ids, links };
});

/** The file and the fragment that an address means on a page of the site; `null` for what lies elsewhere. */
function target(from, address, all) {
  const url = new URL(address, unhosted + from);
  if (!['http:', 'https:'].includes(url.protocol)) return null;
  const site = new URL(unhosted);
  if (url.origin !== site.origin) return null;
  // Another path of the same host is not ours: a link there has climbed out of the site.
  if (!url.pathname.startsWith(site.pathname)) return { file: undefined, fragment: '' };
  const path = decodeURIComponent(url.pathname.slice(site.pathname.length));
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  // What follows `:~:` is for the browser, which looks for words.
  const [fragment] = url.hash.slice(1).split(':~:');
  return { file: all.has(file) ? file : undefined, fragment: decodeURIComponent(fragment) };
}

suite('links', {}, () => {
  test('every address leads to a file of the site', async () => {
    const { all, links } = await crawl();
    assert.ok(links.length > 1000, `only ${links.length} links were found: does the crawler see them?`);
    const broken = links.filter(({ from, address }) => {
      const found = target(from, address, all);
      return found !== null && found.file === undefined;
    });
    none(broken);
  });

  test('every fragment leads to an id on its page', async () => {
    const { all, ids, links } = await crawl();
    const broken = links.filter(({ from, address }) => {
      const { file, fragment } = target(from, address, all) ?? {};
      return file && fragment && !ids.get(file)?.includes(fragment);
    });
    none(broken);
  });

  test('every page but 404.html links relatively, so that it works in any folder', async () => {
    const { links } = await crawl();
    const absolute = links.filter(
      ({ from, address }) => from !== '404.html' && (address.startsWith('/') || address.startsWith(unhosted)),
    );
    none(absolute);
  });

  test('every address links to a file by name, so that it works without a host', async () => {
    const { links } = await crawl();
    const folders = links.filter(
      ({ address }) =>
        !/^[a-z]+:/i.test(address) && /(^|\/)(\.\.?)?([?#]|$)/.test(address.replace(/^#.*/, 'x')),
    );
    none(folders);
  });

  test('the addresses by which a page names itself and its translations are pages', async () => {
    const { all } = await crawl();
    const lost = [];
    for (const page of await pages()) {
      for (const address of names(page.tags))
        if (!target(page.path, address, all)?.file) lost.push({ from: page.path, address });
    }
    none(lost);
  });

  test('the addresses in the sitemap and the feed are pages', async () => {
    const { all } = await crawl();
    const folder = await build(unhosted);
    for (const file of ['sitemap.xml', 'atom.xml']) {
      const xml = await text(folder, file);
      const found = [...xml.matchAll(/<loc>([^<]+)<|href="([^"]+)"/g)].map(([, loc, href]) => loc ?? href);
      assert.ok(found.length > 10, `${file} names ${found.length} addresses`);
      none(
        found.filter((address) => !target('', address, all)?.file),
        file,
      );
    }
  });

  test('every page can be reached from the home page', async () => {
    const { all, links } = await crawl();
    const next = new Map();
    for (const { from, address } of links) {
      const file = target(from, address, all)?.file;
      if (file) next.set(from, [...(next.get(from) ?? []), file]);
    }
    const reached = new Set(['index.html']);
    for (const page of reached) for (const file of next.get(page) ?? []) reached.add(file);
    const islands = (await pages()).filter(
      (page) => page.path !== '404.html' && !isRedirect(page) && !reached.has(page.path),
    );
    none(islands.map(({ path }) => path));
  });

  test('an id stands once on a page, and labels refer to ids that are there', async () => {
    const { ids } = await crawl();
    const faults = [];
    for (const page of await pages()) {
      const own = ids.get(page.path);
      for (const id of new Set(own))
        if (own.indexOf(id) !== own.lastIndexOf(id)) faults.push(`${page.path}: #${id} twice`);
      for (const { attributes } of page.tags) {
        for (const key of ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for', 'headers']) {
          for (const id of (attributes.get(key) ?? '').split(/\s+/).filter(Boolean)) {
            if (!own.includes(id)) faults.push(`${page.path}: ${key} names #${id}`);
          }
        }
      }
    }
    none(faults);
  });
});
