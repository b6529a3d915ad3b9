// Reads HTML into a flat list of start tags, enough to follow links and headings. It knows comments, raw text and
// character references, and nothing of Dossier: so it does not share the mistakes of what it tests.

const RAW = new Set(['script', 'style', 'title', 'textarea']);
const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };
const TAG = /<!--[\s\S]*?(?:-->|$)|<!doctype[^>]*>|<(\/?)([a-z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>/gi;
const ATTRIBUTE = /([^\s=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;

/** Character references replaced by what they stand for. */
export function decoded(text) {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (all, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(parseInt(decimal, 10));
    return NAMED[name] ?? all;
  });
}

/**
 * The start tags of a page, in order: `{ name, attributes, text, within }`, where `text` is the content of a raw text
 * element and `within` counts the sectioning elements that are open (`nav`, `main`).
 */
export function tags(html) {
  const found = [];
  const open = { nav: 0, main: 0 };
  TAG.lastIndex = 0;
  for (let match; (match = TAG.exec(html));) {
    const [all, slash, tag, rest] = match;
    if (!tag) continue;
    const name = tag.toLowerCase();
    if (name in open) open[name] += slash ? -1 : 1;
    if (slash) continue;
    const attributes = new Map();
    for (const [, key, double, single, bare] of rest.matchAll(ATTRIBUTE)) {
      attributes.set(key.toLowerCase(), decoded(double ?? single ?? bare ?? ''));
    }
    let text = '';
    if (RAW.has(name) && !all.endsWith('/>')) {
      const from = TAG.lastIndex;
      const end = html.toLowerCase().indexOf(`</${name}`, from);
      text = html.slice(from, end < 0 ? html.length : end);
      TAG.lastIndex = from + text.length;
    }
    found.push({ name, attributes, text, within: { ...open } });
  }
  return found;
}

/** The addresses in a style sheet: `url(…)` and `@import "…"`. */
export function cssAddresses(css) {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, '');
  const urls = bare.matchAll(
    /url\(\s*(?:"([^"]*)"|'([^']*)'|([^"')\s]*))\s*\)|@import\s+(?:"([^"]*)"|'([^']*)')/gi,
  );
  return [...urls].map((match) => match.slice(1).find((address) => address !== undefined));
}

/** The addresses of a `srcset`. */
function candidates(srcset) {
  return srcset
    .split(/,\s+|,$/)
    .map((candidate) => candidate.trim().split(/\s+/)[0])
    .filter(Boolean);
}

const LINKS = ['href', 'src', 'xlink:href', 'poster', 'data', 'action', 'cite'];

/**
 * Every address that a page leads to or loads. Canonical and alternate links are the page's own names, not its
 * links: `names` lists them.
 */
export function addresses(page) {
  const found = [];
  for (const { name, attributes, text } of page) {
    const get = (key) => attributes.get(key);
    if (name === 'link' && /\b(canonical|alternate)\b/i.test(get('rel') ?? '')) continue;
    for (const key of LINKS) if (attributes.has(key) && name !== 'base') found.push(get(key));
    for (const key of ['srcset', 'imagesrcset']) if (attributes.has(key)) found.push(...candidates(get(key)));
    if (attributes.has('style')) found.push(...cssAddresses(get('style')));
    for (const key of ['fill', 'stroke', 'clip-path', 'mask', 'marker-start', 'marker-end', 'filter']) {
      if (attributes.has(key)) found.push(...cssAddresses(get(key)));
    }
    if (name === 'style') found.push(...cssAddresses(text));
    if (name === 'meta' && get('http-equiv')?.toLowerCase() === 'refresh') {
      const address = /url\s*=\s*['"]?([^'"]+)/i.exec(get('content') ?? '')?.[1];
      if (address) found.push(address.trim());
    }
  }
  return found;
}

/** The full addresses by which a page names itself and its translations. */
export function names(page) {
  const links = page.filter(
    ({ name, attributes }) =>
      name === 'link' && /\b(canonical|alternate)\b/i.test(attributes.get('rel') ?? ''),
  );
  return links.map(({ attributes }) => attributes.get('href'));
}
