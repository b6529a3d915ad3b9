// @ts-check
// The author's desk: forms, texts, marks and findings, edited on the page itself. It is loaded when editing begins,
// and nothing of it is in what a build makes. What it does is done by the preview: see `ide::change`.

import { Form } from './desk-form.js';
import { bring, canBring, choose, triage } from './desk-bring.js';
import { base64, fromClipboard } from './desk-import.js';
import { changes, finding, findings, publish } from './desk-lists.js';
import { element, worded } from './desk-node.js';
import { reason, speak } from './desk-words.js';

/** The blocks of a text that can be edited by themselves. */
const BLOCKS = 'p, h1, h2, h3, h4, h5, h6, pre, table, li, blockquote';

/** What the program adds to a text. */
const BESIDE = 'aside, .noted, .noterefs';

/** The kinds that words of an article can become, the most usual first. */
const MARKED = ['claim', 'note', 'actor', 'place', 'event', 'source'];

/** How long it is shown what was done, in milliseconds. */
const SHOWN = 12_000;

/** Where the words are that the next page still shows; the panel looks there. */
const SAID = 'dossier-said';

/** How long the desk waits for another key before it asks what a form would do, in milliseconds. */
const PAUSE = 250;

export class Desk {
  /** @param {{headers: Record<string, string>, page: () => string}} given */
  constructor({ headers, page }) {
    this.headers = headers;
    this.page = page;
    this.lang = document.documentElement.lang || 'en';
    this.say = speak(this.lang);
    /** @type {any} */
    this.known = null;
    this.host = document.createElement('dossier-desk');
    this.host.lang = this.lang.startsWith('id') ? 'id' : 'en';
    const root = this.host.attachShadow({ mode: 'open' });
    root.append(element('link', { rel: 'stylesheet', href: '/_dossier/desk.css' }));
    this.status = element('p', { className: 'status', role: 'status' });
    this.bar = element('div', { className: 'marks', role: 'toolbar', hidden: true });
    this.bar.setAttribute('aria-label', this.say('selected'));
    root.append(this.status, this.bar);
    this.root = root;
    document.documentElement.append(this.host);
    const said = JSON.parse(sessionStorage.getItem(SAID) ?? 'null');
    if (said?.until > Date.now()) this.announce(said.words, said.canUndo);
  }

  // ---- the preview ----

  /** @param {string} what @param {Record<string, string>} given */
  get(what, given = {}) {
    const query = new URLSearchParams({ lang: this.lang, ...given }).toString().replaceAll('+', '%20');
    return this.ask(`${what}?${query}`, { headers: this.headers });
  }

  /** @param {string} what @param {any} change */
  post(what, change = null) {
    const headers = { ...this.headers, 'content-type': 'application/json' };
    return this.ask(what, { method: 'POST', headers, body: change && JSON.stringify(change) });
  }

  /** @param {string} what @param {RequestInit} options */
  async ask(what, options) {
    const response = await fetch(`/_dossier/desk/${what}`, options).catch(() => null);
    if (!response) throw new Error(this.say('lost'));
    if (!response.ok) throw new Error(reason(this.lang, await response.text()));
    return response.json();
  }

  /** The kinds with their fields, the countries and the languages. */
  async kinds() {
    this.known ??= await this.get('kinds');
    return this.known;
  }

  /** What keys are called: `date, by`. @param {string} keys */
  labels(keys) {
    /** @type {(shape: any) => any[]} */
    const inner = (shape) => shape.fields ?? [shape.of ?? []].flat().flatMap(inner);
    /** @type {(fields: any[]) => any[]} */
    const all = (fields) => fields.flatMap((field) => [field, ...all(inner(field.shape))]);
    const fields = all(this.known?.kinds.flatMap((/** @type {any} */ kind) => kind.fields) ?? []);
    const label = (/** @type {string} */ key) => {
      const known = fields.find((/** @type {any} */ field) => field.name === key)?.label;
      return known && known !== key ? known : this.say(`key-${key}`);
    };
    return keys.split(', ').map(label).join(', ');
  }

  /** Carries a change out, and says so. @param {any} change */
  async make(change) {
    const made = await this.post('make', change);
    await this.kinds();
    if (made.files.length === 0) this.announce(this.say('no-change'));
    else this.announce(this.said(made), true);
    document.dispatchEvent(new CustomEvent('dossier:made'));
    return made;
  }

  /** What a change did, in words. @param {any} made */
  said(made) {
    const isFact = ['set', 'add', 'remove', 'move'].includes(made.do);
    return this.say(`did-${made.do}`, { of: made.of, key: isFact && made.key ? this.labels(made.key) : (made.key ?? '') });
  }

