// Published attacks on pages, from a package of the registry, and a dossier whose every text is one of them.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { project } from './site.js';

const LIST = `
import json
from brs_kb.payloads import get_all_payloads
print(json.dumps(sorted({entry.payload for entry in get_all_payloads().values()})))
`;

/** How many attacks a page has in each of its fields: one for each kind of file. */
const KINDS = ['articles', 'claims', 'actors', 'routes', 'places', 'events', 'sources', 'notes', 'pages'];

/** What an attack is: short enough for a title, and of characters that a text may have. */
const isUsable = (text) => text.length < 400 && /^[\t\n\r\x20-\ufffd]*$/.test(text) && text.trim();

/** The attacks: all, or `count` of them from everywhere in the list. */
export async function vectors(count = Infinity) {
  const python = process.env.PYTHON ?? join(project, 'target/data-venv/bin/python');
  const { stdout } = await promisify(execFile)(python, ['-c', LIST], { maxBuffer: 1 << 26 });
  const all = JSON.parse(stdout).filter(isUsable);
  const step = Math.max(1, Math.floor(all.length / count));
  const chosen = all.filter((_, at) => at % step === 0).slice(0, Math.min(count, all.length));
  // Whole groups: each attack goes through the fields of every kind.
  return chosen.slice(0, chosen.length - (chosen.length % KINDS.length));
}

const line = (text) => text.replace(/\s+/g, ' ').trim();
const bare = (text) => line(text).replace(/[<>\\]/g, '');

/** An attack in every construct of Markdown that takes a text or an address. */
const markdown = (text, at) => `
[an address](<${bare(text)}>) [another](${bare(text).replace(/[ ()]/g, '')}) [${line(text)}](https://example.org/) [by name][a${at}]

![${line(text)}](pixel.png "${line(text).replaceAll('"', '\\"')}") ![an address](<${bare(text)}>) ![[pixel.png|${line(text)}]]

[[${line(text)}]] and ![[${line(text)}]] and [[a|${line(text)}]] and <${line(text)}>

~~~~~~~~~~ ${line(text).replaceAll('~', '')}
${text}
~~~~~~~~~~

\`\`\`\`\` ${line(text)} \`\`\`\`\` and **${line(text)}** and a note[^n${at}]

| ${line(text).replaceAll('|', '\\|')} | b |
| --- | --- |
| c | ${line(text).replaceAll('|', '\\|')} |

> ${line(text)}

- [ ] ${line(text)}

## ${line(text)}

## Heading {#${bare(text).replace(/[\s{}]/g, '')}}

Term
: ${line(text)}

[^n${at}]: ${line(text)}

[a${at}]: <${bare(text)}> "${line(text).replaceAll('"', '')}"
`;

/** The keys of a kind that take a text. */
const keys = (kind, text) =>
  ({
    articles: `byline: ${text}\npublished: 2023-01-01`,
    claims: `by: a
sources: [{source: s, locator: ${text}}]
date: 2023-01-01
status: disputed
quantities: [{value: 1, unit: ${text}, of: ${text}}]
history: [{date: 2023-01-01, status: reported, why: ${text}}]
review: {rating: 1, best: 5, worst: 1, label: ${text}, date: 2023-01-02, by: a, url: "https://example.org/"}`,
    actors: `role: ${text}\ncalled: ${text}\npart_of: [{actor: a, role: ${text}}]`,
    routes: `legs: [{from: p, to: q, mode: sea, departed: 2023-01-01, carrier: ${text}, cargo: ${text}}]`,
    places: `type: ${text}\ncoordinates: [10, 20]`,
    events: `date: 2023-01-01\nplaces: [p]`,
    sources: `authors: [${text}]\npublished: 2023-01-01\nurl: "https://example.org/"`,
    notes: `about: [a]`,
    pages: '',
  })[kind];

const small = (title, more = '') => `---\ntitle: ${title}\n${more}---\n`;

