// @ts-check
// What an author brings along as a whole: files of other programs, and an article whose names and figures become pages.

import { base64 } from './desk-import.js';
import { element, worded } from './desk-node.js';

/** Names of files that the program reads; others can only be linked. */
const READ = /\.(docx|odt|rtf|html?|md|markdown|txt|csv|tsv|tab|xlsx|ods|bib|ris|jsonl?|ndjson|ftm|kml|kmz|gpx|geojson)$/i;

const IS_TABLE = /\.(csv|tsv|tab|xlsx|ods)$/i;

/** What an import does with something, in the order in which it is shown. The first can be left out one by one. */
const DONE = ['new', 'changed', 'unwanted'];
const OTHER = ['named', 'same', 'yours', 'differs', 'deleted', 'gone'];
const REMARKS = ['doubtful', 'left-out', 'read'];

/** The most that can be brought at once, in bytes. */
const LARGEST = 60e6;

/** How many lines of one sort are shown at once. */
const MOST = 200;

/** Whether a file can become pages. @param {File} file */
export const canBring = (file) => READ.test(file.name);

/** Asks for files. @param {any} desk */
export function choose(desk) {
  const input = /** @type {HTMLInputElement} */ (element('input', { type: 'file', multiple: true }));
  const label = element('label', {}, desk.say('bring-which'), input);
  const dialog = desk.dialog(desk.say('bring'), element('p', {}, desk.say('bring-about')), label, element('p', {}));
  input.addEventListener('change', () => {
    const files = [...(input.files ?? [])];
    dialog.close();
    if (files.length > 0) bring(desk, files);
  });
}

/** Where something is in a file: `row 2, column B`. @param {any} desk @param {any} at */
function place(desk, { from, sheet, row, column, heading, line, item }) {
  const part = (/** @type {string} */ name, /** @type {any} */ value) => (value === undefined ? '' : desk.say(`at-${name}`, { of: value }));
  const named = heading ? `${column ?? ''} “${heading}”`.trim() : column;
  return [from, part('sheet', sheet), part('row', row), part('column', named), part('line', line), part('item', item)].filter(Boolean).join(' · ');
}

