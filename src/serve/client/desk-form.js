// @ts-check
// Forms made from the table of keys: `ide::form` says which fields a kind has and what each holds.

import { atlas, stops } from './desk-map.js';
import { element, markInvalid, worded } from './desk-node.js';

let count = 0;

/** A form for some fields. */
export class Form {
  /** `others` says that another form has the other keys. @param {{desk: any, fields: any[], values: any, others?: boolean}} given */
  constructor({ desk, fields, values, others = false }) {
    this.desk = desk;
    this.before = values;
    this.fields = fields.map((field) => new Field(desk, field, values[field.name]));
    const [shown, more] = [[], []].map((list) => /** @type {Field[]} */ (list));
    fields.forEach((given, at) => {
      const field = this.fields[at];
      (given.usual || field.required || !isEmpty(field.value()) ? shown : more).push(field);
    });
    const known = new Set(fields.map((field) => field.name));
    const unknown = others ? [] : Object.keys(values).filter((name) => !known.has(name));
    this.node = element(
      'div',
      { className: 'fields' },
      ...shown.map((field) => field.node),
      more.length ? element('details', {}, element('summary', {}, desk.say('more-facts')), ...more.map((field) => field.node)) : '',
      unknown.length ? element('p', { className: 'kept' }, desk.say('kept', { keys: unknown.join(', ') })) : '',
    );
  }

  /** What the form holds, without what is empty. */
  values() {
    const values = this.fields.map((field) => [field.name, field.value()]).filter(([, value]) => !isEmpty(value));
    return Object.fromEntries(values);
  }

  /** The changes that make the file hold what the form holds. */
  changes() {
    return this.fields.flatMap((field) => differences([field.name], field.input, this.before[field.name]));
  }

  /**
   * Says what is wrong beside each field; returns what belongs to none. Without `files`, the findings are of this file.
   * @param {any[]} findings @param {string[] | null} files
   */
  show(findings, files = null) {
    const isOurs = (/** @type {any} */ finding) => finding.at && (!files || files.includes(finding.path));
    const ours = findings.filter(isOurs).map((finding) => ({ ...finding, at: wayTo(finding) }));
    const rest = sayEach(this.fields, ours, (values) => this.take(values));
    return [...findings.filter((finding) => !isOurs(finding)), ...rest];
  }

  /** Puts values into fields. @param {Record<string, any>} values */
  take(values) {
    for (const field of this.fields) if (field.name in values) field.input.set(values[field.name]);
    this.node.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

/** What is not there has no place in the file; its finding belongs to the field that it lacks. @type {Record<string, string>} */
const LACKS = { 'claim-without-source': 'sources', 'claim-without-claimant': 'by', 'article-without-date': 'published' };

/** The way to the field that a finding is about. @param {any} finding @returns {(string | number)[]} */
function wayTo({ code, at, message }) {
  if (LACKS[code]) return [LACKS[code]];
  const missing = code === 'missing-field' && /`(\w+)`/.exec(message)?.[1];
  return missing ? [...at, missing] : at;
}

/**
 * Says of each field what is wrong with it. Returns what belongs to none.
 * @param {Field[]} fields @param {any[]} findings @param {(values: any) => void} take @returns {any[]}
 */
function sayEach(fields, findings, take) {
  for (const field of fields) {
    const own = findings.filter(({ at }) => at[0] === field.name).map((finding) => ({ ...finding, at: finding.at.slice(1) }));
    field.say(own, take);
  }
  return findings.filter(({ at }) => !fields.some((field) => field.name === at[0]));
}

/** @param {any} value @returns {boolean} */
function isEmpty(value) {
  if (value === null || value === undefined || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && Object.values(value).every(isEmpty);
}

/** @param {any} a @param {any} b */
const isSame = (a, b) => (isEmpty(a) && isEmpty(b)) || JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

/** @param {any} value @returns {any} */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value === null || value === undefined ? '' : String(value);
  const entries = Object.entries(value).filter(([, inner]) => !isEmpty(inner));
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]));
}

