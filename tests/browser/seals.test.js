// The page of data says when a signed copy was made, which only its signature knows.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { withPage } from './support/browser.js';
import { dossier } from './support/preview.js';
import { serve } from './support/server.js';
import { program } from './support/site.js';
import { scratch, suite } from './support/suite.js';

const FILES = {
  'dossier.toml':
    'title = "Crates"\nlanguages = ["en", "id"]\nbase_url = "https://example.org/"\nhost_files = true\n[publish.disk]\nservice = "folder"\npath = "www"\n',
  'content/notes/a.md': '---\ntitle: A note\n---\nWords.\n',
};

suite('seals', {}, () => {
  test('the day of the signature is read from the signature', async () => {
    const folder = await dossier(FILES);
    const key = join(await scratch(), 'secret.key');
    const run = (...args) => promisify(execFile)(program, ['--root', folder, ...args]);
    const made = await run('key', '--no-password', key);
    await appendFile(join(folder, 'dossier.toml'), made.stdout);
    await run('publish', '--sign', key);
    const { url } = await serve(join(folder, 'www'));
    const year = String(new Date().getUTCFullYear());
    for (const [path, words] of [
      ['evidence/data.html', 'The signature is dated'],
      ['id/evidence/data.html', 'Tanda tangan itu bertanggal'],
    ]) {
      await withPage({}, async (page) => {
        await page.goto(url + path);
        const said = page.locator('.signed', { hasText: words });
        await said.waitFor();
        assert.match(await said.innerText(), new RegExp(`${year}.*\\(UTC\\)\\.$`));
      });
    }
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${url}evidence/data.html`);
      assert.equal(await page.locator('.signed').innerText(), '');
      assert.equal(await page.locator('a[href$="SHA256SUMS.minisig"]').count(), 1);
    });
  });
});