  /** Says what happened, also on the next page if that comes at once. @param {string} words @param {boolean} canUndo */
  announce(words, canUndo = false) {
    const undo = element('button', { type: 'button', onclick: () => this.back('undo') }, this.say('undo'));
    this.status.replaceChildren(...worded(words), ...(canUndo ? [' ', undo] : []));
    sessionStorage.setItem(SAID, JSON.stringify({ words, canUndo, until: Date.now() + SHOWN }));
    clearTimeout(this.fading);
    this.fading = setTimeout(() => this.status.replaceChildren(), SHOWN);
  }

  /** One after the other, however fast the keys are. @param {'undo' | 'redo'} what @returns {Promise<void>} */
  back(what) {
    this.going = (this.going ?? Promise.resolve()).then(async () => {
      const why = await this.goBack(what);
      if (why) this.announce(this.say('cannot', { why: `${why}. ${this.say('see-changes')}` }));
    });
    return this.going;
  }

  /** Returns why it cannot be done. @param {'undo' | 'redo'} what @returns {Promise<string>} */
  async goBack(what) {
    // A page that goes away with the change is not loaded again before it is known where it went.
    busy(1);
    try {
      await this.kinds();
      const past = await this.post(what);
      const words = past ? this.say(what === 'undo' ? 'undone' : 'redone', { what: this.said(past) }) : this.say('nothing');
      this.announce(words);
      if (past?.address !== undefined) return leave(`/${past.address}`), '';
    } catch (error) {
      busy(-1);
      return error.message;
    }
    busy(-1);
    return '';
  }

  // ---- dialogs ----

  /** Opens a dialog; the focus returns to where it was. @param {string} title @param {Node[]} nodes */
  dialog(title, ...nodes) {
    // One may be open above another.
    const id = `title-${this.root.querySelectorAll('dialog').length}`;
    const heading = element('h2', { id }, title);
    // As Escape does, so that a handler that holds back the one holds back the other.
    const leave = () => dialog.dispatchEvent(new Event('cancel', { cancelable: true })) && dialog.close();
    const close = element('button', { type: 'button', className: 'close', onclick: leave }, this.say('close'));
    const dialog = /** @type {HTMLDialogElement} */ (
      element('dialog', {}, element('header', {}, heading, close), ...nodes)
    );
    dialog.setAttribute('aria-labelledby', id);
    const before = /** @type {HTMLElement | null} */ (this.root.activeElement ?? document.activeElement);
    busy(1);
    dialog.addEventListener('close', () => {
      dialog.remove();
      busy(-1);
      if (before?.isConnected) before.focus();
    });
    // What is typed is not for the page's own shortcuts. A browser closes a dialog at the second Escape, whatever we say.
    dialog.addEventListener('keydown', (event) => {
      event.stopPropagation();
      if (event.key !== 'Escape') return;
      event.preventDefault();
      leave();
    });
    this.root.append(dialog);
    dialog.showModal();
    // The first field, not the button that ends it.
    /** @type {HTMLElement | null} */ (dialog.querySelector('input, select, textarea') ?? dialog.querySelector('li button'))?.focus();
    return dialog;
  }

  /** The facts of the page that is open, or of an entity. @param {string | null} id */
  async facts(id = null) {
    let entity;
    try {
      entity = await this.get('form', id ? { id } : { page: this.page() });
    } catch {
      return this.announce(this.say('no-facts'));
    }
    const { kinds, languages } = await this.kinds();
    const kind = kinds.find((/** @type {any} */ kind) => kind.name === entity.kind);
    const original = entity.files[0];
    const own = entity.files.find((/** @type {any} */ file) => file.lang === this.lang) ?? original;
    const unread = [original, own].find((file) => !file.values);
    if (unread) return this.findings(unread.path);
    // A translation holds words only; the facts are in the original, for all languages.
    const isWords = (/** @type {any} */ field) => ['title', 'summary', 'aliases'].includes(field.name);
    const missing = languages.filter((/** @type {string} */ lang) => entity.files.every((/** @type {any} */ file) => file.lang !== lang));
    // Where this language is missing, the words of another are not for changing.
    const isForeign = missing.includes(this.lang);
    const facts = kind.fields.filter((/** @type {any} */ field) => !isForeign || !isWords(field));
    const parts =
      own === original
        ? [{ file: original, fields: facts }]
        : [
            { file: own, fields: kind.fields.filter(isWords) },
            { file: original, fields: kind.fields.filter((/** @type {any} */ field) => !isWords(field)) },
          ];
    const forms = parts.map(({ file, fields }) => ({ file, form: new Form({ desk: this, fields, values: file.values, others: parts.length > 1 }) }));
    const body = this.body(own.text);
    const form = {
      node: element('div', {}, isForeign ? element('p', {}, this.say('not-translated')) : '', ...forms.map(({ form }) => form.node), isForeign ? '' : body.node),
      show: (/** @type {any[]} */ found) => forms.reduce((rest, { file, form }) => form.show(rest, [file.path]), found),
    };
    const changes = () => [
      ...body.changes({ file: own.path, start: own.text_start }),
      ...forms.flatMap(({ file, form }) => form.changes().map((change) => ({ ...change, file: file.path }))),
    ];
    const tools = element(
      'p',
      { className: 'tools' },
      ...missing.map((/** @type {string} */ lang) =>
        element('button', { type: 'button', onclick: () => dialog.leave(() => this.translate(entity, kind, lang)) }, this.say('translate', { lang: this.language(lang) })),
      ),
      element('button', { type: 'button', onclick: () => dialog.leave(() => this.rename(entity)) }, this.say('rename')),
      element('button', { type: 'button', onclick: () => dialog.leave(() => this.remove(entity)) }, this.say('delete')),
    );
    // The number of a row means nothing once somebody else has changed the file.
    const seen = Object.fromEntries(entity.files.map((/** @type {any} */ file) => [file.path, file.seen]));
    const dialog = this.asking(`${kind.label}: ${entity.title}`, form, changes, [tools], () => {}, seen);
  }