/**
 * The changes from what a file holds to what an input holds: those of the smallest parts.
 * @param {(string | number)[]} at @param {any} input @param {any} before @returns {any[]}
 */
function differences(at, input, before) {
  const after = input.value();
  if (isSame(after, before)) return [];
  if (isEmpty(before) || isEmpty(after)) return [isEmpty(after) ? { do: 'remove', at } : { do: 'set', at, value: after }];
  if (input.rows) return rows(at, input, Array.isArray(before) ? before : [before]);
  if (input.parts && typeof before === 'object' && !Array.isArray(before))
    return Object.entries(input.parts).flatMap(([key, part]) => differences([...at, key], part, before[key]));
  return [{ do: 'set', at, value: after }];
}

/** @param {(string | number)[]} at @param {any} input @param {any[]} before */
function rows(at, input, before) {
  const kept = input.rows.filter((/** @type {any} */ row) => row.origin !== null && !isEmpty(row.value()));
  const sets = kept.flatMap((/** @type {any} */ row) => differences([...at, row.origin], row.input, before[row.origin]));
  const gone = before.map((_, origin) => origin).filter((origin) => !kept.some((/** @type {any} */ row) => row.origin === origin));
  const removes = gone.reverse().map((origin) => ({ do: 'remove', at: [...at, origin] }));
  // What is left stands in its old order; it moves to where it stands now, from the first to the last.
  const order = before.map((_, origin) => origin).filter((origin) => !gone.includes(origin));
  /** @type {any[]} */
  const moves = [];
  kept.forEach((/** @type {any} */ row, /** @type {number} */ to) => {
    const from = order.indexOf(row.origin);
    if (from === to) return;
    order.splice(to, 0, ...order.splice(from, 1));
    moves.push({ do: 'move', at: [...at, from], to });
  });
  const filled = input.rows.filter((/** @type {any} */ row) => !isEmpty(row.value()));
  const adds = filled.flatMap((/** @type {any} */ row, /** @type {number} */ index) =>
    row.origin === null ? [{ do: 'add', at, index, value: row.input.value() }] : [],
  );
  return [...sets, ...removes, ...moves, ...adds];
}

/** A field: its label, its input, and what is wrong with it. */
class Field {
  /** @param {any} desk @param {any} given @param {any} value */
  constructor(desk, given, value) {
    this.name = given.name;
    this.required = given.required;
    this.isDate = given.shape.is === 'date';
    const id = `field-${++count}`;
    // The theme has words for what readers see; the desk has them for the rest.
    if (given.label === given.name) given = { ...given, label: desk.say(`key-${given.name}`) };
    this.input = make(desk, given.shape, value, { id, label: given.label });
    this.found = element('div', { className: 'found', id: `${id}-found` });
    this.found.setAttribute('aria-live', 'polite');
    const about = element('small', { id: `${id}-about` }, ...worded(given.about));
    const label = this.input.isGroup
      ? element('span', { className: 'label', id: `${id}-label` }, given.label)
      : element('label', { htmlFor: id }, given.label);
    if (this.required) label.append(element('b', { title: desk.say('required') }, ' *'));
    this.node = element('div', { className: `field ${given.shape.is}` }, label, this.input.node, about, this.found);
    this.node.dataset.key = given.name;
    const control = this.input.control ?? this.input.node;
    control.setAttribute('aria-describedby', `${id}-about ${id}-found`);
    if (this.input.isGroup) {
      this.input.node.setAttribute('role', 'group');
      this.input.node.setAttribute('aria-labelledby', `${id}-label`);
    }
    if (this.required) control.setAttribute('aria-required', 'true');
    this.desk = desk;
    this.told = '[]';
  }

  value() {
    return this.input.value();
  }

