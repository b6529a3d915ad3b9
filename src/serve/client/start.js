// @ts-check
// The start page: a new dossier, or one that is there. Either way the browser goes on to its preview.

import { base64, fromClipboard } from './desk-import.js';
import { element, markInvalid } from './desk-node.js';
import { speak } from './desk-words.js';
import { WORDS } from './start-words.js';

const headers = { 'x-dossier': '1' };

/** How long the page waits for another key before it asks for a folder's name, in milliseconds. */
const PAUSE = 200;

/** The largest file that is sent, in bytes: the program reads no longer texts. */
const LARGEST = 16 << 20;

/** The longest first line that is taken as a title, in characters. */
const LONGEST_TITLE = 150;

const lang = navigator.language.toLowerCase().startsWith('id') ? 'id' : 'en';
const say = speak(lang, WORDS);
document.documentElement.lang = lang;

// ---- the program ----

/** @param {string} what @param {any} body */
async function ask(what, body = null) {
  const options = body ? { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) } : { headers };
  const response = await fetch(`/_dossier/start/${what}`, options).catch(() => null);
  if (!response) throw new Refused({ why: say('lost') });
  if (response.ok) return response.json();
  if (response.headers.get('content-type') === 'application/json') throw new Refused(await response.json());
  throw new Refused({ why: response.status === 403 ? say('key') : await response.text() });
}

/** What the program refused, and which field has to change. */
class Refused extends Error {
  /** @param {{field?: string, problem?: string, of?: string, why: string}} given */
  constructor({ field, problem, of, why }) {
    super(problem && WORDS[problem] ? say(problem, { of, why }) : why);
    this.field = field;
  }
}

// ---- fields ----

let count = 0;

/** A labelled field with its explanation and what is wrong with it. @param {string} label @param {any} input @param {string} about */
function field(label, input, about = '') {
  const id = `field-${++count}`;
  const explanation = element('small', { id: `${id}-about` }, about);
  const error = element('p', { id: `${id}-error`, className: 'error' });
  input.id = id;
  const described = [about ? explanation.id : '', error.id].filter(Boolean).join(' ');
  input.setAttribute('aria-describedby', described);
  const node = element('div', { className: 'field' }, element('label', { htmlFor: id }, label), about ? explanation : '', input, error);
  const complain = (/** @type {string} */ words) => {
    error.textContent = words;
    markInvalid(input, words !== '');
  };
  return { node, input, complain };
}

/** A choice of one or several. @param {string} type @param {string} name @param {string} value @param {string} label @param {string} about */
function choice(type, name, value, label, about = '') {
  const input = element('input', { type, name, value });
  const words = element('span', {}, label, about ? element('small', {}, about) : '');
  return { input, node: element('label', { className: 'choice' }, input, words) };
}

/** The name of a language in itself. @param {string} tag */
const named = (tag) => new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag;

// ---- a new dossier ----

