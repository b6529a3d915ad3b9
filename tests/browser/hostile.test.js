// A dossier of published attacks: no script runs that is not the theme's, and no request goes to another host, on
// pages from a folder and in the preview, in a browser that no policy keeps from either.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

import { withPage } from './support/browser.js';
import { addresses, tags } from './support/html.js';
import { dossier, preview } from './support/preview.js';
import { files, program } from './support/site.js';
import { none, once, scratch, suite } from './support/suite.js';
import { hostileDossier, vectors } from './support/vectors.js';

const run = promisify(execFile);

/** How many attacks, from the whole list evenly: `VECTORS=all` for all that there are, see `tests/long`. */
const COUNT = process.env.VECTORS === 'all' ? Infinity : Number(process.env.VECTORS ?? 162);

/** What tells of scripts: nothing is blocked, and everything inline is reported. */
const REPORT = "script-src 'self'; object-src 'none'; base-uri 'none'";

/** Where requests from a folder may go: to this computer, and to no other by `file://host/`. */
const DISK = 'file:///';

/** All that would go to other hosts goes to a port where nobody listens. */
const NOWHERE = { proxy: { server: 'http://127.0.0.1:9', bypass: '127.0.0.1' } };

const made = once(async (html, count) => {
  const attacks = await vectors(count);
  // The first list: what the settings can turn off.
  const { stdout } = await run(program, ['explain']);
  const list = stdout.split(/\n\n/)[0].matchAll(/^ +([a-z-]+)/gm);
  const rules = [...list].map(([, rule]) => rule).filter((rule) => rule !== 'output-collision');
  const folder = await dossier(hostileDossier(attacks, { html, rules }));
  // Some attacks are errors that no setting turns off, such as a comment without an end: the site is made all the same.
  await run(program, ['--root', folder, 'build', '--keep-going'], { maxBuffer: 1 << 28 }).catch((error) => {
    if (!/ files written, /.test(error.stderr)) {
      throw new Error(`\`dossier build\` failed: ${error.stderr?.slice(-4000)}`);
    }
  });
  return { folder, site: join(folder, 'public'), attacks };
});

/** Notes what runs on a page: inline scripts by reports, dialogs, and requests to other hosts. */
async function guarded(page, origin, faults) {
  const fault = (what) => faults.push(`${page.url().slice(0, 120)}: ${what}`);
  await page.exposeBinding('dossierFault', (_, what) => fault(what));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      if (!event.blockedURI.startsWith('http')) window.dossierFault(`runs ${event.effectiveDirective} ${event.sample}`);
    });
    for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) {
      window[name] = () => window.dossierFault(`calls ${name}`);
    }
  });
  page.on('dialog', (dialog) => {
    fault('opens a dialog');
    return dialog.dismiss().catch(() => {});
  });
  page.on('popup', (popup) => {
    fault('opens a window');
    return popup.close().catch(() => {});
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) fault(`asks ${request.url().slice(0, 200)}`);
  });
  if (origin === DISK) return;
  await page.route(/.*/, async (route) => {
    if (route.request().resourceType() !== 'document') return route.continue();
    const response = await route.fetch();
    return route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy-report-only': REPORT } });
  });
}

