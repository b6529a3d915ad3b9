// Recordings on a page: they play, start where the address says, and break no policy, with and without scripts.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import axe from 'axe-core';

import { NARROW, WIDE, watched, withPage } from './support/browser.js';
import { dossier } from './support/preview.js';
import { serve } from './support/server.js';
import { program, project } from './support/site.js';
import { none, once, suite } from './support/suite.js';

const CLAIM = `---
title: A missile hit the house
date: 2023-10-13
status: reported
sources:
  - {source: clip, locator: "00:00:03"}
---
`;

/** A dossier with a video, a sound and a document, served under the policy that it asks for. */
const site = once(async () => {
  const media = (name) => readFile(join(project, 'tests', 'media', name));
  const captions = 'WEBVTT\n\n00:00.000 --> 00:02.000\nThe missile fell there.\n';
  const folder = await dossier({
    'dossier.toml': 'title = "T"\nlanguages = ["en", "ar"]\nbase_url = "https://example.org/"\nhost_files = true\n',
    'content/article.md': '---\ntitle: A\n---\n\n![[clip.mp4]]\n\n![[call.mp3|The call]]\n\n![[letter.pdf]]\n\n[[strike]]\n',
    'content/claims/strike.md': CLAIM,
    'content/sources/clip.md': '---\ntitle: The film\nfile: clip.mp4\n---\n',
    'content/sources/clip.mp4': await media('clip.mp4'),
    'content/sources/clip.jpg': await media('clip.jpg'),
    'content/sources/clip.vtt': captions,
    'content/sources/call.mp3': await media('call.mp3'),
    'content/sources/letter.pdf': await media('letter.pdf'),
  });
  await promisify(execFile)(program, ['--root', folder, 'build', '--keep-going']).catch(({ stderr }) => {
    if (!/ files written, /.test(stderr)) throw new Error(stderr);
  });
  return serve(join(folder, 'public'));
});

/** Waits until a player knows how long its recording is. */
const loaded = (player) =>
  player.evaluate(
    (node) =>
      new Promise((resolve, reject) => {
        const done = () => resolve({ duration: node.duration, paused: node.paused });
        if (node.readyState > 0) done();
        node.addEventListener('loadedmetadata', done);
        node.addEventListener('error', () => reject(new Error(node.error?.message ?? 'it cannot be played')));
      }),
  );

suite('recordings', {}, () => {
  test('players know how long they are, and none plays by itself', async () => {
    const { url } = await site();
    await withPage({}, async (page) => {
      const complaints = await watched(page, url);
      await page.goto(url);
      const video = await loaded(page.locator('video'));
      assert.deepEqual(video, { duration: 6, paused: true });
      assert.ok((await loaded(page.locator('audio'))).duration > 1.5);
      await page.locator('video').evaluate((node) => (node.textTracks[0].mode = 'showing'));
      await page.waitForFunction(() => document.querySelector('video').textTracks[0].cues?.length === 1);
      none(complaints, 'complaints');
    });
  });

  test('a source starts at the time of the citation that leads to it', async () => {
    const { url } = await site();
    await withPage({}, async (page) => {
      await page.goto(`${url}claims/strike.html`);
      await page.locator('a.ref-source[href*="#t="]').first().click();
      await page.waitForFunction(() => document.querySelector('video')?.currentTime === 3);
      await page.goto(`${url}sources/clip.html`);
      await page.locator('.places a.locator').click();
      await page.waitForFunction(() => document.querySelector('video').currentTime === 3);
      assert.match(page.url(), /clip\.html#t=3$/);
    });
  });

  test('without scripts, the address leads to the line that opens the file there', async () => {
    const { url } = await site();
    await withPage({ javaScriptEnabled: false }, async (page) => {
      await page.goto(`${url}sources/clip.html#t=3`);
      const line = page.locator('li:target a.locator');
      assert.equal(await line.getAttribute('href'), '../sources/clip.mp4#t=3');
      assert.equal(await page.locator('video[controls]').count(), 1);
    });
  });

  test('axe finds nothing', async () => {
    const { url } = await site();
    await withPage({ reducedMotion: 'reduce' }, async (page) => {
      const faults = [];
      for (const path of ['', 'sources/clip.html', 'claims/strike.html', 'ar/', 'ar/sources/clip.html']) {
        await page.goto(url + path);
        await page.evaluate(axe.source);
        for (const colorScheme of ['light', 'dark']) {
          await page.emulateMedia({ colorScheme });
          for (const viewport of [NARROW, WIDE]) {
            await page.setViewportSize(viewport);
            const { violations } = await page.evaluate(() =>
              window.axe.run('main', { resultTypes: ['violations'] }),
            );
            faults.push(
              ...violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${path} ${id}: ${target}`)),
            );
            const width = await page.evaluate(() => document.documentElement.scrollWidth);
            if (width > viewport.width) faults.push(`${path} is ${width} wide at ${viewport.width}`);
          }
        }
      }
      none(faults, 'faults');
    });
  });
});