  /** Says what is wrong with it; its parts say their own. @param {any[]} findings @param {(values: any) => void} take */
  say(findings, take) {
    const inner = findings.filter(({ at }) => at.length > 0);
    const rest = this.input.say ? this.input.say(inner, take) : inner;
    const own = [...findings.filter(({ at }) => at.length === 0), ...rest];
    const control = this.input.control ?? this.input.node;
    markInvalid(control, own.some((finding) => finding.severity === 'error'));
    // What is found again is not drawn again: a button that is being pressed would be gone before it is let go.
    const told = JSON.stringify(own);
    if (told !== this.told) {
      this.found.replaceChildren(...own.map((finding) => this.finding(finding, take)));
      // The end of a form may lie below its edge.
      if (this.node.matches(':focus-within')) this.found.scrollIntoView({ block: 'nearest' });
    }
    this.told = told;
    const details = this.node.closest('details');
    if (own.length && details) details.open = true;
  }

  /** What is wrong, with a button for each value that may have been meant. @param {any} finding @param {(values: any) => void} take */
  finding({ code, severity, message, meant }, take) {
    const button = (/** @type {[string, any]} */ [title, values]) =>
      element('button', { type: 'button', onclick: () => take(values) }, ...this.label(title));
    const buttons = meant.length ? element('p', { className: 'tools' }, ...meant.map(button)) : '';
    // How it is written in a file is of no use here.
    const plain = () => (code === 'missing-field' ? this.desk.say('is-missing') : message.replace(/ such as `[{[][^`]*`/, ''));
    // What is understood needs no rules.
    const words = meant.length ? this.desk.say('meant') : plain();
    return element('div', { className: severity }, element('p', {}, ...worded(words)), buttons);
  }

  /** What a button does, in few words. @param {string} title @returns {(string | Node)[]} */
  label(title) {
    const value = /^replace it with (.*)$/.exec(title)?.[1];
    if (!value) return worded(title);
    const plain = value.replaceAll('`', '').replace(/^\[|\]$/g, '').replace(/\{from: (.*?), to: (.*?)\}/, '$1–$2');
    const words = plain.replace(/, (\w+): /g, (_, key) => `, ${this.desk.labels(key)}: `);
    const [day] = words.split(' (');
    const date = this.isDate ? dateInWords(day, this.desk.lang) : '';
    return [this.desk.say('write', { words: date ? `${day} (${date})` : words })];
  }
}

/**
 * The input for a shape: its node, what it holds, and its parts.
 * @param {any} desk @param {any} shape @param {any} value @param {{id: string, label: string, isRow?: boolean, isWord?: boolean}} named @returns {any}
 */
function make(desk, shape, value, named) {
  const input = made(desk, shape, value, named);
  // What nobody touched is as the file has it, in whatever form that is.
  const { value: held } = input;
  const untouched = JSON.stringify(held());
  input.value = () => {
    const now = held();
    return JSON.stringify(now) === untouched ? value : now;
  };
  return input;
}

/** @param {any} desk @param {any} shape @param {any} value @param {any} named @returns {any} */
function made(desk, shape, value, named) {
  switch (shape.is) {
    case 'text':
      return text(desk, value, named);
    case 'flag': {
      const node = element('input', { type: 'checkbox', id: named.id, checked: String(value) === 'true' });
      return { node, value: () => node.checked, set: (/** @type {any} */ is) => (node.checked = String(is) === 'true') };
    }
    case 'term':
      return term(desk, shape, value, named);
    case 'country':
      return country(desk, value, named);
    case 'ref':
      return reference(desk, shape, value, named);
    case 'point':
      return point(desk, value, named);
    case 'list':
      return list(desk, shape, value, named);
    case 'record':
      return named.isRow ? record(desk, shape, value, named.isWord) : folded(desk, record(desk, shape, value, named.isWord));
    case 'either':
      // The second is a table of keys, for those who need it.
      return either(desk, shape, value, named);
    case 'date':
      return day(desk, value, named);
    default:
      return line(shape, value, named);
  }
}

/** @param {any} shape @param {any} value @param {{id: string}} named */
function line(shape, value, { id }) {
  const isLong = shape.is === 'words' && (String(value ?? '').length > 60 || /\n/.test(String(value ?? '')));
  const written = (/** @type {any} */ value) => (value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));
  const given = written(value);
  const node = isLong
    ? element('textarea', { id, value: given, rows: 3 })
    : element('input', {
        id,
        value: given,
        autocomplete: 'off',
        inputMode: { number: 'decimal', url: 'url' }[/** @type {'number' | 'url'} */ (shape.is)] ?? 'text',
        placeholder: { date: '2023-10-13', url: 'https://', language: 'en' }[/** @type {'date'} */ (shape.is)] ?? '',
      });
  node.dir = 'auto';
  const held = () => node.value.trim();
  return { node, value: held, set: (/** @type {any} */ value) => (node.value = written(value)) };
}

