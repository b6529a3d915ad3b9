// The one browser of a run, and what is asked of a page in it.

import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

import { closing, once } from './suite.js';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The system's browser: `CHROMIUM`, or the first that is on the path. */
export function executable() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (!found) throw new Error(`no browser: none of ${NAMES.join(', ')} is on the path; set CHROMIUM to one`);
  return found;
}

const browser = once(async () => {
  const launched = await chromium.launch({ executablePath: executable(), args: FLAGS });
  closing(() => launched.close());
  return launched;
});

/** Widths at which every page must do: a small telephone and a laptop. */
export const NARROW = { width: 360, height: 740 };
export const WIDE = { width: 1280, height: 800 };

/** Gives `work` a page with a profile of its own, and closes it. What fails says where it was, and what the dialogs said. */
export async function withPage(options, work) {
  const context = await (await browser()).newContext({ viewport: WIDE, ...options });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  try {
    return await work(page);
  } catch (error) {
    const dialogs = await page.locator('dialog').allInnerTexts().catch(() => []);
    const said = dialogs.map((words) => `\n--- a dialog:\n${words}`).join('');
    throw new Error(`${error.message}\nat ${page.url()}${said}`, { cause: error });
  } finally {
    await context.close();
  }
}

/** Collects what a page's console, its requests and its policy complain about. `origin` is where requests may go. */
export async function watched(page, origin) {
  const complaints = [];
  const complain = (what) => complaints.push(`${page.url()}: ${what}`);
  await page.addInitScript(() => {
    const say = (event) =>
      console.error(`policy: ${event.effectiveDirective} forbids ${event.blockedURI} ${event.sample}`);
    document.addEventListener('securitypolicyviolation', say);
  });
  page.on('console', (message) => message.type() === 'error' && complain(`console: ${message.text()}`));
  page.on('pageerror', (error) => complain(`script: ${error.message}`));
  page.on('request', (request) => request.url().startsWith(origin) || complain(`asks ${request.url()}`));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    // A reader who leaves early ends the requests that are under way.
    if (!why.includes('ERR_ABORTED')) complain(`${request.url()} failed: ${why}`);
  });
  page.on(
    'response',
    (response) => response.status() >= 400 && complain(`${response.url()} answers ${response.status()}`),
  );
  return complaints;
}

/** Whether the page's style sheets are there and change how its text looks. */
export function isStyled(page) {
  return page.evaluate(() => {
    const sheets = [...document.querySelectorAll('link[rel="stylesheet"]')].map((link) => link.sheet);
    if (sheets.length === 0 || sheets.includes(null)) return false;
    const looks = () => {
      const style = getComputedStyle(document.body);
      return `${style.fontFamily} ${style.margin} ${style.backgroundColor}`;
    };
    const styled = looks();
    for (const sheet of sheets) sheet.disabled = true;
    const plain = looks();
    for (const sheet of sheets) sheet.disabled = false;
    return styled !== plain;
  });
}

/** Whether a typeface that the site brings along has arrived. */
export function isTypeset(page) {
  return page.evaluate(() =>
    document.fonts.ready.then((fonts) => [...fonts].some(({ status }) => status === 'loaded')),
  );
}

/** Whether an element can be seen: rendered, not transparent, not an empty box. */
export function isSeen(element) {
  return element.evaluate((node) => {
    const box = node.getBoundingClientRect();
    return (
      node.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) &&
      box.width > 0 &&
      box.height > 0
    );
  });
}

/** The element that has the keyboard's focus. */
export function focused(page) {
  return page.evaluateHandle(() => document.activeElement).then((handle) => handle.asElement());
}