/** @param {string[]} languages @param {string[]} examples */
function creation(languages, examples) {
  const starts = ['article', 'empty', ...examples].map((name) => choice('radio', 'start', name, say(name), say(`${name}-about`)));
  starts[0].input.checked = true;
  const start = () => starts.find(({ input }) => input.checked)?.input.value;
  const isExample = () => examples.includes(start());

  const text = field(say('text'), element('textarea', { rows: 8, spellcheck: true, dir: 'auto' }), say('text-about'));
  const chosen = field(say('file'), element('input', { type: 'file', accept: '.md,.markdown,.html,.htm,.txt,text/markdown,text/html,text/plain' }), say('file-about'));
  const taken = element('p', { role: 'status' });
  const title = field(say('title'), element('input', { dir: 'auto', autocomplete: 'off' }), say('title-about'));
  const options = languages.map((tag) => element('option', { value: tag, lang: tag }, named(tag)));
  const language = field(say('language'), element('select', {}, ...options));
  const more = languages.map((tag) => choice('checkbox', 'more', tag, named(tag)));
  const translations = element(
    'details',
    {},
    element('summary', {}, say('translations')),
    element('fieldset', {}, element('legend', {}, element('small', {}, say('translations-about'))), element('div', { className: 'languages' }, ...more.map(({ node }) => node))),
  );
  const folder = field(say('folder'), element('input', { spellcheck: false, autocapitalize: 'off', autocomplete: 'off' }), say('folder-about'));
  folder.input.required = true;
  const fields = { article: text, title, languages: language, folder };

  const wished = navigator.languages.map((tag) => languages.find((own) => own.toLowerCase() === tag.toLowerCase() || own === tag.split('-')[0]));
  language.input.value = wished.find(Boolean) ?? 'en';

  /** @type {File | null} */
  let file = null;
  const take = (/** @type {File | null} */ given) => {
    file = given && given.size <= LARGEST ? given : null;
    chosen.complain(given && !file ? say('too-large', { of: given.name }) : '');
    const away = element('button', { type: 'button', onclick: () => (take(null), (chosen.input.value = ''), chosen.input.focus()) }, say('file-away'));
    taken.replaceChildren(...(file ? [say('file-taken', { of: file.name }), ' ', away] : []));
    text.node.hidden = file !== null;
    fields.article = file ? chosen : text;
    name();
  };
  chosen.input.addEventListener('change', () => take(chosen.input.files[0] ?? null));

  // What the person wrote is kept; until then the page writes what it can know.
  let isTitled = false;
  let isPlaced = false;
  const suggest = async () => {
    const words = isExample() ? start() : title.input.value || (file?.name.replace(/\.\w+$/, '') ?? '');
    const query = new URLSearchParams({ title: words }).toString().replaceAll('+', '%20');
    const found = await ask(`folder?${query}`).catch(() => null);
    if (!isPlaced && found) folder.input.value = found;
  };
  let timer = 0;
  const name = () => {
    if (!isTitled) title.input.value = start() === 'article' && !file ? titleOf(text.input.value) : '';
    clearTimeout(timer);
    timer = setTimeout(suggest, PAUSE);
  };
  title.input.addEventListener('input', () => {
    isTitled = title.input.value !== '';
    name();
  });
  folder.input.addEventListener('input', () => (isPlaced = folder.input.value !== ''));
  text.input.addEventListener('input', name);
  text.input.addEventListener('paste', (/** @type {ClipboardEvent} */ event) => pasted(event, text.input));

  const show = () => {
    const isArticle = start() === 'article';
    for (const { node } of [text, chosen]) node.hidden = !isArticle;
    text.node.hidden ||= file !== null;
    taken.hidden = !isArticle;
    for (const node of [title.node, language.node, translations]) node.hidden = isExample();
    const about = title.node.querySelector('small');
    if (about) about.hidden = !isArticle;
    title.input.required = start() === 'empty';
    name();
  };
  for (const { input } of starts) input.addEventListener('change', show);

  const status = element('p', { className: 'status', role: 'status' });
  const button = element('button', { type: 'submit', className: 'main' }, say('create'));
  const form = element(
    'form',
    { noValidate: true },
    element('fieldset', {}, element('legend', {}, say('start-with')), ...starts.map(({ node }) => node)),
    text.node,
    chosen.node,
    taken,
    title.node,
    language.node,
    translations,
    folder.node,
    element('p', {}, button),
    status,
  );
  form.addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault();
    send(fields, button, status, 'creating', async () => {
      if (!folder.input.value) await suggest();
      const rest = more.filter(({ input }) => input.checked && input.value !== language.input.value).map(({ input }) => input.value);
      return ask('create', {
        start: isExample() ? 'example' : start(),
        example: isExample() ? start() : null,
        folder: folder.input.value,
        title: isExample() ? '' : title.input.value,
        languages: isExample() ? [] : [language.input.value, ...rest],
        text: file ? '' : headed(text.input.value, title.input.value),
        file: file && start() === 'article' ? { name: file.name, bytes: await base64(file) } : null,
      });
    });
  });

  document.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    document.body.classList.add('dropping');
  });
  document.addEventListener('dragleave', (event) => event.relatedTarget ?? document.body.classList.remove('dropping'));
  document.addEventListener('drop', (event) => {
    document.body.classList.remove('dropping');
    const given = event.dataTransfer?.files[0];
    if (!given) return;
    event.preventDefault();
    starts[0].input.checked = true;
    take(given);
    show();
    title.input.focus();
  });
  show();
  return element('section', {}, element('h2', {}, say('new')), form);
}

/** The heading that a text opens with, or its first line if that looks like one. @param {string} text */
function titleOf(text) {
  const [first = '', ...rest] = text.trim().split('\n');
  const heading = /^#+\s+(.*?)\s*#*$/.exec(first)?.[1];
  const isTitle = rest.some((line) => line.trim()) && first.length < LONGEST_TITLE && !/[.:;,]$/.test(first.trim()) && !/^[-*>|`]/.test(first);
  return (heading ?? (isTitle ? first : '')).replace(/\\(?=[*_[\]`])/g, '').trim();
}