  /** What a language is called. @param {string} tag @returns {string} */
  language(tag) {
    return new Intl.DisplayNames([this.lang], { type: 'language' }).of(tag) ?? tag;
  }

  /** An entity in another language, written below its original. @param {any} entity @param {any} kind @param {string} lang */
  translate(entity, kind, lang) {
    const [original] = entity.files;
    const isWords = (/** @type {any} */ field) => ['title', 'summary'].includes(field.name) && original.values[field.name] !== undefined;
    const facts = new Form({ desk: this, fields: kind.fields.filter(isWords), values: {} });
    const body = this.body('', lang);
    const { title, summary } = original.values;
    const words = [title, summary, original.text.trim()].filter((words) => typeof words === 'string' && words);
    const quoted = element('blockquote', { className: 'original', lang: original.lang, dir: 'auto', tabIndex: 0 }, ...words.map((words) => element('p', {}, words)));
    quoted.setAttribute('aria-label', this.say('original'));
    const form = {
      node: element('div', {}, quoted, facts.node, body.node),
      show: (/** @type {any[]} */ found, /** @type {string[]} */ files) => facts.show(found, files),
      isTouched: () => body.value() !== '' || Object.keys(facts.values()).length > 0,
      needs: 'needs-title',
    };
    const changes = () => {
      const { title: called, ...rest } = facts.values();
      return called ? [{ do: 'new', kind: kind.name, title: called, id: entity.id, lang, facts: rest, text: body.value(), mark: null }] : [];
    };
    const go = async () => this.go(await this.get('form', { id: entity.id, lang }));
    this.asking(`${this.language(lang)}: ${entity.title}`, form, changes, [], go);
  }

  /** The facts in a file. @param {string} path */
  factsOf(path) {
    this.facts(path.split('/').at(-1)?.split('.')[0] ?? '');
  }

  /** The text below the facts. @param {string} text @param {string} lang */
  body(text, lang = this.lang) {
    const trimmed = text.replace(/^\s+/, '');
    const skipped = new TextEncoder().encode(text.slice(0, text.length - trimmed.length)).length;
    const was = trimmed.trimEnd();
    const area = /** @type {HTMLTextAreaElement} */ (element('textarea', { value: was, rows: Math.min(14, 4 + Math.ceil(was.length / 80)) }));
    area.dir = 'auto';
    area.lang = lang;
    area.addEventListener('paste', (event) => this.pasted(event, area));
    const label = element('label', {}, element('span', { className: 'label' }, this.say('text')), area);
    const node = was.length > 3000 ? element('details', {}, element('summary', {}, this.say('text')), label) : label;
    const changes = (/** @type {{file: string, start: number}} */ { file, start }) =>
      area.value.trimEnd() === was ? [] : [{ do: 'text', file, start: start + skipped, was, text: area.value.trimEnd() }];
    return { node, changes, value: () => area.value.trim() };
  }

