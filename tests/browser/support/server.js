// A static host in a few lines: a folder below a path, its 404 page for what is not there, and a strict policy.

import { createServer } from 'node:http';
import { readFile, stat } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';

import { build } from './site.js';
import { closing, once } from './suite.js';

/** The policy that the site itself asks its hosts for, in `_headers`. */
async function policy(folder) {
  const asked = /^ {2}Content-Security-Policy: (.+)$/m.exec(await readFile(join(folder, '_headers'), 'utf8'));
  if (!asked?.[1].startsWith("default-src 'none'")) throw new Error('`_headers` has no strict policy');
  return asked[1];
}

const TYPES = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  woff2: 'font/woff2',
  xml: 'application/xml',
  txt: 'text/plain; charset=utf-8',
  mp4: 'video/mp4',
  mp3: 'audio/mpeg',
  pdf: 'application/pdf',
  vtt: 'text/vtt; charset=utf-8',
};

/**
 * Builds the site for a path of a local host (`/`, `/dossiers/najin/`) and serves it there. `url` is its address;
 * `strays` lists the requests that left the path.
 */
export const hosted = once(async (mount) => {
  const host = await listening(mount);
  host.folder = await build(host.url);
  host.policy = await policy(host.folder);
  return host;
});

/** Serves a folder that a site was built into, as `hosted` does. */
export async function serve(folder) {
  const host = await listening('/');
  host.folder = folder;
  host.policy = await policy(folder);
  return host;
}

/** A server that has no folder yet. */
async function listening(mount) {
  const host = { url: '', folder: '', policy: '', strays: [] };
  const server = createServer((request, response) => {
    answer(host, mount, request.url)
      .catch((error) => ({ status: 500, type: TYPES.txt, body: String(error) }))
      .then((answered) => part(answered, request.headers.range))
      .then(({ status, type, body, location, range }) => {
        const headers = {
          'accept-ranges': 'bytes',
          ...(range && { 'content-range': range }),
          'content-type': type,
          'content-security-policy': host.policy,
          'x-content-type-options': 'nosniff',
          'cache-control': type === TYPES.html ? 'no-cache' : 'max-age=3600',
        };
        response.writeHead(status, location ? { ...headers, location } : headers).end(body);
      });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  host.url = `http://127.0.0.1:${server.address().port}${mount}`;
  return host;
}

/** The part of a file that a player asks for to start in its middle. */
function part(answer, asked) {
  const [, from, to] = /^bytes=(\d+)-(\d*)$/.exec(asked ?? '') ?? [];
  if (answer.status !== 200 || !from) return answer;
  const size = answer.body.length;
  const end = Math.min(to ? Number(to) : size - 1, size - 1);
  const range = `bytes ${from}-${end}/${size}`;
  return { ...answer, status: 206, range, body: answer.body.subarray(Number(from), end + 1) };
}

async function answer(host, mount, address) {
  const path = decodeURIComponent(new URL(address, 'http://host').pathname);
  if (!path.startsWith(mount)) {
    host.strays.push(path);
    return { status: 404, type: TYPES.txt, body: 'another site' };
  }
  let file = join(host.folder, normalize(path.slice(mount.length)));
  if (!`${file}${sep}`.startsWith(host.folder + sep))
    return { status: 400, type: TYPES.txt, body: 'outside' };
  if (path.endsWith('/')) file = join(file, 'index.html');
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory()) return { status: 301, type: TYPES.txt, body: '', location: `${path}/` };
  if (!found) return { status: 404, type: TYPES.html, body: await readFile(join(host.folder, '404.html')) };
  return {
    status: 200,
    type: TYPES[file.split('.').pop()] ?? 'application/octet-stream',
    body: await readFile(file),
  };
}