/** A text whose first line is its title has that as its heading, so that it is not in the text, too. @param {string} text @param {string} title */
function headed(text, title) {
  const isFirst = title !== '' && titleOf(text) === title;
  return isFirst ? `# ${text.trim().replace(/^#+\s+/, '')}` : text;
}

/** Puts what is pasted into the text, as Markdown. @param {ClipboardEvent} event @param {HTMLTextAreaElement} area */
function pasted(event, area) {
  const html = event.clipboardData?.getData('text/html');
  const plain = event.clipboardData?.getData('text/plain') ?? '';
  let words = html ? fromClipboard(html) : paragraphs(plain);
  // The first heading of an article is its title.
  if (!area.value.trim()) words = words.replace(/^#+ /, '# ');
  event.preventDefault();
  // So that Ctrl+Z takes it back.
  if (!document.execCommand('insertText', false, words)) area.setRangeText(words, area.selectionStart, area.selectionEnd, 'end');
  area.dispatchEvent(new Event('input', { bubbles: true }));
}

/** A text whose paragraphs are lines, with empty lines between them; any other as it is. @param {string} text */
function paragraphs(text) {
  const lines = text.replace(/\r\n?/g, '\n').trim().split('\n');
  const isMarkdown = lines.some((line) => !line.trim() || /^\s*([-*+>|#`]|\d+[.)]\s)/.test(line));
  return isMarkdown ? lines.join('\n') : lines.join('\n\n');
}

// ---- a dossier that is there ----

/** @param {any[]} recent */
function recents(recent) {
  const status = element('p', { className: 'status', role: 'status' });
  const list = recent.map(({ title, folder }) => {
    const button = element('button', { type: 'button' }, element('b', {}, title || folder), element('small', {}, folder));
    button.onclick = () => send({}, button, status, 'opening', () => ask('open', { folder }));
    return element('li', {}, button);
  });
  return element('section', {}, element('h2', {}, say('recent')), element('ul', { className: 'recent' }, ...list), status);
}

function opening() {
  const folder = field(say('open-folder'), element('input', { spellcheck: false, autocapitalize: 'off', autocomplete: 'off', required: true }), say('open-about', { of: '~/dossiers/atlas' }));
  const status = element('p', { className: 'status', role: 'status' });
  const button = element('button', { type: 'submit' }, say('open-it'));
  const form = element('form', { noValidate: true }, folder.node, element('p', {}, button), status);
  form.addEventListener('submit', (/** @type {Event} */ event) => {
    event.preventDefault();
    send({ folder }, button, status, 'opening', () => ask('open', { folder: folder.input.value }));
  });
  return element('section', {}, element('h2', {}, say('open')), form);
}

/**
 * Asks the program for a dossier, and goes there; or says what has to change, beside the field.
 * @param {Record<string, any>} fields @param {HTMLButtonElement} button @param {HTMLElement} status
 * @param {string} doing @param {() => Promise<any>} work
 */
async function send(fields, button, status, doing, work) {
  for (const field of Object.values(fields)) field.complain('');
  status.className = 'status';
  status.replaceChildren(say(doing));
  button.disabled = true;
  try {
    const { address, remarks } = await work();
    // What was left out of an article would be lost with this page.
    if (remarks.length === 0) return location.assign(address);
    const go = element('button', { type: 'button', className: 'main', onclick: () => location.assign(address) }, say('go-on'));
    status.replaceChildren(say('created'), element('ul', {}, ...remarks.map((/** @type {string} */ remark) => element('li', {}, remark))), go);
    go.focus();
  } catch (error) {
    const refused = /** @type {Refused} */ (error);
    const field = fields[refused.field ?? ''];
    if (field) {
      status.replaceChildren();
      field.complain(refused.message);
      field.input.focus();
    } else {
      status.classList.add('error');
      status.replaceChildren(refused.message);
    }
    button.disabled = false;
  }
}

// ---- the page ----

const main = element('main', {}, element('h1', {}, say('heading')), element('p', {}, say('about')));
document.body.append(main);
try {
  const { recent, languages, examples } = await ask('offer');
  main.append(...(recent.length ? [recents(recent)] : []), creation(languages, examples), opening());
} catch (error) {
  main.append(element('p', { className: 'error', role: 'alert' }, error.message));
}
// A page that comes back from the history is as it was when it was left.
addEventListener('pageshow', (event) => event.persisted && location.reload());
