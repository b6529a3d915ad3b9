// Keeps a page of the preview as its files are: added by `dossier serve` to what a build makes, and never part of that.

import { Idiomorph } from './idiomorph.js';
import { Panel } from './panel.js';

const own = () => document.querySelector('script[src="/_dossier/live.js"]');
const dossier = own()?.dataset.dossier ?? '1';
const headers = { 'x-dossier': dossier };

let version = own()?.dataset.version ?? '';
let page = location.pathname;
let events = null;
let waiting = null;

// ---- what the reader or the page's own scripts changed: an open note, a switch; it stays as it is ----

const attributes = new WeakMap();
const children = new WeakSet();
const added = new WeakSet();
const watched = { subtree: true, attributes: true, childList: true, characterData: true };
const take = (records) => {
  for (const { type, target, attributeName, addedNodes } of records) {
    if (type === 'attributes')
      attributes.set(target, (attributes.get(target) ?? new Set()).add(attributeName));
    else children.add(type === 'childList' ? target : target.parentNode);
    for (const node of addedNodes) added.add(node);
  }
};
const observer = new MutationObserver(take);
observer.observe(document.body, watched);

/** The page as it came, without what scripts made of it. */
let served = null;
const parse = (html) => new DOMParser().parseFromString(html, 'text/html');
const same = (node) =>
  [...(served?.querySelectorAll(node.localName) ?? [])].some((other) => other.isEqualNode(node));
const plain = (address) => address?.replace(/[?&]_dossier=\d+/, '');
let isMixed = false;

const callbacks = {
  beforeNodeMorphed(old, next) {
    if (old.isEqualNode(next)) return false;
    if (!children.has(old) || old === document.body) return true;
    // Where a script and the author changed the same thing, nobody can tell what belongs to whom.
    isMixed ||= next.hasChildNodes() && !same(next);
    return isMixed;
  },
  beforeNodeRemoved: (node) => !(added.has(node) && node.parentNode === document.body),
  beforeAttributeUpdated(name, node, change) {
    if (attributes.get(node)?.has(name)) return false;
    // A picture that was fetched again has a longer address.
    const address = node.getAttribute(name);
    return !(change === 'update' && name === 'src' && address !== plain(address));
  },
};

// ---- the page ----

/** Style sheets: a new one is loaded before the old one goes, so that nothing flickers. */
async function dress(next) {
  const address = (link) => link.getAttribute('href');
  const sheets = (from) => [...from.querySelectorAll('link[rel="stylesheet"]')];
  const [before, after] = [sheets(document.head), sheets(next.head)];
  const missing = after.filter((link) => !before.some((other) => address(other) === address(link)));
  await Promise.all(
    missing.map((link) => {
      const copy = document.importNode(link);
      const loaded = new Promise((resolve) => (copy.onload = copy.onerror = resolve));
      (before.at(-1) ?? document.head.lastElementChild).after(copy);
      return loaded;
    }),
  );
}

/** What runs on a page; data does not. */
const scripts = (from) =>
  [...from.querySelectorAll('script:not([type="application/ld+json"])')]
    .map((script) => script.getAttribute('src') ?? script.text)
    .join('\n');

// A form that is open would be lost with the page; it is loaded again when the form is closed.
let busy = 0;
let isLate = false;
let isLeaving = false;
function reload() {
  isLate = busy > 0;
  if (!isLate && !isLeaving) location.reload();
}
document.addEventListener('dossier:busy', (event) => {
  busy += event.detail;
  if (busy === 0 && isLate) reload();
});
// A reader who goes elsewhere is not held back: a page loaded again, or followed, would win over where they go.
document.addEventListener('dossier:leave', () => (isLeaving = true));

