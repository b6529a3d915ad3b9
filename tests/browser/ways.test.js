// Every template in the ways that readers have: without the style sheet, without scripts, in large type, in forced colours, without
// motion. Nothing is wider than the window, cut off or on top of something else; every control is there; no text is missing.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { NARROW, WIDE, withPage } from './support/browser.js';
import { hosted } from './support/server.js';
import { languages, samples } from './support/site.js';
import { none, suite } from './support/suite.js';

/**
 * The texts of a page that can be seen, in their order, but for what only a script could use, and what a drawing says: it is there in
 * several sizes, and how a name is broken into lines, or which there is room for, depends on which of them is shown. What is folded
 * has a summary, with which readers without the style sheet open it.
 */
function texts() {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const parent = node.parentElement;
    if (parent.closest('form, button, noscript, script, template, .map-tools, .theme-toggle, title, desc, .toc, .map, .flow, .fold')) continue;
    if (parent.checkVisibility({ visibilityProperty: true }) && node.data.trim()) found.push(node.data.trim());
  }
  return found;
}

/** What cannot be used or read in a page as it is laid out. */
function faults() {
  const faults = [];
  const name = (node) => `${node.localName}.${node.getAttribute('class') ?? ''} “${node.textContent.trim().slice(0, 40)}”`;
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) faults.push(`${scrollWidth} in ${clientWidth} px`);
  const scrolls = (node) => node !== document.body && (['auto', 'scroll'].includes(getComputedStyle(node).overflowX) || scrolls(node.parentElement));
  const isShown = (node) => node.checkVisibility({ visibilityProperty: true });
  // What is there for screen readers alone.
  const isHeard = (node) => node.closest('.vh, .noted, .skip');

  for (const node of document.querySelectorAll('body *')) {
    if (node.closest('svg') || !isShown(node) || isHeard(node)) continue;
    const style = getComputedStyle(node);
    if (['hidden', 'clip'].includes(style.overflowX) && node.scrollWidth > node.clientWidth + 1 && style.display !== 'inline' && !node.closest('.find')) {
      faults.push(`cut off: ${name(node)}: ${node.scrollWidth} in ${node.clientWidth} px`);
    }
    if (node.matches('a[href], button, input, select, summary')) {
      const box = node.getBoundingClientRect();
      if (box.width < 2 || box.height < 2) faults.push(`no box: ${name(node)}`);
      else if (box.right > clientWidth + 1 && !scrolls(node.parentElement)) faults.push(`outside: ${name(node)}`);
    }
  }

  // Lines of text, each a little less high than it is, from top to bottom.
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node; (node = walker.nextNode());) {
    const parent = node.parentElement;
    if (!node.data.trim() || parent.closest('svg, option, noscript, script') || isHeard(parent) || !isShown(parent) || scrolls(parent)) continue;
    range.selectNodeContents(node);
    for (const { left, right, top, bottom } of range.getClientRects()) {
      const less = (bottom - top) * 0.3;
      if (right - left > 3) lines.push({ left: left + 1, right: right - 1, top: top + less, bottom: bottom - less, parent });
    }
  }
  lines.sort((a, b) => a.top - b.top);
  lines.forEach((line, at) => {
    for (let next = at + 1; next < lines.length && lines[next].top < line.bottom; next += 1) {
      const other = lines[next];
      if (other.left < line.right && line.left < other.right && other.parent !== line.parent) faults.push(`overlap: ${name(line.parent)} and ${name(other.parent)}`);
    }
  });

  // Paragraphs and headings of a column stand below each other as in the document.
  for (const column of document.querySelectorAll('main .prose, main .column')) {
    const blocks = [...column.querySelectorAll(':scope > :is(h2, h3, p, ul, ol, section)')].filter((node) => isShown(node) && !isHeard(node));
    blocks.slice(1).forEach((block, at) => {
      if (block.getBoundingClientRect().top < blocks[at].getBoundingClientRect().top) faults.push(`above what comes before it: ${name(block)}`);
    });
  }
  return [...new Set(faults)];
}

/** Type twice as large, by a style sheet of the reader's: where the browser's default size is larger, the narrow layouts help as well. */
const larger = (page, css) => page.addInitScript((css) => addEventListener('DOMContentLoaded', () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}), css);

const WAYS = {
  'without scripts': { options: { javaScriptEnabled: false } },
  'with a default of 32 px': { prepare: (page) => larger(page, 'html { font-size: 32px }') },
  'at 200 % text, on a telephone': { options: { viewport: NARROW }, prepare: (page) => larger(page, 'html { font-size: 200% }') },
  'in forced colours': { options: { forcedColors: 'active' } },
  'without motion': { options: { reducedMotion: 'reduce' } },
};

suite('ways', { concurrency: 2 }, async () => {
  // Each template in one of the languages.
  const chosen = (await samples()).filter(({ template, lang }, at, all) => {
    const both = all.filter((page) => page.template === template);
    return both.length === 1 || lang === languages[template.length % languages.length];
  });
  assert.ok(chosen.length > 12);

  for (const { path, template } of chosen) {
    test(`${path} (${template})`, async () => {
      const { url } = await hosted('/');
      const found = [];
      const usual = await withPage({}, async (page) => {
        await page.goto(url + path);
        return page.evaluate(texts);
      });
      for (const [way, { options, prepare }] of Object.entries(WAYS)) {
        await withPage({ viewport: WIDE, bypassCSP: true, ...options }, async (page) => {
          await prepare?.(page);
          await page.goto(url + path);
          for (const fault of await page.evaluate(faults)) found.push(`${way}: ${fault}`);
          if (way === 'without scripts') {
            const there = new Set(await page.evaluate(texts));
            for (const text of usual) if (!there.has(text)) found.push(`${way}: missing: ${text}`);
          }
          if (way === 'without motion') {
            const moves = await page.evaluate(() => document.getAnimations().length);
            if (moves) found.push(`${way}: ${moves} animations`);
          }
        });
      }
      // The order of the document is all that is left then, and every drawing is as large as it says itself.
      await withPage({}, async (page) => {
        await page.route('**/*.css', (route) => route.abort());
        await page.goto(url + path);
        const there = await page.evaluate(texts);
        let at = -1;
        for (const text of usual) {
          const next = there.indexOf(text, at + 1);
          if (next < 0) found.push(`without the style sheet: missing or elsewhere: ${text}`);
          else at = next;
        }
        const large = await page.evaluate(() =>
          [...document.querySelectorAll('svg:not(svg svg)')].filter((node) => node.checkVisibility()).map((node) => [node, node.getBoundingClientRect()])
            .filter(([node, box]) => box.width > Math.max(50, Number(node.getAttribute('width')) + 1)).map(([node]) => node.outerHTML.slice(0, 80)));
        const empty = await page.evaluate(() =>
          [...document.querySelectorAll('main :is(.drawing, .flow-frame)')]
            .filter((node) => node.checkVisibility() && node.querySelector('svg text') && ![...node.querySelectorAll('svg text')].some((text) => text.checkVisibility()))
            .map((node) => node.className));
        found.push(...empty.map((drawing) => `without the style sheet: nothing is said in ${drawing}`));
        found.push(...large.map((svg) => `without the style sheet: fills the page: ${svg}`));
      });
      none(found);
    });
  }
});