/** Shows what becomes of files, and does it. @param {any} desk @param {File[]} given @param {(() => void) | null} link */
export async function bring(desk, given, link = null) {
  const { kinds } = await desk.kinds();
  const label = (/** @type {string} */ name) => kinds.find((/** @type {any} */ kind) => kind.name === name)?.label ?? name;
  if (given.reduce((sum, file) => sum + file.size, 0) > LARGEST) return desk.announce(desk.say('too-large', { of: LARGEST / 1e6 }));
  const files = await Promise.all(given.map(async (file) => ({ name: file.name, base64: await base64(file) }))).catch(() => null);
  // What is dropped may be a folder.
  if (!files) return desk.announce(desk.say('no-file'));
  /** @type {{kinds: Record<string, string>, columns: any[], without: Set<string>}} */
  const said = { kinds: {}, columns: [], without: new Set() };
  const plan = element('div', { className: 'plan' });
  const error = element('p', { className: 'error', role: 'alert' });
  const counted = element('p', { role: 'status' });
  const save = /** @type {HTMLButtonElement} */ (element('button', { type: 'button', className: 'main', disabled: true }, desk.say('bring-now')));
  const only = link ? [element('button', { type: 'button', onclick: () => (dialog.close(), link()) }, desk.say('only-link')), ' '] : [];
  const dialog = desk.dialog(`${desk.say('bring')}: ${given.map((file) => file.name).join(', ')}`, counted, error, plan, element('footer', {}, ...only, save));
  const asked = (/** @type {boolean} */ write) => desk.post('import', { ...said, files, without: [...said.without], write });

  let number = 0;
  const look = async () => {
    const own = ++number;
    save.disabled = true;
    counted.textContent = desk.say('busy');
    try {
      const { lines, count } = await asked(false);
      if (own !== number) return;
      error.replaceChildren();
      draw(lines);
      counted.textContent = count ? desk.say('bring-count', { n: count }) : desk.say('bring-none');
      save.disabled = count === 0;
    } catch (why) {
      if (own !== number) return;
      counted.textContent = '';
      error.replaceChildren(...worded(why.message));
      draw([]);
    }
  };

  /** A choice among the kinds, for the rows of a table. @param {string} table */
  const kindOf = (table) => {
    const options = kinds.map((/** @type {any} */ kind) => element('option', { value: kind.name, selected: said.kinds[table] === kind.name }, kind.label));
    const select = element('select', {}, element('option', { value: '' }, desk.say('as-read')), ...options);
    select.onchange = () => {
      if (select.value) said.kinds[table] = select.value;
      else delete said.kinds[table];
      look();
    };
    return element('label', {}, desk.say('rows-are', { of: table }), select);
  };

  /** A choice among the keys of a kind, for a column that was not known. @param {string} kind @param {string} name */
  const keyOf = (kind, name) => {
    const { fields } = kinds.find((/** @type {any} */ one) => one.name === kind);
    const options = fields.map((/** @type {any} */ field) => element('option', { value: field.name }, field.label));
    const select = element('select', {}, element('option', { value: '' }, desk.say('column-out')), ...options);
    select.onchange = () => {
      said.columns = [...said.columns.filter((column) => column.name !== name), { kind, name, key: select.value }];
      look();
    };
    return element('label', {}, desk.say('column-is', { of: name }), select);
  };

  const entry = (/** @type {any} */ one) => {
    const about = element('small', {}, [label(one.kind), one.keys ? desk.labels(one.keys.join(', ')) : '', place(desk, one)].filter(Boolean).join(' · '));
    if (!DONE.includes(one.does)) return element('li', {}, one.title, about);
    const tick = /** @type {HTMLInputElement} */ (element('input', { type: 'checkbox', checked: one.does !== 'unwanted' }));
    tick.onchange = () => {
      if (tick.checked) said.without.delete(one.file);
      else said.without.add(one.file);
      look();
    };
    return element('li', { className: 'tick' }, element('label', {}, tick, element('span', {}, one.title, about)));
  };

  const list = (/** @type {any[]} */ all, /** @type {(one: any) => Node} */ line) => {
    const more = all.length > MOST ? [element('li', {}, desk.say('and-more', { n: all.length - MOST }))] : [];
    return element('ul', { className: 'choices' }, ...all.slice(0, MOST).map(line), ...more);
  };

  const draw = (/** @type {any[]} */ lines) => {
    const of = (/** @type {string[]} */ does) => lines.filter((line) => does.includes(line.does));
    const done = of(DONE).sort((a, b) => a.file.localeCompare(b.file));
    const folded = (/** @type {string} */ does, /** @type {(one: any) => Node} */ line) => {
      // A file that was read has no reason, as a remark has.
      const all = of([does]).filter((one) => does !== 'read' || one.why);
      if (all.length === 0) return '';
      const summary = element('summary', {}, `${desk.say(`does-${does}`)} (${all.length})`);
      return element('details', { open: does === 'doubtful' }, summary, list(all, line));
    };
    const kindAt = (/** @type {any} */ at) => done.find(({ from, sheet }) => sheet === at.sheet && (at.from === undefined || at.from === from))?.kind;
    const remark = (/** @type {any} */ one) => {
      const kind = one.does === 'left-out' && one.heading && one.row === undefined ? kindAt(one) : null;
      if (kind) return element('li', {}, keyOf(kind, one.heading));
      return element('li', {}, ...(one.what ? [`“${one.what}”: `] : []), ...worded(one.why), element('small', {}, place(desk, one)));
    };
    // A table is called by its sheet, or by its file.
    const sheets = new Set(of([...DONE, ...REMARKS]).map(({ sheet }) => sheet).filter(Boolean));
    const tables = sheets.size ? [...sheets] : given.filter(({ name }) => IS_TABLE.test(name)).map(({ name }) => name.split('.')[0]);
    const warned = of(['warn']).map(({ code, count }) => `${code} (${count})`);
    const before = /** @type {HTMLElement | null} */ (desk.root.activeElement);
    const at = before ? [...plan.querySelectorAll('input, select')].indexOf(before) : -1;
    plan.replaceChildren(
      ...tables.map(kindOf),
      ...(done.length ? [element('h3', {}, `${desk.say('does-new')} (${of(['new', 'changed']).length})`), list(done, entry)] : []),
      ...OTHER.map((does) => folded(does, entry)),
      ...REMARKS.map((does) => folded(does, remark)),
      ...(warned.length ? [element('p', { className: 'help' }, desk.say('will-warn', { of: warned.join(', ') }))] : []),
    );
    // Who goes through the ticks by keyboard stays where they are.
    /** @type {HTMLElement | undefined} */ ([...plan.querySelectorAll('input, select')][at])?.focus();
  };

  save.onclick = async () => {
    save.disabled = true;
    try {
      const { said: done } = await asked(true);
      dialog.close();
      desk.announce(desk.said(done), true);
      document.dispatchEvent(new CustomEvent('dossier:made'));
    } catch (why) {
      error.replaceChildren(...worded(why.message));
      save.disabled = false;
    }
  };
  await look();
}

/** Kinds that a name can become. */
const NAMED = ['actor', 'place', 'event'];

