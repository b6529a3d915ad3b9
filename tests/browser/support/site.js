// The shipped dossier, built by the program under test, and its pages.

import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { tags } from './html.js';
import { once, scratch } from './suite.js';

/** The project's root. */
export const project = fileURLToPath(new URL('../../..', import.meta.url));

/** The program under test: `tests/run` says which; by hand it is what `cargo build` made. */
export const program = process.env.DOSSIER_BIN ?? join(project, 'target', 'debug', 'dossier');

/** The languages of the shipped dossier; the first stands at the root. */
export const languages = ['id', 'en'];

/** Where a site is published that nobody hosts: what `file://` and the crawler see. */
export const unhosted = 'https://example.org/dossiers/najin/';

/** Builds the site for an address, and returns its folder. */
export const build = once(async (baseUrl) => {
  const folder = join(await scratch(), 'site');
  const args = ['--root', project, 'build', '--output', folder, '--base-url', baseUrl];
  try {
    await promisify(execFile)(program, args);
  } catch (error) {
    throw new Error(`\`dossier build\` failed: ${error.message}\n${error.stderr ?? ''}`);
  }
  return folder;
});

/** Every file of a folder, as relative paths with `/`, sorted. */
export async function files(folder, under = '') {
  const found = [];
  for (const entry of await readdir(join(folder, under), { withFileTypes: true })) {
    const path = under ? `${under}/${entry.name}` : entry.name;
    if (entry.isDirectory()) found.push(...(await files(folder, path)));
    else found.push(path);
  }
  return found.sort();
}

/** A site's file as text. */
export function text(folder, path) {
  return readFile(join(folder, path.split('/').join(sep)), 'utf8');
}

/** The language that a page at this path is in. */
export function languageOf(path) {
  return languages.slice(1).find((lang) => path.startsWith(`${lang}/`)) ?? languages[0];
}

/** The same page's path in another language. */
export function edition(path, lang) {
  const own = languageOf(path);
  const plain = own === languages[0] ? path : path.slice(own.length + 1);
  return lang === languages[0] ? plain : `${lang}/${plain}`;
}

/** Every page: `{ path, lang, html, tags }`. Pages that only send the reader on are apart, in `redirects`. */
export const pages = once(async (baseUrl = unhosted) => pagesIn(await build(baseUrl)));

/** The same, of a site in any folder. */
export async function pagesIn(folder) {
  const all = [];
  for (const path of await files(folder)) {
    if (!path.endsWith('.html')) continue;
    const html = await text(folder, path);
    const found = tags(html);
    const lang = found.find(({ name }) => name === 'html')?.attributes.get('lang');
    all.push({ path, lang, html, tags: found });
  }
  return all;
}

/** Whether a page only sends the reader on. */
export function isRedirect(page) {
  return page.tags.some(({ attributes }) => attributes.get('http-equiv')?.toLowerCase() === 'refresh');
}

/** What a page is called by the class of its frame: `entity entity-claim`, `listing`, …; one name a template. */
function templateOf({ path, tags }) {
  if (path === '404.html') return '404';
  const frame = tags.find(
    ({ name, within }) => within.main > 0 && ['article', 'div', 'section'].includes(name),
  );
  return frame?.attributes.get('class')?.replace(/^sheet /, '') ?? 'bare';
}

/** One page of every template in every language: the longest, which has most that can go wrong. */
export const samples = once(async (baseUrl = unhosted) => samplesOf(await pages(baseUrl)));

/** The same, of these pages. */
export function samplesOf(pages) {
  const longest = new Map();
  for (const page of pages) {
    if (isRedirect(page)) continue;
    const template = templateOf(page);
    const key = `${template} ${page.lang}`;
    const html = page.html.length;
    if (!longest.has(key) || html > longest.get(key).html.length) longest.set(key, { ...page, template });
  }
  return [...longest.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The sample of a template in a language; its absence is an error, not a test less. */
export async function sample(template, lang, baseUrl = unhosted) {
  const found = (await samples(baseUrl)).find((page) => page.template === template && page.lang === lang);
  if (!found) throw new Error(`no page of the template \`${template}\` in \`${lang}\``);
  return found;
}