// One dot.
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

// A tenth of a second of silence: 800 samples of 8 bits.
const SILENCE = Buffer.concat([
  Buffer.from('RIFF$\x03\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0@\x1f\0\0@\x1f\0\0\x01\0\b\0data\x20\x03\0\0', 'latin1'),
  Buffer.alloc(800, 128),
]);

const SCRIPT = '<script>alert(1)</script><img src="https://host.invalid/a.png" onerror="alert(1)">';

/** Ways to run or to load something that lists of attacks lack, most of them without a script. */
const WAYS_OUT = [
  '<base href="https://host.invalid/">',
  '<meta http-equiv="refresh" content="0; url=https://host.invalid/">',
  '<meta http-equiv="Link" content="<https://host.invalid/a.css>; rel=stylesheet">',
  '<link rel="stylesheet" href="https://host.invalid/a.css"><link rel="preconnect" href="https://host.invalid/">',
  '<img srcset="https://host.invalid/a.png 1x" src="pixel.png" alt="a">',
  '<img src="pixel.png" alt="a" lowsrc="https://host.invalid/a.png" dynsrc="https://host.invalid/a.png">',
  '<picture><source srcset="//host.invalid/a.png"><img src="pixel.png" alt="a"></picture>',
  '<a href="https://example.org/" ping="https://host.invalid/" attributionsrc="https://host.invalid/">a</a>',
  '<video poster="https://host.invalid/a.png" src="//host.invalid/a.mp4" autoplay><track default src="//host.invalid/a.vtt"></video>',
  '<audio src="https://host.invalid/a.mp3" autoplay preload="auto"></audio>',
  '<input type="image" src="https://host.invalid/a.png"><body background="https://host.invalid/a.png">',
  '<table background="https://host.invalid/a.png"><tr><td background="//host.invalid/a.png">a</td></tr></table>',
  '<math><mi href="javascript:alert(1)" xlink:href="javascript:alert(1)">a</mi><maction actiontype="statusline#https://host.invalid/">b</maction></math>',
  '<svg><a xlink:href="javascript:alert(1)"><text>a</text></a><use xlink:href="https://host.invalid/a.svg#a"/></svg>',
  '<svg><image href="https://host.invalid/a.png"/><feImage xlink:href="https://host.invalid/a.png"/></svg>',
  '<svg><style>@import "https://host.invalid/a.css"; * { background: image-set("https://host.invalid/a.png" 1x) }</style></svg>',
  '<p style="background: image-set(url(https://host.invalid/a.png) 1x); cursor: url(//host.invalid/a.cur)">a</p>',
  '<style>@import url(//host.invalid/a.css); @font-face { font-family: a; src: url(//host.invalid/a.woff2) } * { font-family: a }</style>',
  '<blockquote cite="javascript:alert(1)">a</blockquote><q cite="https://host.invalid/">a</q><del cite="javascript:alert(1)">a</del>',
  '<form action="https://host.invalid/"><button formaction="javascript:alert(1)">a</button></form>',
  '<iframe srcdoc="&lt;script>alert(1)&lt;/script>"></iframe><object data="//host.invalid/a"></object><embed src="//host.invalid/a">',
  '<div id="dossier" onpointerover="alert(1)" popover is="x-a" slot="a" part="a" nonce="a">a</div>',
  '<template shadowrootmode="open"><script>alert(1)</script></template><noscript><img src="//host.invalid/a.png"></noscript>',
  `</script>${SCRIPT}`,
  `]]>${SCRIPT}`,
  `--></style></title></textarea>${SCRIPT}`,
];

