// A small dossier in a folder of its own, and the program's preview of it.

import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

import { program } from './site.js';
import { closing, scratch } from './suite.js';

/** Writes files into a folder, the folders between made. */
export async function write(folder, files) {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
}

/** A dossier of these files. */
export async function dossier(files) {
  const folder = await scratch();
  await write(folder, files);
  return folder;
}

/** Starts the preview of a folder: its `url`, the `desk`'s, the lines that it prints, and how to end it. */
export async function preview(folder, port = 0, environment = {}) {
  const server = spawn(program, ['--root', folder, 'serve', '--port', String(port)], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, VISUAL: '', EDITOR: '', ...environment },
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const stop = async () => {
    if (server.exitCode === null && server.kill('SIGINT')) await ended;
  };
  closing(stop);
  const lines = [];
  const [url, desk] = await new Promise((resolve, reject) => {
    const found = [];
    server.once('error', reject);
    server.once('exit', () =>
      reject(new Error(`\`dossier serve\` ended without an address: ${lines.join('\n')}`)),
    );
    createInterface({ input: server.stderr }).on('line', (line) => {
      lines.push(line);
      const address = /http:\/\/\S+/.exec(line)?.[0];
      if (address) found.push(address);
      if (found.length === 2) resolve(found);
    });
  });
  return { url, desk, lines, stop };
}