  /**
   * A form that says what it would do before it does it.
   * @param {string} title
   * @param {{node: Node, show: (found: any[], files: string[]) => any[], isTouched?: () => boolean, needs?: string}} form
   * @param {() => any[]} changes
   * @param {Node[]} more @param {(made: any) => void} then @param {Record<string, string> | null} seen
   */
  asking(title, form, changes, more = [], then = () => {}, seen = null) {
    const found = element('div', { className: 'found', role: 'status' });
    const unsaved = element('div', { className: 'unsaved', role: 'alert' });
    const save = /** @type {HTMLButtonElement} */ (element('button', { type: 'submit', className: 'main' }, this.say('save')));
    const change = () => {
      const all = changes();
      if (seen) return { do: 'several', changes: all, seen };
      return all.length === 1 ? all[0] : { do: 'several', changes: all };
    };
    const body = /** @type {HTMLFormElement} */ (element('form', { noValidate: true }, form.node, found, ...more, element('footer', {}, unsaved, save)));
    const dialog = this.dialog(title, body);
    const isTouched = form.isTouched ?? (() => changes().length > 0);
    let asked = 0;
    const ask = async () => {
      const number = ++asked;
      if (changes().length === 0) return form.show([], []), found.replaceChildren();
      try {
        const outcome = await this.post('try', change());
        if (number !== asked) return;
        const rest = form.show(outcome.findings.list, outcome.files);
        found.replaceChildren(...rest.map((one) => finding(this, one, false)));
      } catch (error) {
        if (number === asked) found.replaceChildren(element('p', { className: 'error' }, ...worded(error.message)));
      }
    };
    let timer = 0;
    body.addEventListener('input', () => {
      unsaved.replaceChildren();
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    body.addEventListener('change', ask);
    /** Closes it without another question. */
    const end = () => {
      isEnded = true;
      dialog.close();
    };
    let isEnded = false;
    const send = async () => {
      if (save.disabled) return;
      if (changes().length === 0) {
        if (!form.needs) return end();
        return unsaved.replaceChildren(element('p', { className: 'error' }, this.say(form.needs)));
      }
      save.disabled = true;
      try {
        const made = await this.make(change());
        end();
        then(made);
      } catch (error) {
        unsaved.replaceChildren();
        found.replaceChildren(element('p', { className: 'error', role: 'alert' }, ...worded(error.message)));
        found.scrollIntoView({ block: 'nearest' });
      }
      save.disabled = false;
    };
    body.addEventListener('submit', (event) => (event.preventDefault(), send()));
    dialog.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) body.requestSubmit();
    });
    /** @type {HTMLElement | null} */
    let before = null;
    /** Closes it and goes on; what was typed is not lost without a question. @param {() => void} next */
    const leave = (next = () => {}) => {
      if (!isTouched()) return end(), next();
      const button = (/** @type {string} */ name, /** @type {() => any} */ work) => element('button', { type: 'button', onclick: work }, this.say(name));
      if (!unsaved.hasChildNodes()) before = /** @type {HTMLElement | null} */ (this.root.activeElement);
      const stay = button('keep-writing', () => (unsaved.replaceChildren(), before?.focus()));
      const lose = button('throw-away', () => (end(), next()));
      unsaved.replaceChildren(element('p', {}, this.say('unsaved')), element('p', { className: 'tools' }, stay, lose));
      stay.focus();
    };
    dialog.addEventListener('cancel', (event) => {
      if (!isTouched()) return;
      event.preventDefault();
      leave();
    });
    // A browser may close it all the same.
    dialog.addEventListener('close', (event) => {
      if (isEnded || !isTouched()) return;
      event.stopImmediatePropagation();
      dialog.showModal();
      leave();
    }, { capture: true });
    const hold = (/** @type {Event} */ event) => !isEnded && isTouched() && event.preventDefault();
    addEventListener('beforeunload', hold);
    dialog.addEventListener('close', () => removeEventListener('beforeunload', hold));
    return Object.assign(dialog, { leave });
  }

  /**
   * A new entity; with a mark, one about these words.
   * @param {string} name @param {any} mark @param {string} title @param {(made: any) => void} then @param {any} given
   */
  async create(name, mark = null, title = '', then = () => {}, given = {}) {
    const { kinds } = await this.kinds();
    const why = mark && (await this.whyNot(name, mark));
    if (why) return this.announce(why);
    const kind = kinds.find((/** @type {any} */ kind) => kind.name === name);
    const fields = kind.fields.filter((/** @type {any} */ field) => !['formerly', 'targets', 'withdrawn', 'corrections', 'history', 'updated'].includes(field.name));
    const facts = new Form({ desk: this, fields, values: { title, ...given } });
    const body = this.body('');
    const quoted = mark ? element('blockquote', {}, mark.exact) : '';
    const held = () => JSON.stringify([facts.values(), body.value()]);
    const before = held();
    const form = {
      node: element('div', {}, quoted, facts.node, body.node),
      show: (/** @type {any[]} */ found, /** @type {string[]} */ files) => facts.show(found, files),
      isTouched: () => held() !== before,
      needs: 'needs-title',
    };
    const changes = () => {
      const { title: called, ...rest } = facts.values();
      return called ? [{ do: 'new', kind: name, title: called, id: null, lang: null, facts: rest, text: body.value(), mark }] : [];
    };
    this.asking(this.say('new-kind', { kind: kind.label }), form, changes, [], then);
  }

  /** Why words cannot be marked, before a form is filled in for them: they are not there, or several times. @param {string} kind @param {any} mark */
  async whyNot(kind, mark) {
    // The id is not the one that it will have, which may be taken.
    const change = { do: 'new', kind, title: '–', id: 'marked-words', lang: null, facts: {}, text: '', mark };
    try {
      await this.post('try', change);
      return '';
    } catch (error) {
      return this.say('not-marked', { why: error.message.split(';')[0] });
    }
  }

  /** Asks which kind, then for its facts. */
  async add() {
    const { kinds } = await this.kinds();
    const list = kinds.map((/** @type {any} */ kind) =>
      element(
        'li',
        {},
        element('button', { type: 'button', onclick: () => (dialog.close(), this.create(kind.name, null, '', (made) => this.go(made))) }, kind.label),
        element('small', {}, kind.about),
      ),
    );
    const dialog = this.dialog(this.say('new'), element('ul', { className: 'choices' }, ...list));
  }

  /** @param {any} made */
  go(made) {
    if (made.address !== undefined) leave(`/${made.address}`);
  }

  /** @param {any} entity */
  rename(entity) {
    const input = /** @type {HTMLInputElement} */ (element('input', { value: entity.id, required: true, spellcheck: false, autocapitalize: 'off' }));
    const label = element('label', {}, this.say('new-id'), input);
    const form = { node: label, show: () => [] };
    const changes = () => (input.value && input.value !== entity.id ? [{ do: 'rename', id: entity.id, to: input.value }] : []);
    this.asking(this.say('rename'), form, changes, [], (made) => this.go(made));
  }

  /** @param {any} entity */
  remove(entity) {
    const words = element('p', {}, this.say('delete-sure', { of: entity.title, n: String(entity.referrers) }));
    const sure = element('button', { type: 'button', className: 'main' }, this.say('delete'));
    const dialog = this.dialog(this.say('delete'), words, element('footer', {}, sure));
    sure.onclick = async () => {
      try {
        await this.make({ do: 'delete', id: entity.id });
        dialog.close();
        leave('./');
      } catch (error) {
        words.replaceChildren(...worded(error.message));
      }
    };
  }

  // ---- texts ----

  /** The block of the text that a node is in, with its number. @param {Node} node */
  block(node) {
    const from = node instanceof Element ? node : node.parentElement;
    const prose = from?.closest('.prose');
    const block = from?.closest(BLOCKS);
    if (!prose || !block || !prose.contains(block) || block.closest(BESIDE)) return null;
    const blocks = [...prose.querySelectorAll(BLOCKS)].filter((other) => !other.closest(BESIDE));
    return { page: this.page(), block: blocks.indexOf(block), words: plain(block).slice(0, 400) };
  }

  /** Lets the keyboard go from block to block; Enter edits, Escape ends. */
  texts() {
    const blocks = [...document.querySelectorAll('.prose')].flatMap((prose) => [...prose.querySelectorAll(BLOCKS)]);
    const own = /** @type {HTMLElement[]} */ (blocks.filter((block) => !block.closest(BESIDE)));
    if (own.length === 0) return this.announce(this.say('no-text'));
    const end = () => {
      for (const block of own) block.removeAttribute('tabindex');
      document.removeEventListener('keydown', key, true);
      this.status.replaceChildren();
    };
    const key = (/** @type {KeyboardEvent} */ event) => {
      const at = own.indexOf(/** @type {HTMLElement} */ (event.target));
      if (event.key === 'Escape') end();
      else if (event.key === 'Enter' && at >= 0) {
        event.preventDefault();
        end();
        this.text(own[at]);
      }
    };
    for (const block of own) block.tabIndex = 0;
    document.addEventListener('keydown', key, true);
    this.announce(this.say('edit-text'));
    own[0].focus();
  }

  /** Edits the Markdown of a block. @param {Node} node */
  async text(node) {
    const at = this.block(node);
    if (!at) return;
    let block;
    try {
      block = await this.get('block', { at: JSON.stringify(at) });
    } catch {
      return this.announce(this.say('no-text'));
    }
    const entity = await this.get('form', { page: at.page }).catch(() => null);
    const { kinds, languages } = await this.kinds();
    const lang = entity?.files.find((/** @type {any} */ file) => file.path === block.file)?.lang ?? this.lang;
    // A page that is not translated shows the words of another language.
    if (lang !== this.lang && languages.includes(this.lang)) {
      return this.translate(entity, kinds.find((/** @type {any} */ kind) => kind.name === entity.kind), this.lang);
    }
    const area = /** @type {HTMLTextAreaElement} */ (
      element('textarea', { value: block.text, rows: Math.min(16, Math.max(4, Math.ceil(block.text.length / 70))), spellcheck: true })
    );
    area.lang = this.lang;
    area.dir = 'auto';
    area.setAttribute('aria-label', this.say('text'));
    area.addEventListener('paste', (event) => this.pasted(event, area));
    const tools = [
      ['B', 'bold', '**', '**'],
      ['I', 'italic', '*', '*'],
      ['[ ]', 'link', '[', ']()'],
      ['“ ”', 'quotation', '> ', ''],
    ].map(([sign, name, before, after]) => {
      const button = element('button', { type: 'button', title: this.say(name), onclick: () => wrap(area, before, after) }, sign);
      button.setAttribute('aria-label', this.say(name));
      return button;
    });
    const names = element('ul', { className: 'names below', id: 'names', role: 'listbox', hidden: true });
    names.setAttribute('aria-label', this.say('link-to'));
    area.setAttribute('aria-controls', 'names');
    area.setAttribute('aria-autocomplete', 'list');
    area.addEventListener('input', () => (grow(area), this.completeLink(area, names)));
    area.addEventListener('keydown', (event) => moveIn(names, event, area));
    const form = { node: element('div', {}, element('div', { className: 'toolbar', role: 'toolbar' }, ...tools), area, names), show: (/** @type {any[]} */ list) => list };
    const changes = () => (area.value === block.text ? [] : [{ do: 'text', file: block.file, start: block.start, was: block.text, text: area.value }]);
    this.asking(this.say('text'), form, changes);
    area.focus();
    grow(area);
  }

  /** After `[[`, the entities whose name begins so. @param {HTMLTextAreaElement} area @param {HTMLElement} list */
  async completeLink(area, list) {
    const before = area.value.slice(0, area.selectionStart);
    const typed = /\[\[([^\]\n|]*)$/.exec(before)?.[1];
    const number = (this.completed = (this.completed ?? 0) + 1);
    list.hidden = typed === undefined;
    if (typed === undefined) return;
    const found = await this.get('names', { q: typed });
    if (number !== this.completed) return;
    const chosen = list.querySelector('[aria-selected="true"]')?.textContent;
    const choose = (/** @type {any} */ named) => {
      const start = before.length - typed.length;
      area.setRangeText(`${named.id}|${named.title}]]`, start, area.selectionStart, 'end');
      list.hidden = true;
      area.focus();
      area.dispatchEvent(new Event('input', { bubbles: true }));
    };
    list.replaceChildren(
      ...found.map((/** @type {any} */ named, /** @type {number} */ at) => {
        const node = element('li', { role: 'option', id: `name-${at}` }, named.title, ' ', element('small', {}, named.kind));
        node.choose = () => choose(named);
        node.onmousedown = (/** @type {Event} */ event) => (event.preventDefault(), choose(named));
        // Who is quicker than the answer stays where they are.
        if (node.textContent === chosen) node.ariaSelected = 'true';
        return node;
      }),
    );
    list.hidden = found.length === 0;
  }

  /** What comes from a word processor becomes Markdown. @param {ClipboardEvent} event @param {HTMLTextAreaElement} area */
  pasted(event, area) {
    const html = event.clipboardData?.getData('text/html');
    if (!html) return;
    event.preventDefault();
    const before = area.value.slice(0, area.selectionStart);
    const text = fromClipboard(html);
    // Several paragraphs stand by themselves.
    const apart = text.includes('\n\n') && before.trim() && !before.endsWith('\n\n') ? '\n\n' : '';
    area.setRangeText(apart + text, area.selectionStart, area.selectionEnd, 'end');
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }

  // ---- pictures ----

  /** Files that were dropped on a page: what the program reads becomes pages, what else there is goes into the text. @param {File[]} files @param {Node} node */
  async dropped(files, node) {
    const [file] = files;
    if (!canBring(file)) return this.attach(file, node);
    bring(this, files, this.block(node) ? () => this.attach(file, node) : null);
  }

  /** Puts a picture, or a link to another file, into a text. @param {File} file @param {Node} node */
  async attach(file, node) {
    const at = this.block(node);
    const block = at && (await this.get('block', { at: JSON.stringify(at) }).catch(() => null));
    if (!block) return this.announce(this.say('no-text'));
    const isPicture = file.type.startsWith('image/');
    const name = file.name.normalize('NFC').replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '');
    const alt = /** @type {HTMLInputElement} */ (element('input', { required: true }));
    const form = {
      node: element('div', {}, element('p', {}, name), element('label', {}, this.say(isPicture ? 'key-alt' : 'link-words'), alt)),
      show: (/** @type {any[]} */ found) => found,
      needs: 'needs-words',
    };
    const bytes = await base64(file);
    const path = `${block.file.replace(/[^/]*$/, '')}${name}`;
    const words = () => alt.value.trim().replace(/([\[\]])/g, '\\$1');
    const text = () => `${block.text}\n\n${isPicture ? '!' : ''}[${words()}](${name})`;
    const changes = () =>
      words() ? [{ do: 'file', path, base64: bytes }, { do: 'text', file: block.file, start: block.start, was: block.text, text: text() }] : [];
    this.asking(this.say('add-file'), form, changes);
  }

  // ---- words of an article ----

  /** Offers what selected words can become. */
  selected() {
    const selection = getSelection();
    const range = selection && !selection.isCollapsed && selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
    const exact = range ? plain(range.cloneContents()) : '';
    const at = range && exact ? this.block(range.startContainer) : null;
    // It is shown when its buttons are those of these words: until then they are of the words that were selected before.
    this.bar.hidden = true;
    const number = (this.offered = (this.offered ?? 0) + 1);
    if (!range || !at) return;
    const block = /** @type {Element} */ (
      (range.startContainer instanceof Element ? range.startContainer : range.startContainer.parentElement)?.closest(BLOCKS)
    );
    const mark = { lang: this.lang, ...wholeWords({ exact, ...around(block, range) }) };
    const box = range.getBoundingClientRect();
    this.offer(mark, at).then((buttons) => {
      if (number !== this.offered) return;
      this.bar.replaceChildren(...buttons);
      this.bar.hidden = false;
      const style = /** @type {HTMLElement} */ (this.bar).style;
      style.left = `${Math.max(8, Math.min(box.left, innerWidth - this.bar.offsetWidth - 8))}px`;
      style.top = `${Math.max(8, box.top + scrollY - this.bar.offsetHeight - 8)}px`;
    });
  }

  /** A button for each thing that words can become. @param {any} mark @param {any} at @returns {Promise<HTMLElement[]>} */
  async offer(mark, at) {
    const { kinds } = await this.kinds();
    const entity = await this.get('form', { page: at.page }).catch(() => null);
    const file = entity?.files.find((/** @type {any} */ file) => file.lang === this.lang) ?? entity?.files[0];
    mark.lang = file?.lang ?? mark.lang;
    const isArticle = entity?.kind === 'article';
    const button = (/** @type {string} */ label, /** @type {() => void} */ work) =>
      element('button', { type: 'button', onclick: () => ((this.bar.hidden = true), work()) }, label);
    const buttons = MARKED.map((name) => {
      const kind = kinds.find((/** @type {any} */ kind) => kind.name === name);
      return button(kind.label, () => this.create(name, isArticle ? { ...mark, article: entity.id } : null, mark.exact.slice(0, 120)));
    });
    buttons.push(button(this.say('link-to'), () => this.link(file.path, mark)));
    if (isArticle) buttons.push(button(this.say('mark-for'), () => this.annotate({ ...mark, article: entity.id })));
    return buttons;
  }

  /** Makes the words a link. @param {string} file @param {any} mark */
  link(file, { exact, prefix, suffix }) {
    this.pick(this.say('link-to'), (named) => this.make({ do: 'link', file, exact, prefix, suffix, to: named.id }));
  }

  /** Marks the words for an entity that is there. @param {any} mark */
  annotate(mark) {
    this.pick(this.say('mark-for'), (named) => this.make({ do: 'annotate', about: named.id, mark }));
  }

  /** Asks for an entity. @param {string} title @param {(named: any) => Promise<any>} then */
  pick(title, then) {
    const input = /** @type {HTMLInputElement} */ (element('input', { type: 'search' }));
    input.setAttribute('aria-label', title);
    const list = element('ul', { className: 'choices' });
    const error = element('p', { className: 'error', role: 'alert' });
    const look = async () => {
      const found = await this.get('names', { q: input.value });
      list.replaceChildren(
        ...found.map((/** @type {any} */ named) =>
          element(
            'li',
            {},
            element(
              'button',
              {
                type: 'button',
                onclick: () =>
                  then(named).then(
                    () => dialog.close(),
                    (why) => (error.textContent = why.message),
                  ),
              },
              named.title,
            ),
            element('small', {}, named.alias ? `${named.kind} · ${named.alias}` : named.kind),
          ),
        ),
      );
    };
    input.addEventListener('input', look);
    const dialog = this.dialog(title, input, list, error);
    look();
    return dialog;
  }

  /** Marks words that are typed, for those who cannot select them. */
  async typed() {
    const entity = await this.get('form', { page: this.page() }).catch(() => null);
    if (entity?.kind !== 'article') return this.announce(this.say('no-article'));
    const { kinds } = await this.kinds();
    const input = /** @type {HTMLInputElement} */ (element('input', {}));
    const label = element('label', {}, this.say('words'), input);
    const error = element('p', { className: 'error', role: 'alert' });
    const buttons = MARKED.map((name) => {
      const kind = kinds.find((/** @type {any} */ kind) => kind.name === name);
      const work = async () => {
        const exact = input.value.trim();
        if (!exact) return input.focus();
        const mark = { lang: this.lang, exact, article: entity.id };
        const why = await this.whyNot(name, mark);
        error.replaceChildren(...worded(why));
        if (why) return input.focus();
        dialog.close();
        this.create(name, mark, exact.slice(0, 120));
      };
      return element('button', { type: 'button', onclick: work }, kind.label);
    });
    const dialog = this.dialog(this.say('mark'), label, error, element('p', { className: 'tools' }, ...buttons));
  }

  // ---- findings and changes ----

  /** Every finding, with its fixes as buttons. @param {string | null} file */
  findings(file = null) {
    return findings(this, file);
  }

  /** Files of other programs become pages. */
  bring() {
    return choose(this);
  }

  /** The names and figures of the article that is open become pages. */
  triage() {
    return triage(this);
  }

  /** Publishes to a target of the settings, after showing what would be done. */
  publish() {
    return publish(this);
  }

  /** What was changed, to undo it or do it again. */
  changes() {
    return changes(this);
  }

  /** Makes a change, and says if it cannot be made. @param {any} change */
  async settle(change) {
    try {
      await this.make(change);
    } catch (error) {
      this.announce(error.message);
    }
  }
}