/** A date, and how it will be read. @param {any} desk @param {any} value @param {{id: string}} named */
function day(desk, value, named) {
  const own = line({ is: 'date' }, value, named);
  const read = element('small', { className: 'meaning' });
  const explain = () => (read.textContent = dateInWords(own.value(), desk.lang));
  own.node.addEventListener('input', explain);
  explain();
  const set = (/** @type {string} */ words) => (own.set(words), explain());
  return { node: element('div', {}, own.node, read), control: own.node, value: own.value, set };
}

/** Words, for each language where there are several. @param {any} desk @param {any} value @param {{id: string, label: string}} named */
function text(desk, value, named) {
  const isByLanguage = value !== null && typeof value === 'object';
  const langs = [...new Set([...desk.known.languages, ...(isByLanguage ? Object.keys(value) : [])])];
  if (langs.length < 2 && !isByLanguage) return line({ is: 'words' }, value, named);
  const names = new Intl.DisplayNames([desk.lang], { type: 'language' });
  const [first] = langs;
  const given = (/** @type {any} */ value, /** @type {string} */ lang) => (value !== null && typeof value === 'object' ? value[lang] : lang === first ? value : '');
  const parts = Object.fromEntries(langs.map((lang) => [lang, line({ is: 'words' }, given(value, lang), { id: `${named.id}-${lang}` })]));
  const row = (/** @type {string} */ lang) => ((parts[lang].node.lang = lang), element('label', {}, element('small', {}, names.of(lang) ?? lang), parts[lang].node));
  const all = group(element('div', { className: 'langs' }, ...langs.map(row)), parts);
  // One text without a language is for all of them.
  const hint = () => langs.slice(1).forEach((lang) => (parts[lang].node.placeholder = isByLanguage ? '' : parts[first].value()));
  parts[first].node.addEventListener('input', hint);
  hint();
  const held = () => {
    const value = all.value();
    return !isByLanguage && Object.keys(value).every((lang) => lang === first) ? (value[first] ?? '') : value;
  };
  const set = (/** @type {any} */ value) => langs.forEach((lang) => parts[lang].set(given(value, lang)));
  return { ...all, value: held, set };
}

/** A number, or a range of two. @param {any} desk @param {any} value @param {{id: string, label: string}} named */
function range(desk, value, { id, label }) {
  const isRange = (/** @type {any} */ value) => value !== null && typeof value === 'object' && !Array.isArray(value);
  const ends = (/** @type {any} */ value) => (isRange(value) ? [value.from, value.to] : [value, '']);
  const [from, to] = ends(value).map((end, at) => line({ is: 'number' }, end, { id: at ? `${id}-to` : id }));
  to.node.setAttribute('aria-label', `${label}: ${desk.say('range-to')}`);
  const node = element('div', { className: 'range' }, from.node, element('span', {}, desk.say('range-to')), to.node);
  const held = () => (to.value() ? { from: from.value(), to: to.value() } : from.value());
  const set = (/** @type {any} */ value) => ends(value).forEach((end, at) => [from, to][at].set(end));
  return { node, control: from.node, value: held, set };
}

/** @param {any} node @param {Record<string, any>} parts */
function group(node, parts) {
  const value = () => {
    const held = Object.entries(parts).map(([key, part]) => [key, part.value()]);
    return Object.fromEntries(held.filter(([, inner]) => !isEmpty(inner)));
  };
  const set = (/** @type {any} */ value) => Object.entries(parts).forEach(([key, part]) => part.set(value?.[key] ?? ''));
  return { node, parts, value, set, isGroup: true };
}

