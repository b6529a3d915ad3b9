// What the test files share: one browser, the built sites and the servers, let go when the last file is done.

import assert from 'node:assert/strict';
import { after, describe } from 'node:test';
import { rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let files = 0;
const closers = [];

/**
 * A file's tests. Each file opens one suite; whether it runs alone or with the others (all.js), what was opened for
 * the tests is closed after the last of them.
 */
export function suite(name, options, body) {
  files += 1;
  describe(name, options, async () => {
    after(async () => {
      files -= 1;
      if (files > 0) return;
      for (const close of closers.reverse()) await close();
    });
    await body();
  });
}

/** Has `close` called when all tests are done, the last opened first. */
export function closing(close) {
  closers.push(close);
}

/** The same promise for the same arguments: what is costly to make is made once. */
export function once(make) {
  const made = new Map();
  return (...args) => {
    const key = JSON.stringify(args);
    if (!made.has(key)) made.set(key, make(...args));
    return made.get(key);
  };
}

/** A folder that is gone after the tests. */
export async function scratch() {
  const folder = await mkdtemp(join(tmpdir(), 'dossier-browser-'));
  closing(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Fails with the list of faults, if there are any. */
export function none(faults, what = 'faults') {
  if (faults.length === 0) return;
  const lines = faults.map((fault) => `  ${typeof fault === 'string' ? fault : JSON.stringify(fault)}`);
  assert.fail([`${what}: ${faults.length}`, ...lines].join('\n'));
}