/** A page with an open form is not loaded again. @param {number} detail */
const busy = (detail) => document.dispatchEvent(new CustomEvent('dossier:busy', { detail }));

/** Goes to another page. @param {string} address */
function leave(address) {
  document.dispatchEvent(new CustomEvent('dossier:leave'));
  location.assign(new URL(address, location.href));
}

/** The text of a node without what is beside it. @param {Node} node */
function plain(node) {
  const copy = /** @type {Element | DocumentFragment} */ (node.cloneNode(true));
  for (const beside of copy.querySelectorAll(`${BESIDE}, .noteref, [hidden], script, style`)) beside.remove();
  return (copy.textContent ?? '').trim().replace(/\s+/g, ' ');
}

/** The words of a block before and after a range in it. @param {Element} block @param {Range} range */
function around(block, range) {
  const [before, after] = [document.createRange(), document.createRange()];
  before.setStart(block, 0);
  before.setEnd(range.startContainer, range.startOffset);
  after.setStart(range.endContainer, range.endOffset);
  after.setEndAfter(block.lastChild ?? block);
  const [prefix, suffix] = [before, after].map((range) => {
    const words = /** @type {any} */ (range.cloneContents());
    const holder = document.createElement('div');
    holder.append(words);
    for (const beside of holder.querySelectorAll(`${BESIDE}, .noteref`)) beside.remove();
    return (holder.textContent ?? '').replace(/\s+/g, ' ');
  });
  return { prefix: prefix.slice(-40), suffix: suffix.slice(0, 40) };
}