/** Touches everything on a page as a reader may, and looks for what could run or load something. */
function touched(page) {
  return page.evaluate(async () => {
    const found = [];
    const address = /^(?:https?|file|mailto|tel|ftp|geo|sms|magnet|irc|news|matrix|xmpp|sip|ssh|urn|webcal|bitcoin|im|nntp|sftp|mms|ircs|ftps|smsto|openpgp4fpr):/;
    addEventListener('click', (event) => event.preventDefault(), true);
    addEventListener('submit', (event) => event.preventDefault(), true);
    for (const element of document.querySelectorAll('*')) {
      const name = `<${element.localName}>`;
      for (const { localName, value } of element.attributes) {
        if (/^on/i.test(localName) || ['style', 'srcdoc', 'ping', 'formaction', 'srcset'].includes(localName)) found.push(`${name} has ${localName}`);
        // What is no address, such as `http://[x`, leads nowhere and loads nothing.
        const to = value && URL.parse(value, document.baseURI);
        if (!to) continue;
        if (['src', 'poster', 'data'].includes(localName) && to.host !== location.host) found.push(`${name} loads ${value.slice(0, 80)}`);
        if (['href', 'src', 'action', 'poster', 'data'].includes(localName)) {
          if (!address.test(to.href)) found.push(`${name} leads to ${value.slice(0, 80)}`);
          if (to.protocol === 'file:' && location.protocol !== 'file:') found.push(`${name} leads to ${value.slice(0, 80)}`);
        }
      }
      if (['iframe', 'object', 'embed', 'base', 'applet', 'frame', 'portal', 'math', 'animate', 'set', 'foreignObject'].includes(element.localName)) found.push(`is ${name}`);
      if (element.localName === 'style' || (element.localName === 'meta' && element.httpEquiv === 'refresh')) found.push(`is ${name}`);
      if (element.localName === 'script' && !element.src && element.type !== 'application/ld+json') found.push('is a script');
    }
    const main = document.querySelector('main') ?? document.body ?? document.documentElement;
    for (const element of main.querySelectorAll('a, button, details, form, img, input, summary, svg, [tabindex], [id], [title]')) {
      for (const type of ['pointerover', 'mouseover', 'mouseenter', 'focus', 'focusin', 'mousedown', 'click', 'toggle', 'animationstart', 'animationend', 'transitionend', 'error', 'load', 'keydown', 'wheel', 'scroll', 'drop', 'paste', 'input', 'beforetoggle']) {
        element.dispatchEvent(new Event(type, { bubbles: true, cancelable: true }));
      }
    }
    // A reader comes upon what waits for a turn of the event loop.
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return found;
  });
}

/** Opens pages and returns what is wrong with them. */
async function open(urls, origin) {
  const faults = [];
  const rest = [...urls];
  const worker = () =>
    withPage(NOWHERE, async (page) => {
      await guarded(page, origin, faults);
      // The print edition has all attacks on one page: on a busy machine that is a minute.
      page.setDefaultNavigationTimeout(300_000);
      for (let url; (url = rest.pop());) {
        await page.goto(url, { waitUntil: 'load' });
        if (page.url().split('#')[0] !== url) faults.push(`${url} led to ${page.url()}`);
        for (const what of await touched(page)) faults.push(`${url}: ${what}`);
      }
    });
  await Promise.all(Array.from({ length: Math.min(4, cpus().length) }, worker));
  return faults;
}

/** The pages of the site: but those that send readers on, and the one that a host serves from the top. */
const pages = async (site) =>
  (await files(site)).filter((file) => file.endsWith('.html') && !/(^|\/)old-|^404\.html$/.test(file));