/** The same in what is not HTML: each construct of Markdown, and of ours, that has words or a name of its own. */
const CONSTRUCTS = `
> [!note] A title ${SCRIPT}
> Words ==marked ${SCRIPT}== and ~~gone~~.

> [!"onx=alert(1)]- Folded
> Words.

> [!note|javascript:alert(1)] With a part
> Words.

## A heading {#"onx .a"onmouseover=alert(1) style="background:url(//host.invalid/a.png)"}

## Another {#x" onfocus="alert(1)" autofocus="}

A paragraph. ^"onx

![[clip.wav|A recording ${SCRIPT}]]

![[clip.wav#t=0,0.05"onerror="alert(1)]]

![A picture|100x"onerror=alert(1)](pixel.png){onerror=alert(1)}

[A link](https://example.org/){ping=https://host.invalid/ onclick=alert(1)}

$$\\href{javascript:alert(1)}{a} \\includegraphics{https://host.invalid/a.png} \\html{${SCRIPT}}$$

~~~"onx=alert(1)
code
~~~

- [javascript:alert(1)] a task
`;

/** The recording of the constructs, with captions, and what belongs to it. */
const RECORDING = {
  'content/notes/clip.wav': SILENCE,
  'content/notes/clip.en.vtt': `WEBVTT ${SCRIPT}

STYLE
::cue { background: url(https://host.invalid/a.png) }

00:00.000 --> 00:00.100
<v "onx=alert(1)">${SCRIPT}</v> <c.a"onx>b</c>
`,
  'content/notes/clip.txt': `${SCRIPT}\n`,
};

/**
 * A dossier in which every attack is in every text of a file of every kind, among eight others, and as the first
 * thing on a page: what comes first can be swallowed by nothing.
 */
export function hostileDossier(attacks, { html = 'sanitize', rules = [] } = {}) {
  const files = {
    'dossier.toml': `title = ${JSON.stringify(attacks.slice(0, 9).join(' '))}
description = ${JSON.stringify(attacks.slice(9, 18).join(' '))}
license = ${JSON.stringify(attacks[18])}
html = "${html}"
social_cards = ["claim"]
books = { formats = ["print", "epub"], most = 100000 }
[publisher]
name = ${JSON.stringify(attacks[19])}
[rules]
${rules.map((rule) => `${rule} = "off"`).join('\n')}
`,
    // What the test itself must see, where HTML is allowed.
    'content/notes/canary.md': `${small('Canary')}<img src="x" onerror="alert(1)"> <img src="https://host.invalid/a.png">\n`,
    'content/notes/pixel.png': PIXEL,
    'content/notes/ways-out.md': `${small('Ways out')}${WAYS_OUT.join('\n\n')}\n${CONSTRUCTS}`,
    ...Object.fromEntries(WAYS_OUT.map((way, at) => [`content/notes/way-${at}.md`, `${small(JSON.stringify(way), `summary: ${JSON.stringify(way)}\n`)}${way}\n`])),
    ...RECORDING,
    'content/actors/a.md': small('A', 'type: organization\n'),
    'content/sources/s.md': small('S'),
    'content/places/p.md': small('P', 'coordinates: [1, 1]\n'),
    'content/places/q.md': small('Q', 'coordinates: [2, 30]\n'),
  };
  for (let group = 0; group < attacks.length; group += KINDS.length) {
    KINDS.forEach((kind, at) => {
      const own = attacks.slice(group, group + KINDS.length);
      const turned = [...own.slice(at), ...own.slice(0, at)];
      const text = JSON.stringify(turned.join(' ¦ '));
      files[`content/${kind}/pixel.png`] = PIXEL;
      files[`content/${kind}/${kind}-${group}.md`] = `---
title: ${text}
summary: ${text}
aliases: [${text}]
image: {src: pixel.png, alt: ${text}, caption: ${text}, credit: ${text}}
corrections: [{date: 2023-02-01, text: ${text}}]
withdrawn: {date: 2023-02-02, why: ${text}}
formerly: [old-${kind}-${group}]
${keys(kind, text)}
---
${turned[0]}

Between <b title=${JSON.stringify(line(turned[0]).replaceAll('"', ''))}>two</b>.

${turned.map(markdown).join('\n')}
`;
    });
  }
  return files;
}