/** Letters of scripts that write words apart. */
const WORD = String.raw`(?:(?![\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}])[\p{L}\p{M}\p{N}])`;
const [WORD_AT_END, WORD_AT_START] = [new RegExp(`${WORD}+$`, 'u'), new RegExp(`^${WORD}+`, 'u')];

/** The words of which a selection has a part. @param {{exact: string, prefix: string, suffix: string}} mark */
function wholeWords({ exact, prefix, suffix }) {
  const head = (WORD_AT_START.test(exact) && WORD_AT_END.exec(prefix)?.[0]) || '';
  const tail = (WORD_AT_END.test(exact) && WORD_AT_START.exec(suffix)?.[0]) || '';
  return { exact: head + exact + tail, prefix: prefix.slice(0, prefix.length - head.length), suffix: suffix.slice(tail.length) };
}

/** Makes room for what is written. @param {HTMLTextAreaElement} area */
function grow(area) {
  const lines = area.value.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 72)), 0);
  area.rows = Math.min(24, Math.max(area.rows, lines + 1));
}

/** Goes through a list of names by its keys. @param {HTMLElement} list @param {KeyboardEvent} event @param {HTMLElement} input */
function moveIn(list, event, input) {
  if (list.hidden || list.children.length === 0) return;
  const options = /** @type {any[]} */ ([...list.children]);
  const at = options.findIndex((option) => option.ariaSelected === 'true');
  const go = (/** @type {number} */ to) => {
    options.forEach((option, number) => (option.ariaSelected = String(number === to)));
    input.setAttribute('aria-activedescendant', options[to].id);
    options[to].scrollIntoView({ block: 'nearest' });
  };
  if (event.key === 'ArrowDown') go((at + 1) % options.length);
  else if (event.key === 'ArrowUp') go((at - 1 + options.length) % options.length);
  else if (event.key === 'Escape') list.hidden = true;
  else if ((event.key === 'Enter' || event.key === 'Tab') && at >= 0) options[at].choose();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Puts marks round what is selected. @param {HTMLTextAreaElement} area @param {string} before @param {string} after */
function wrap(area, before, after) {
  const chosen = area.value.slice(area.selectionStart, area.selectionEnd);
  area.setRangeText(before + chosen + after, area.selectionStart, area.selectionEnd, 'end');
  area.focus();
  area.dispatchEvent(new Event('input', { bubbles: true }));
}