suite('hostile', {}, () => {
  test('no attack runs or asks another host, on a page that is opened from a folder', async () => {
    const { site, attacks } = await made('sanitize', COUNT);
    assert.ok(attacks.length >= Math.min(COUNT, 500), `${attacks.length} attacks`);
    const list = await pages(site);
    assert.ok(list.length >= attacks.length, `${list.length} pages`);
    const faults = await open(list.map((file) => pathToFileURL(join(site, file)).href), DISK);
    console.log(`${attacks.length} attacks, ${list.length} pages, ${faults.length} scripts and requests`);
    none(faults);
  });

  test('no attack runs or asks another host in a book: its texts and drawings, opened as pages', async () => {
    const { site } = await made('sanitize', COUNT);
    const books = (await files(site)).filter((file) => file.endsWith('.epub'));
    assert.ok(books.length > 0, 'no EPUB');
    const urls = [];
    for (const book of books) {
      const folder = await scratch();
      // Python comes with the list of attacks; Node reads no archives.
      await run('python3', ['-m', 'zipfile', '-e', join(site, book), folder]);
      const inside = (await files(folder)).filter((file) => /\.(xhtml|html|svg)$/.test(file));
      urls.push(...inside.map((file) => pathToFileURL(join(folder, file)).href));
    }
    assert.ok(urls.length > COUNT / 9 || COUNT === Infinity, `${urls.length} texts and drawings`);
    const faults = await open(urls, DISK);
    console.log(`${books.length} books, ${urls.length} texts and drawings, ${faults.length} scripts and requests`);
    none(faults);
  });

  test('no attack runs or asks another host in the preview', async () => {
    const { folder, site } = await made('sanitize', COUNT);
    const { url, stop } = await preview(folder);
    // The pages are the same, shown by another server: some of them will do, but for a long run.
    const list = (await pages(site)).filter((_, at) => COUNT === Infinity || at % 4 === 0);
    const faults = await open(list.map((file) => new URL(file.split('/').map(encodeURIComponent).join('/'), url).href), url);
    await stop();
    none(faults);
  });

  test('the preview repeats nothing of an address that is not there', async () => {
    const { folder } = await made('sanitize', COUNT);
    const { url, stop } = await preview(folder);
    for (const attack of (await vectors(COUNT)).slice(0, 100)) {
      for (const path of [encodeURIComponent(attack), `?q=${encodeURIComponent(attack)}`]) {
        const body = await (await fetch(url + path)).text();
        assert.ok(!/<(script|img|svg)[^>]*(alert|onerror|onload)/i.test(body.replace(/<main[\s\S]*<\/main>/, '')), attack);
      }
    }
    await stop();
  });

  test('no file of the site leads to what runs: pages, the print edition, EPUBs, feeds, data', async () => {
    const { site } = await made('sanitize', COUNT);
    const faults = [];
    const runs = /^[\s\x00-\x1f]*(j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t|v\s*b\s*s\s*c\s*r\s*i\s*p\s*t|d\s*a\s*t\s*a|b\s*l\s*o\s*b)\s*:/i;
    for (const file of await files(site)) {
      const text = /\.(html|xml|json|jsonld|geojson|kml|gpx|ndjson)$/.test(file) && (await readFile(join(site, file), 'utf8'));
      if (!text) continue;
      const elements = /\.(html|xml|kml|gpx)$/.test(file) ? tags(text) : [];
      for (const address of addresses(elements)) if (runs.test(address)) faults.push(`${file}: ${address}`);
      // In the text of a page or a feed an attack may look like JSON without being any.
      const json = /\.(html|xml|kml|gpx)$/.test(file) ? elements.filter(({ name }) => name === 'script').map((script) => script.text).join('\n') : text;
      for (const [, address] of json.matchAll(/"(?:url|id|@id|href|sameAs|URL|external_url)"\s*:\s*"((?:[^"\\]|\\.)*)"/g)) {
        if (runs.test(address)) faults.push(`${file}: ${address}`);
      }
    }
    none(faults);
  });

  test('the previews of links and the search show attacks as text', async () => {
    const { site } = await made('sanitize', COUNT);
    const faults = [];
    await withPage({ ...NOWHERE, hasTouch: false }, async (page) => {
      const origin = pathToFileURL(site).href;
      await page.clock.install();
      await guarded(page, DISK, faults);
      await page.goto(`${origin}/notes/index.html`);
      const links = page.locator('main a.ref');
      const count = Math.min(await links.count(), 20);
      assert.ok(count >= 5, `${count} links`);
      for (let at = 0; at < count; at++) {
        await links.nth(at).hover();
        await page.clock.runFor(400);
        await page.locator('.preview').waitFor();
        for (const what of await touched(page)) if (!/has style/.test(what)) faults.push(what);
        await page.mouse.move(0, 0);
        await page.clock.runFor(400);
      }
    });
    await withPage(NOWHERE, async (page) => {
      const origin = pathToFileURL(site).href;
      await guarded(page, DISK, faults);
      await page.goto(`${origin}/evidence/search.html?q=alert`);
      await page.locator('.found a').first().waitFor();
      for (let more = 0; more < 5; more++) await page.locator('.found button.more').last().click();
      for (const what of await touched(page)) faults.push(what);
    });
    none(faults);
  });

  test('the same attacks run where HTML is allowed: this test can fail', async () => {
    const { site } = await made('allow', 90);
    const list = (await pages(site)).filter((file) => /^notes\/(notes-\d+|canary)\.html$/.test(file));
    const faults = await open(list.map((file) => pathToFileURL(join(site, file)).href), DISK);
    const pagesThatRun = new Set(faults.filter((what) => what.includes('calls alert')).map((what) => what.split(': ')[0]));
    assert.ok(pagesThatRun.size > 1, 'only our own script ran');
    assert.ok(faults.some((what) => what.includes('calls alert')), 'no script ran');
    assert.ok(faults.some((what) => / asks https?:/.test(what)), 'no request was seen');
  });
});