/** One of a list of words, with what it means. @param {any} desk @param {any} shape @param {any} value @param {{id: string}} named */
function term(desk, shape, value, { id }) {
  const known = shape.terms.some((/** @type {any} */ one) => one.word === value);
  const option = (/** @type {any} */ one) => element('option', { value: one.word, selected: one.word === value }, one.label);
  const select = element('select', { id }, element('option', { value: '' }, desk.say('none')), ...shape.terms.map(option));
  if (value && !known) select.append(element('option', { value, selected: true }, value));
  const about = element('small', { className: 'meaning' });
  const explain = () => (about.textContent = shape.terms.find((/** @type {any} */ one) => one.word === select.value)?.about ?? '');
  select.addEventListener('change', explain);
  explain();
  const set = (/** @type {string} */ word) => ((select.value = word), explain());
  return { node: element('div', {}, select, about), control: select, value: () => select.value, set };
}

/** A country by its name. @param {any} desk @param {any} value @param {{id: string}} named */
function country(desk, value, { id }) {
  const names = new Intl.DisplayNames([desk.lang], { type: 'region' });
  /** @type {string[][]} */
  const options = desk.known.countries.map((/** @type {string} */ code) => [code, names.of(code) ?? code]);
  options.sort((/** @type {string[]} */ a, /** @type {string[]} */ b) => a[1].localeCompare(b[1], desk.lang));
  const input = element('input', { id, value: options.find(([code]) => code === value)?.[1] ?? value ?? '', autocomplete: 'off' });
  input.setAttribute('list', `${id}-list`);
  const names_ = element('datalist', { id: `${id}-list` }, ...options.map(([, name]) => element('option', { value: name })));
  const english = new Intl.DisplayNames(['en'], { type: 'region' });
  const code = () => {
    const given = input.value.trim();
    const is = (/** @type {string[]} */ [code, name]) => [code, name, english.of(code) ?? ''].some((word) => word.toLowerCase() === given.toLowerCase());
    return options.find(is)?.[0] ?? given;
  };
  const set = (/** @type {string} */ word) => (input.value = options.find(([code]) => code === word)?.[1] ?? word);
  return { node: element('div', {}, input, names_), control: input, value: code, set };
}

/** Latitude and longitude, in any usual form, which the preview reads, or from a map. @param {any} desk @param {any} value @param {{id: string}} named */
function point(desk, value, { id }) {
  const written = Array.isArray(value) ? value.join(', ') : value !== null && typeof value === 'object' ? Object.values(value).join(', ') : (value ?? '');
  const input = element('input', { id, value: written, placeholder: '33.9030, 35.5180', autocomplete: 'off' });
  const held = () => {
    const given = input.value.trim().replace(/^\[|\]$/g, '');
    const plain = /^(-?[0-9.]+)\s*[,;\s]\s*(-?[0-9.]+)$/.exec(given);
    return plain ? [plain[1], plain[2]] : given;
  };
  const set = (/** @type {any} */ given) => (input.value = Array.isArray(given) ? given.join(', ') : String(given).replace(/^\[|\]$/g, ''));
  const chosen = (/** @type {number} */ lat, /** @type {number} */ lon, /** @type {number} */ digits) => {
    set(`${lat.toFixed(digits)}, ${lon.toFixed(digits)}`);
    input.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const node = element('div', {}, input);
  const details = element('details', {}, element('summary', {}, desk.say('on-map')));
  // It is drawn when somebody wants it.
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(atlas(desk, held(), chosen));
  });
  node.append(details);
  return { node, control: input, value: held, set };
}