/** Goes through the names and figures of the article that is open. @param {any} desk */
export async function triage(desk) {
  const entity = await desk.get('form', { page: desk.page() }).catch(() => null);
  if (entity?.kind !== 'article') return desk.announce(desk.say('no-article'));
  const { kinds } = await desk.kinds();
  const label = (/** @type {string} */ name) => kinds.find((/** @type {any} */ kind) => kind.name === name)?.label ?? name;
  const all = await desk.get('candidates', { article: entity.id });
  if (all.length === 0) return desk.announce(desk.say('triage-none'));
  /** @type {any[]} */
  const answers = all.map((/** @type {any} */ one) => ({ text: one.text, is: 'no' }));
  const error = element('p', { className: 'error', role: 'alert' });
  const counted = element('p', { role: 'status' });
  const save = /** @type {HTMLButtonElement} */ (element('button', { type: 'button', className: 'main' }, desk.say('triage-now')));
  const shown = seen();

  const row = (/** @type {any} */ one, /** @type {number} */ number) => {
    const choices = one.kind === null ? ['claim'] : NAMED;
    const options = choices.map((name) => element('option', { value: name }, one.kind === name ? desk.say('maybe', { of: label(name) }) : label(name)));
    const same = all.flatMap((/** @type {any} */ other, /** @type {number} */ at) =>
      at < number && one.kind !== null && other.kind !== null ? [element('option', { value: `=${at}` }, other.text)] : [],
    );
    const select = element(
      'select',
      {},
      element('option', { value: 'no' }, desk.say('triage-no')),
      ...options,
      element('option', { value: 'known' }, desk.say('triage-known')),
      ...(same.length ? [element('optgroup', { label: desk.say('triage-same') }, ...same)] : []),
    );
    select.setAttribute('aria-label', one.text);
    const about = element('small', {});
    const decide = (/** @type {any} */ is, /** @type {string} */ words = '') => {
      answers[number] = { text: one.text, ...is };
      about.textContent = words;
      const count = answers.filter((answer) => answer.is !== 'no').length;
      counted.textContent = desk.say('triage-count', { n: count, of: all.length });
      save.disabled = count === 0;
    };
    select.onchange = () => {
      const { value } = select;
      if (value === 'known') {
        decide({ is: 'no' });
        const picking = desk.pick(desk.say('triage-known'), async (/** @type {any} */ named) => decide({ is: 'known', id: named.id }, named.title));
        picking.addEventListener('close', () => answers[number].is === 'no' && (select.value = 'no'));
      } else if (value.startsWith('=')) decide({ is: 'same', of: first(Number(value.slice(1))) });
      else decide(value === 'no' ? { is: 'no' } : { is: 'new', kind: value });
    };
    const words = [one.text, ...one.spellings].join(' · ');
    const name = element('button', { type: 'button', className: 'word', onclick: () => shown.show(one.text, one.context, true) }, words);
    const node = element('li', {}, name, select, about, element('small', {}, one.context));
    node.addEventListener('focusin', () => shown.show(one.text, one.context, false));
    return node;
  };
  // A spelling of a spelling is one of the first.
  const first = (/** @type {number} */ at) => (answers[at].is === 'same' ? answers[at].of : at);

  const dialog = desk.dialog(desk.say('triage'), element('p', {}, desk.say('triage-about')), counted, element('ol', { className: 'choices names-found' }, ...all.map(row)), error, element('footer', {}, save));
  dialog.classList.add('beside');
  dialog.addEventListener('close', () => shown.end());
  save.disabled = true;
  save.onclick = async () => {
    save.disabled = true;
    try {
      const { said, made, linked, unmarked } = await desk.post('triage', { article: entity.id, decisions: answers });
      dialog.close();
      const rest = unmarked.length ? ` ${desk.say('triage-unmarked', { of: unmarked.join(', ') })}` : '';
      desk.announce(`${desk.said({ ...said, key: String(made) })} ${desk.say('triage-linked', { n: linked })}${rest}`, true);
      document.dispatchEvent(new CustomEvent('dossier:made'));
    } catch (why) {
      error.replaceChildren(...worded(why.message));
      save.disabled = false;
    }
  };
  /** @type {HTMLElement | null} */ (dialog.querySelector('li select'))?.focus();
}

/** Shows words where they stand in the text. */
function seen() {
  const name = 'dossier-triage';
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`::highlight(${name}) { background-color: #ffe066; color: #1c1c1a; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  const highlights = 'highlights' in CSS ? /** @type {any} */ (CSS).highlights : null;
  /** The places of words, those in their sentence first. @param {string} words @param {string} context */
  const ranges = (words, context) => {
    const found = [];
    for (const prose of document.querySelectorAll('.prose')) {
      const walk = document.createTreeWalker(prose, NodeFilter.SHOW_TEXT);
      for (let node = /** @type {Text | null} */ (walk.nextNode()); node; node = /** @type {Text | null} */ (walk.nextNode())) {
        if (node.parentElement?.closest('aside, .noted')) continue;
        for (let at = node.data.indexOf(words); at >= 0; at = node.data.indexOf(words, at + words.length)) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + words.length);
          found.push(range);
        }
      }
    }
    const isThere = (/** @type {Range} */ range) => range.startContainer.parentElement?.textContent?.includes(context) ?? false;
    return found.sort((a, b) => Number(isThere(b)) - Number(isThere(a)));
  };
  return {
    /** @param {string} words @param {string} context @param {boolean} isAsked */
    show(words, context, isAsked) {
      const found = ranges(words, context);
      highlights?.set(name, new /** @type {any} */ (window).Highlight(...found));
      const node = found[0]?.startContainer.parentElement;
      node?.scrollIntoView({ block: 'center', behavior: isAsked && !matchMedia('(prefers-reduced-motion: reduce)').matches ? 'smooth' : 'auto' });
    },
    end() {
      highlights?.delete(name);
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
    },
  };
}
