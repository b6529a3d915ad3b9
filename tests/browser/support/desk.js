// The desk of a preview, as its author uses it.

import assert from 'node:assert/strict';

import axe from 'axe-core';

/** Opens a page as its author. */
export async function open(page, desk, path = '') {
  await page.goto(desk);
  await page.goto(new URL(path || '/', desk).href);
  await page.locator('dossier-preview .pill').waitFor();
}

export const host = (page) => page.locator('dossier-desk');
export const dialog = (page) => host(page).locator('dialog').last();
export const field = (page, key) => dialog(page).locator(`:scope > form .fields > [data-key="${key}"], :scope > form .fields > details > [data-key="${key}"]`).first();

/** Selects words of the text as a mouse does, and presses a button of the bar. */
export async function choose(page, words, button) {
  const bar = host(page).locator('.marks').getByRole('button', { name: button, exact: true });
  // The page that is shown after a save takes a selection away.
  for (let tries = 0; tries < 5; tries += 1) {
    await select(page, words);
    const isThere = await bar.waitFor({ timeout: 3000 }).then(() => true, () => false);
    if (isThere) return bar.click();
  }
  assert.fail(`no bar for “${words}”`);
}

export async function select(page, words) {
  await page.evaluate((words) => {
    getSelection().removeAllRanges();
    const walk = document.createTreeWalker(document.querySelector('.prose'), NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const at = node.data.indexOf(words);
      if (at < 0 || node.parentElement.closest('aside')) continue;
      node.parentElement.scrollIntoView({ block: 'center' });
      getSelection().setBaseAndExtent(node, at, node, at + words.length);
      return;
    }
    throw new Error(`no “${words}”`);
  }, words);
}

/** Presses a button of the panel. */
export async function tool(page, name) {
  const button = page.locator('dossier-preview .bar').getByRole('button', { name, exact: true });
  // An error of the page opens the panel by itself, perhaps just now.
  for (let tries = 0; tries < 5; tries += 1) {
    if (!(await button.isVisible())) await page.locator('dossier-preview .pill').click();
    const isPressed = await button.click({ timeout: 3000 }).then(() => true, () => false);
    if (isPressed) return;
  }
  assert.fail(`no button “${name}” in the panel`);
}

export const save = async (page) => {
  const own = await dialog(page).elementHandle();
  await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
  // Where another page is opened, the form is gone with this one.
  await own.waitForElementState('hidden').catch((error) => {
    if (error.name === 'TimeoutError') throw error;
  });
};

/** Names an entity in a list of a form; a new one is made if `create` says its kind. */
export async function name(page, key, title, create = null) {
  await field(page, key).locator(':scope > div > button').last().click();
  const input = field(page, key).locator('[role=combobox]').last();
  await input.pressSequentially(title);
  const options = field(page, key).locator('[role=option]');
  await options.filter({ hasText: title }).first().waitFor();
  const known = options.filter({ hasText: title }).and(page.locator(':not(.new)'));
  if ((await known.count()) > 0) return known.first().click();
  await options.and(page.locator('.new')).first().click();
  await create();
}

export async function violations(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } }),
  );
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.flat().join(' ')}`)).filter((line) => line.includes('dossier-desk'));
}