/** How a date will be read, in words; nothing if that is not known here. @param {string} written @param {string} lang @returns {string} */
export function dateInWords(written, lang) {
  const ends = written.split('/');
  if (ends.length > 2) return '';
  const words = ends.map((end) => {
    const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?([~?%]?)$/.exec(end);
    if (!parts) return '';
    const [, year, month, day, doubt] = parts;
    const date = new Date(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)));
    if (month && date.getUTCMonth() !== Number(month) - 1) return '';
    const shown = { timeZone: 'UTC', year: 'numeric', ...(month && { month: 'long' }), ...(day && { day: 'numeric' }) };
    return (doubt ? '≈ ' : '') + new Intl.DateTimeFormat(lang, /** @type {any} */ (shown)).format(date);
  });
  return words.every(Boolean) ? words.join(' – ') : '';
}

/** An entity by its name, or a new one. @param {any} desk @param {any} shape @param {any} value @param {{id: string, label: string}} named */
function reference(desk, shape, value, { id, label }) {
  const input = element('input', { id, value: value ?? '', role: 'combobox', autocomplete: 'off', spellcheck: false });
  const list = element('ul', { id: `${id}-names`, className: 'names', role: 'listbox', hidden: true });
  list.setAttribute('aria-label', label);
  input.setAttribute('aria-controls', list.id);
  input.setAttribute('aria-autocomplete', 'list');
  const open = (/** @type {boolean} */ is) => {
    list.hidden = !is;
    input.setAttribute('aria-expanded', String(is));
  };
  open(false);
  let held = value ?? '';
  let at = -1;
  const named = () => held && desk.get('form', { id: held }).then((/** @type {any} */ entity) => entity.id === held && (input.value = entity.title)).catch(() => {});
  named();
  const choose = (/** @type {any} */ named) => {
    held = named.id;
    input.value = named.title;
    open(false);
    input.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const create = (/** @type {string} */ kind, /** @type {string} */ title) =>
    desk.create(kind, null, title, (/** @type {any} */ made) => (choose({ id: made.id, title }), input.focus()));
  let asked = 0;
  let shown = 0;
  /** @type {Promise<void>} */
  let answer = Promise.resolve();
  const look = () => (answer = ask());
  const ask = async () => {
    const number = ++asked;
    const typed = input.value.trim();
    const found = await desk.get('names', { q: typed, kinds: shape.kinds.join(',') }).finally(() => (shown = number));
    if (number !== asked) return;
    const option = (/** @type {any} */ named, /** @type {number} */ number) => {
      const node = element('li', { role: 'option', id: `${list.id}-${number}` }, named.title, ' ', element('small', {}, named.alias ?? named.kind));
      node.onmousedown = (/** @type {Event} */ event) => (event.preventDefault(), choose(named));
      node.choose = () => choose(named);
      return node;
    };
    const isThere = found.some((/** @type {any} */ named) => named.title === typed || named.id === typed);
    const news = (typed && !isThere ? shape.kinds : []).map((/** @type {string} */ kind) => {
      const name = desk.known.kinds.find((/** @type {any} */ one) => one.name === kind).label;
      const node = element('li', { role: 'option', className: 'new', id: `${list.id}-new-${kind}` }, desk.say('create', { kind: name, of: typed }));
      node.choose = () => (open(false), create(kind, typed));
      node.onmousedown = (/** @type {Event} */ event) => (event.preventDefault(), node.choose());
      return node;
    });
    list.replaceChildren(...found.map(option), ...news);
    at = -1;
    open(list.children.length > 0);
  };
  const move = (/** @type {number} */ by) => {
    const options = [...list.children];
    if (list.hidden || options.length === 0) return;
    options[at]?.removeAttribute('aria-selected');
    at = (at + by + options.length) % options.length;
    options[at].setAttribute('aria-selected', 'true');
    options[at].scrollIntoView({ block: 'nearest' });
    input.setAttribute('aria-activedescendant', options[at].id);
  };
  input.addEventListener('input', () => ((held = input.value.trim()), look()));
  input.addEventListener('focus', () => input.value === '' && look());
  input.addEventListener('blur', () => open(false));
  /** Does what a key asks for. @param {string} key @returns {boolean} whether there was anything to do */
  const press = (key) => {
    if (key === 'ArrowDown' && list.hidden) look();
    else if (key === 'ArrowDown') move(1);
    else if (key === 'ArrowUp') move(-1);
    else if (key === 'Escape' && !list.hidden) open(false);
    else if (key === 'Enter' && !list.hidden && at >= 0) /** @type {any} */ (list.children[at]).choose();
    else return false;
    return true;
  };
  input.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    // A key is for the names of what is typed now. Who types quickly may be ahead of the answer: then the key waits for it.
    const isAhead = asked !== shown && ['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key) && !event.ctrlKey && !event.metaKey;
    if (isAhead) answer.then(() => press(event.key));
    else if (!press(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  const set = (/** @type {string} */ word) => ((held = word), (input.value = word), named());
  return { node: element('div', { className: 'ref' }, input, list), control: input, value: () => held, set };
}

/** Rows that can be added, removed and moved. @param {any} desk @param {any} shape @param {any} value @param {{id: string, label: string}} named */
function list(desk, shape, value, { id, label }) {
  const before = isEmpty(value) ? [] : Array.isArray(value) ? value : [value];
  const body = element('div', { className: 'rows' });
  const isWay = shape.of.is === 'record' && ['from', 'to', 'mode'].every((name) => shape.of.fields.some((/** @type {any} */ field) => field.name === name));
  /** @type {any} */
  const held = { rows: [], isGroup: true };
  const changed = () => body.dispatchEvent(new Event('change', { bubbles: true }));
  const draw = () => body.replaceChildren(...held.rows.map((/** @type {any} */ row) => row.node));
  const add = (/** @type {any} */ inner, /** @type {number | null} */ origin) => {
    const number = ++count;
    const input = make(desk, shape.of, inner, { id: `${id}-${number}`, label, isRow: true });
    (input.control ?? input.node).setAttribute('aria-label', label);
    // What a new row begins with is not yet what somebody wrote.
    const given = origin === null ? input.value() : null;
    const value = () => (origin === null && isSame(input.value(), given) && !row.isMeant ? null : input.value());
    /** @type {any} */
    const row = { input, origin, value, isMeant: false, node: element('div', { className: 'row' }) };
    const tool = (/** @type {string} */ sign, /** @type {string} */ name, /** @type {() => void} */ work) => {
      const button = element('button', { type: 'button', title: desk.say(name), onclick: () => (work(), draw(), changed()) }, sign);
      button.setAttribute('aria-label', `${desk.say(name)}: ${label}`);
      return button;
    };
    const up = () => {
      const at = held.rows.indexOf(row);
      if (at > 0) held.rows.splice(at - 1, 0, ...held.rows.splice(at, 1));
    };
    const away = () => {
      held.rows = held.rows.filter((/** @type {any} */ other) => other !== row);
      more.focus();
    };
    row.head = element('p', { className: 'label' });
    if (isWay) input.node.prepend(row.head);
    row.node.append(input.node, element('span', { className: 'tools' }, tool('↑', 'up', up), tool('×', 'away', away)));
    held.rows.push(row);
    return row;
  };
  before.forEach((inner, origin) => add(inner, origin));
  /** A new row, which begins where the last one ended if it is a way. @param {any} given */
  held.more = (given = null) => {
    const parts = held.rows.at(-1)?.input.parts;
    const row = add(given ?? (parts?.from && parts.to ? { from: parts.to.value() } : null), null);
    row.isMeant = given !== null;
    draw();
    return row;
  };
  const more = element(
    'button',
    {
      type: 'button',
      id,
      onclick: () => {
        const { input } = held.more();
        const inputs = [...input.node.querySelectorAll('input, select, textarea')];
        (input.control ?? inputs.find((/** @type {any} */ other) => !other.value) ?? input.node).focus();
        changed();
      },
    },
    `+ ${label}`,
  );
  draw();
  const rows = () => held.rows.filter((/** @type {any} */ row) => !isEmpty(row.value()));
  held.node = element('div', {}, body, more);
  held.value = () => rows().map((/** @type {any} */ row) => row.value());
  held.set = (/** @type {any} */ value) => {
    const values = isEmpty(value) ? [] : Array.isArray(value) ? value : [value];
    const known = rows();
    known.forEach((/** @type {any} */ row, /** @type {number} */ at) => row.input.set(values[at] ?? ''));
    for (const inner of values.slice(known.length)) held.more(inner);
  };
  held.say = (/** @type {any[]} */ findings, /** @type {(values: any) => void} */ take) => {
    // A single value is a list of one.
    const numbered = findings.map((finding) => (typeof finding.at[0] === 'number' ? finding : { ...finding, at: [0, ...finding.at] }));
    const own = (/** @type {number} */ number) => numbered.filter(({ at }) => at[0] === number).map((finding) => ({ ...finding, at: finding.at.slice(1) }));
    const all = rows();
    for (const row of held.rows.filter((/** @type {any} */ row) => !all.includes(row))) row.input.say?.([], take);
    const rest = all.flatMap((/** @type {any} */ row, /** @type {number} */ number) => row.input.say?.(own(number), take) ?? own(number));
    return [...rest, ...numbered.filter(({ at }) => at[0] >= all.length)].map((finding) => ({ ...finding, at: [] }));
  };
  if (isWay) {
    held.body = body;
    const from = shape.of.fields.find((/** @type {any} */ field) => field.name === 'from');
    held.node.prepend(stops(desk, held, changed, reference(desk, from.shape, null, { id: `${id}-stop`, label: desk.say('add-stop') })));
    held.node.classList.add('way');
  }
  return held;
}

/** A table of keys; with `isWord`, its first key alone is a word. @param {any} desk @param {any} shape @param {any} value @param {boolean} isWord */
function record(desk, shape, value, isWord = false) {
  // A word in the place of the table is its first key: a source by its id, a picture by its file.
  const given = value !== null && typeof value === 'object' ? value : isEmpty(value) ? {} : { [shape.fields[0].name]: value };
  const fields = shape.fields.map((/** @type {any} */ field) => new Field(desk, field, given[field.name]));
  const parts = Object.fromEntries(fields.map((/** @type {Field} */ field) => [field.name, field.input]));
  const own = group(element('div', { className: 'record' }, ...fields.map((/** @type {Field} */ field) => field.node)), parts);
  const say = (/** @type {any[]} */ findings, /** @type {(values: any) => void} */ take) => {
    const rest = sayEach(fields, findings.filter(({ at }) => at.length > 0), take);
    return [...findings.filter(({ at }) => at.length === 0), ...rest];
  };
  const set = (/** @type {any} */ value) => own.set(value !== null && typeof value === 'object' ? value : { [shape.fields[0].name]: value });
  const held = () => {
    const value = own.value();
    const [first] = shape.fields;
    return isWord && Object.keys(value).every((key) => key === first.name) ? (value[first.name] ?? '') : value;
  };
  return { ...own, value: held, say, set };
}

/** A table that is folded while there is nothing in it. @param {any} desk @param {any} table */
function folded(desk, table) {
  const node = element('details', { open: !isEmpty(table.value()) }, element('summary', {}, desk.say('fill')), table.node);
  return { ...table, node };
}

/** A value in its plain form, or as a table of keys. @param {any} desk @param {any} shape @param {any} value @param {{id: string, label: string, isRow?: boolean}} named */
function either(desk, shape, value, named) {
  const [plain, table] = shape.of;
  const isRange = plain.is === 'number' && table.is === 'record' && table.fields.map((/** @type {any} */ field) => field.name).join() === 'from,to';
  if (isRange) return range(desk, value, named);
  const usesTable = table.is === 'record' && (plain.is !== 'number' || (value !== null && typeof value === 'object'));
  // Of a table that holds its first key alone, the word is written, unless it is a table already.
  const isWord = value === null || typeof value !== 'object';
  return make(desk, usesTable ? table : plain, value, { ...named, isWord });
}
