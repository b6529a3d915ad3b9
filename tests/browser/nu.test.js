// Every page, drawing and style sheet, read by the Nu HTML checker (what validator.w3.org runs), in one JVM: of the
// shipped dossier, of the one that `dossier init` makes, and of odd/, where titles and texts are as strange as can be.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { test } from 'node:test';
import { promisify } from 'node:util';

import { build, files, program, unhosted } from './support/site.js';
import { none, once, scratch, suite } from './support/suite.js';

const run = promisify(execFile);
const JAR = join(dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
const ODD = fileURLToPath(new URL('odd', import.meta.url));

/** What CSS (Generated Content for Paged Media among it) and SVG 2 have, and the checker's CSS parser does not know. */
const UNKNOWN = /^CSS: (“(reading-flow|paint-order|container-type|vector-effect|string-set)”: Property .* doesn't exist|“content”: “string\(chapter\)” is not|Unrecognized at-rule “@container”)/;

/** The folders of the sites that are checked, and of some files with faults. */
const sites = once(async () => {
  const folder = await scratch();
  await run(program, ['--quiet', 'init', join(folder, 'new')]);
  await cp(ODD, join(folder, 'odd'), { recursive: true });
  const made = async (name) => {
    await run(program, ['--quiet', '--root', join(folder, name), 'build', '--output', join(folder, name, 'site')]);
    return join(folder, name, 'site');
  };
  await mkdir(join(folder, 'wrong'));
  await writeFile(join(folder, 'wrong/index.html'), '<!doctype html><html lang=en><title>T</title><p><div></p>');
  await writeFile(join(folder, 'wrong/style.css'), 'p { colour: red }');
  await writeFile(join(folder, 'wrong/icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"><p/></svg>');
  return {
    shipped: await build(unhosted),
    new: await made('new'),
    odd: await made('odd'),
    wrong: join(folder, 'wrong'),
  };
});

/** What the checker says of each site, by the site's name: `{ count, said }`. */
const checked = once(async () => {
  const held = [];
  for (const [name, folder] of Object.entries(await sites())) {
    const paths = (await files(folder)).filter((path) => /\.(html|svg|css)$/.test(path));
    held.push({ name, folder, paths: paths.map((path) => join(folder, path)) });
  }
  const options = ['--format', 'json', '--stdout', '--exit-zero-always', '--also-check-css', '--also-check-svg'];
  const { stdout } = await run(
    'java',
    ['-Xss4m', '-jar', JAR, ...options, ...held.flatMap(({ paths }) => paths)],
    { maxBuffer: 1 << 28 },
  );
  const { messages } = JSON.parse(stdout);
  const results = held.map(({ name, folder, paths }) => {
    const base = `${pathToFileURL(folder).href}/`;
    const own = messages.filter(({ url }) => url?.startsWith(base) || url?.startsWith(`file:${folder}/`));
    const said = own.filter(({ message }) => !UNKNOWN.test(message)).map((message) => shown(message, folder));
    return [name, { count: paths.length, said, own: own.length }];
  });
  // Whatever is said of no file of ours is said of the checker itself.
  const owned = results.reduce((sum, [, { own }]) => sum + own, 0);
  assert.equal(owned, messages.length, JSON.stringify(messages[0]));
  return Object.fromEntries(results);
});

function shown({ url, lastLine, type, subType, message, extract = '' }, folder) {
  const path = decodeURIComponent(url).split(`${folder}/`).pop();
  return `${path}:${lastLine ?? '?'}: ${subType ?? type}: ${message}\n      ${extract.replace(/\s+/g, ' ').trim()}`;
}

suite('the Nu HTML checker', {}, () => {
  test('it finds what is wrong', async () => {
    const { said } = (await checked()).wrong;
    for (const file of ['index.html', 'style.css', 'icon.svg'])
      assert.ok(said.some((line) => line.startsWith(`${file}:`)), `nothing in ${file}: ${said.join('\n')}`);
  });

  test('no error and no warning in the shipped dossier', async () => {
    const { count, said } = (await checked()).shipped;
    assert.ok(count > 250, `only ${count} files`);
    none(said);
  });

  test('none in a new dossier', async () => none((await checked()).new.said));

  test('none in a dossier where everything is strange', async () => {
    // The words of the interface are English where there are none of a language.
    const { said } = (await checked()).odd;
    none(said.filter((line) => !line.includes('appears to be written in English')));
  });
});