/** Shows the page as it is now, in place. */
async function show(address = page) {
  const response = await fetch(address, { headers, cache: 'no-store' });
  const next = parse(await response.text());
  if (isLeaving) return;
  // Another dossier may have got the address of the one that this page is of.
  const of = next.querySelector('script[src="/_dossier/live.js"]')?.dataset.dossier;
  if (of && of !== dossier) return panel.connection(false);
  const redirect = next.querySelector('meta[http-equiv="refresh" i]')?.content.split(/url=/i)[1];
  if (redirect) return busy > 0 ? reload() : location.replace(new URL(redirect, response.url));
  if (scripts(next) !== scripts(document)) return reload();
  await dress(next);
  take(observer.takeRecords());
  observer.disconnect();
  try {
    const pristine = next.cloneNode(true);
    for (const name of ['lang', 'dir']) document.documentElement[name] = next.documentElement[name];
    Idiomorph.morph(document.head, next.head, { morphStyle: 'outerHTML', head: { style: 'merge' } });
    Idiomorph.morph(document.body, next.body, { morphStyle: 'outerHTML', callbacks });
    if (isMixed) return reload();
    version = own()?.dataset.version ?? '';
    served = pristine;
  } catch (error) {
    console.warn('dossier: reloading the page', error);
    return reload();
  } finally {
    observer.observe(document.body, watched);
  }
  panel.page({ stale: version.endsWith('-stale'), at: page });
  document.dispatchEvent(new CustomEvent('dossier:changed'));
}

// One after the other: of changes that come meanwhile only the last has to be shown.
let showing = null;
function refresh() {
  if (isLeaving) return;
  waiting = true;
  showing ??= (async () => {
    while (waiting) {
      waiting = false;
      await show();
    }
  })()
    .catch(() => panel.connection(false))
    .finally(() => (showing = null));
}

/** Goes where the page went, and stays where the reader is on it. */
async function follow(address) {
  history.replaceState(null, '', address + location.hash);
  page = location.pathname;
  connect();
  refresh();
}

/** Pictures and the like, whose addresses stay the same. */
function renew(addresses) {
  const mark = `_dossier=${Date.now()}`;
  for (const node of document.querySelectorAll(
    'img[src], video[src], audio[src], source[src], iframe[src]',
  )) {
    const address = new URL(plain(node.getAttribute('src')), location);
    if (addresses.includes(address.pathname)) node.src = `${address.pathname}?${mark}`;
  }
}

// ---- the line to the preview ----

function connect() {
  events?.close();
  const query = new URLSearchParams({ page, version }).toString().replaceAll('+', '%20');
  const line = new EventSource(`/_dossier/events?${query}`);
  events = line;
  const on = (name, act) => line.addEventListener(name, (event) => act(JSON.parse(event.data)));
  line.onopen = () => panel.connection(true);
  line.onerror = () => {
    if (line !== events) return;
    panel.connection(false);
    // The browser tries again by itself, with the version that the line was opened with: another may be shown now.
    line.close();
    setTimeout(() => line === events && connect(), 300);
  };
  on('hello', (files) => panel.files(files));
  on('page', (news) => {
    panel.files(news.files);
    if (news.version !== version) refresh();
  });
  on('moved', follow);
  on('assets', renew);
  on('findings', (findings) => panel.findings(findings));
}

function disconnect() {
  events?.close();
  events = null;
}

const panel = new Panel({ headers, page: () => page, desk: own()?.dataset.desk !== undefined });
panel.page({ stale: version.endsWith('-stale'), at: page });

// A browser opens six lines to a host at most, so a tab that nobody sees gives up its own.
const attend = () => (document.visibilityState === 'hidden' ? disconnect() : (events ?? connect()));
document.addEventListener('visibilitychange', attend);
addEventListener('pagehide', disconnect);
addEventListener('pageshow', (event) => {
  isLeaving = false;
  if (event.persisted) attend();
});
attend();
fetch(page, { cache: 'no-store' })
  .then((response) => response.text())
  .then((html) => (served ??= parse(html)))
  .catch(() => {});
