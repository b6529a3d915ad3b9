// The program at a terminal: `script` of util-linux gives it one, so it behaves as with a person there.

import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { program } from './site.js';
import { closing, scratch } from './suite.js';

/** Starts `dossier` without a command in an empty folder, and a home folder of its own: both, and the page's address. */
export async function startPage() {
  const [here, home] = [await scratch(), await scratch()];
  // No browser but that of the test is opened.
  await mkdir(join(home, 'bin'));
  const server = spawn('/usr/bin/script', ['--quiet', '--flush', '--return', '--command', program, '/dev/null'], {
    cwd: here,
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { HOME: home, PATH: join(home, 'bin'), SHELL: '/bin/sh', TERM: 'dumb' },
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  closing(async () => {
    // As Ctrl-C at the terminal.
    server.stdin.write('\x03');
    await ended;
  });
  const url = await new Promise((resolve, reject) => {
    let said = '';
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`\`dossier\` ended without an address: ${said}`)));
    server.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
      const found = /http:\/\/\S+/.exec(said)?.[0];
      if (found) resolve(found);
    });
  });
  return { url, here, home };
}
