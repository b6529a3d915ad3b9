// @ts-check
// Forms made from the table of keys: `ide::form` says which fields a kind has and what each holds.

/**
 * @param {string} name @param {Record<string, any>} properties @param {(Node | string)[]} children
 * @returns {any}
 */
export function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties))
    if (key === 'role') node.setAttribute(key, value);
    else Object.assign(node, { [key]: value });
  node.append(...children.filter((child) => child !== ''));
  return node;
}

/** Says of an input that it holds something wrong; of one that does not, nothing. @param {Element} input @param {boolean} is */
export function markInvalid(input, is) {
  if (is) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
}

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

  /** Says what is wrong beside each field; returns what belongs to none. @param {any[]} findings */
  show(findings) {
    const named = findings.map((finding) => ({ ...finding, key: keyOf(finding) }));
    for (const field of this.fields) field.say(named.filter((finding) => finding.key === field.name));
    return named.filter((finding) => !this.fields.some((field) => field.name === finding.key));
  }
}

/** What is not there has no place in the file; its finding belongs to the field that it lacks. @type {Record<string, string>} */
const LACKS = { 'claim-without-source': 'sources', 'claim-without-claimant': 'by', 'article-without-date': 'published' };

/** @param {any} finding */
const keyOf = ({ code, key, message }) => LACKS[code] ?? (code === 'missing-field' ? (/`(\w+)`/.exec(message)?.[1] ?? key) : key);

/** Words with code in them, which our messages have in backticks. @param {string} message */
export const worded = (message) =>
  message.split('`').map((part, at) => (at % 2 ? element('code', {}, part) : part));

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
  const kept = input.rows.filter((/** @type {any} */ row) => row.origin !== null && !isEmpty(row.input.value()));
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
  const filled = input.rows.filter((/** @type {any} */ row) => !isEmpty(row.input.value()));
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

  /** @param {any[]} findings */
  say(findings) {
    // What is found again is not drawn again: a button that is being pressed would be gone before it is let go.
    const told = JSON.stringify(findings);
    if (told === this.told) return;
    this.told = told;
    const control = this.input.control ?? this.input.node;
    markInvalid(control, findings.some((finding) => finding.severity === 'error'));
    this.found.replaceChildren(...findings.map((finding) => this.finding(finding)));
  }

  /** What is wrong, with a button for each value that may have been meant. @param {any} finding */
  finding({ severity, message, help, fix, choices }) {
    const quoted = (/** @type {string} */ words) => /`([^`]+)`/.exec(words)?.[1];
    const meant = [...choices, ...(fix ? [fix] : []), ...help.filter((/** @type {string} */ words) => words.endsWith('?'))];
    const values = this.input.set ? [...new Set(meant.map(quoted).filter(Boolean))] : [];
    const button = (/** @type {string} */ value) => {
      const take = () => {
        this.input.set(value);
        this.node.dispatchEvent(new Event('change', { bubbles: true }));
      };
      return element('button', { type: 'button', onclick: take }, this.desk.say('write', { words: value }));
    };
    return element('p', { className: severity }, ...worded(message), ' ', ...values.map((value) => button(/** @type {string} */ (value))));
  }
}

/**
 * The input for a shape: its node, what it holds, and its parts.
 * @param {any} desk @param {any} shape @param {any} value @param {{id: string, label: string, isRow?: boolean}} named @returns {any}
 */
function make(desk, shape, value, named) {
  switch (shape.is) {
    case 'text':
      return text(desk, value, named);
    case 'flag': {
      const node = element('input', { type: 'checkbox', id: named.id, checked: String(value) === 'true' });
      return { node, value: () => node.checked };
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
      return named.isRow ? record(desk, shape, value) : folded(desk, record(desk, shape, value));
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
  const given = value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
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
  return { node, value: held, set: (/** @type {string} */ words) => (node.value = words) };
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

/** Words, or words for each language. @param {any} desk @param {any} value @param {{id: string, label: string}} named */
function text(desk, value, named) {
  if (value === null || typeof value !== 'object') return line({ is: 'words' }, value, named);
  const langs = [...new Set([...desk.known.languages, ...Object.keys(value)])];
  const parts = Object.fromEntries(langs.map((lang) => [lang, line({ is: 'words' }, value[lang], { id: `${named.id}-${lang}` })]));
  const row = (/** @type {string} */ lang) => element('label', { lang }, `${lang} `, parts[lang].node);
  return group(element('div', { className: 'langs' }, ...langs.map(row)), parts);
}

/** @param {any} node @param {Record<string, any>} parts */
function group(node, parts) {
  const value = () => {
    const held = Object.entries(parts).map(([key, part]) => [key, part.value()]);
    return Object.fromEntries(held.filter(([, inner]) => !isEmpty(inner)));
  };
  return { node, parts, value, isGroup: true };
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
  const code = () => {
    const given = input.value.trim();
    return options.find(([code, name]) => name.toLowerCase() === given.toLowerCase() || code === given.toUpperCase())?.[0] ?? given;
  };
  return { node: element('div', {}, input, names_), control: input, value: code, set: (/** @type {string} */ word) => (input.value = word) };
}

/** Latitude and longitude, in any usual form, which the preview reads, or from a map. @param {any} desk @param {any} value @param {{id: string}} named */
function point(desk, value, { id }) {
  const written = Array.isArray(value) ? value.join(', ') : (value ?? '');
  const input = element('input', { id, value: written, placeholder: '33.9030, 35.5180', autocomplete: 'off' });
  const held = () => {
    const given = input.value.trim().replace(/^\[|\]$/g, '');
    const plain = /^(-?[0-9.]+)\s*[,;\s]\s*(-?[0-9.]+)$/.exec(given);
    return plain ? [plain[1], plain[2]] : given;
  };
  const set = (/** @type {string} */ words) => (input.value = words.replace(/^\[|\]$/g, ''));
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

/**
 * A map of the world on which a place is chosen: by a click, or by the cross in its middle.
 * @param {any} desk @param {any} at @param {(lat: number, lon: number, digits: number) => void} chosen
 */
function atlas(desk, at, chosen) {
  const SVG = 'http://www.w3.org/2000/svg';
  const draw = (/** @type {string} */ name, /** @type {Record<string, any>} */ attributes) => {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
    return node;
  };
  // The drawing counts in tenths of a degree, to the east and to the south.
  const [lat, lon] = Array.isArray(at) ? at.map(Number) : [20, 10];
  const isThere = Array.isArray(at) && Number.isFinite(lat) && Number.isFinite(lon);
  const view = { x: (isThere ? lon : 10) * 10, y: -(isThere ? lat : 20) * 10, width: isThere ? 300 : 3600 };
  const svg = /** @type {SVGSVGElement} */ (draw('svg', { role: 'application', tabindex: 0, 'aria-label': desk.say('map-keys') }));
  const mark = draw('circle', { r: 1, class: 'place' });
  const cross = draw('path', { class: 'cross' });
  svg.append(draw('image', { href: '/_dossier/world.svg', x: -1800, y: -900, width: 3600, height: 1800, preserveAspectRatio: 'none' }), mark, cross);
  const put = (/** @type {number} */ x, /** @type {number} */ y) => {
    mark.setAttribute('cx', String(x));
    mark.setAttribute('cy', String(y));
  };
  if (isThere) put(lon * 10, -lat * 10);
  else mark.setAttribute('hidden', '');
  const show = () => {
    view.width = Math.min(3600, Math.max(4, view.width));
    const height = view.width / 2;
    view.x = Math.min(1800, Math.max(-1800, view.x));
    view.y = Math.min(900, Math.max(-900, view.y));
    svg.setAttribute('viewBox', `${view.x - view.width / 2} ${view.y - height / 2} ${view.width} ${height}`);
    const size = view.width / 60;
    cross.setAttribute('d', `M${view.x - size} ${view.y}h${2 * size}M${view.x} ${view.y - size}v${2 * size}`);
    cross.setAttribute('stroke-width', String(view.width / 500));
    mark.setAttribute('r', String(view.width / 120));
  };
  const choose = (/** @type {number} */ x, /** @type {number} */ y) => {
    mark.removeAttribute('hidden');
    put(x, y);
    const digits = Math.max(1, Math.min(4, Math.round(Math.log10(9000 / view.width))));
    chosen(Math.max(-90, Math.min(90, -y / 10)), ((((x / 10 + 180) % 360) + 360) % 360) - 180, digits);
  };
  svg.addEventListener('click', (event) => {
    const box = svg.getBoundingClientRect();
    const [across, down] = [(event.clientX - box.left) / box.width - 0.5, (event.clientY - box.top) / box.height - 0.5];
    choose(view.x + across * view.width, view.y + (down * view.width) / 2);
  });
  /** @type {Record<string, () => void>} */
  const keys = {
    ArrowLeft: () => (view.x -= view.width / 10),
    ArrowRight: () => (view.x += view.width / 10),
    ArrowUp: () => (view.y -= view.width / 20),
    ArrowDown: () => (view.y += view.width / 20),
    '+': () => (view.width /= 2),
    '-': () => (view.width *= 2),
    Enter: () => choose(view.x, view.y),
  };
  const press = (/** @type {string} */ key) => (keys[key](), show());
  svg.addEventListener('keydown', (event) => {
    const key = event.key === '=' ? '+' : event.key;
    if (!keys[key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    press(key);
  });
  const button = (/** @type {string} */ sign, /** @type {string} */ name, /** @type {string} */ key) => {
    const node = element('button', { type: 'button', onclick: () => press(key) }, sign);
    node.setAttribute('aria-label', desk.say(name));
    return node;
  };
  show();
  const tools = element('p', { className: 'tools' }, button('+', 'nearer', '+'), button('−', 'farther', '-'), button(desk.say('take-cross'), 'take-cross', 'Enter'));
  return element('div', { className: 'atlas' }, svg, tools);
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
  if (held) desk.get('form', { id: held }).then((/** @type {any} */ entity) => (input.value = entity.title)).catch(() => {});
  const choose = (/** @type {any} */ named) => {
    held = named.id;
    input.value = named.title;
    open(false);
    input.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const create = (/** @type {string} */ kind, /** @type {string} */ title) =>
    desk.create(kind, null, title, (/** @type {any} */ made) => (choose({ id: made.id, title }), input.focus()));
  let asked = 0;
  const look = async () => {
    const number = ++asked;
    const typed = input.value.trim();
    const found = await desk.get('names', { q: typed, kinds: shape.kinds.join(',') });
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
  input.addEventListener('keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.key === 'ArrowDown' && list.hidden) look();
    else if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape' && !list.hidden) open(false);
    else if (event.key === 'Enter' && !list.hidden && at >= 0) /** @type {any} */ (list.children[at]).choose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const set = (/** @type {string} */ word) => ((held = word), (input.value = word));
  return { node: element('div', { className: 'ref' }, input, list), control: input, value: () => held, set };
}

/** Rows that can be added, removed and moved. @param {any} desk @param {any} shape @param {any} value @param {{id: string, label: string}} named */
function list(desk, shape, value, { id, label }) {
  const before = isEmpty(value) ? [] : Array.isArray(value) ? value : [value];
  const body = element('div', { className: 'rows' });
  /** @type {any} */
  const held = { rows: [], isGroup: true };
  const changed = () => body.dispatchEvent(new Event('change', { bubbles: true }));
  const draw = () => body.replaceChildren(...held.rows.map((/** @type {any} */ row) => row.node));
  const add = (/** @type {any} */ inner, /** @type {number | null} */ origin) => {
    const number = ++count;
    const input = make(desk, shape.of, inner, { id: `${id}-${number}`, label, isRow: true });
    (input.control ?? input.node).setAttribute('aria-label', label);
    const row = { input, origin, node: element('div', { className: 'row' }) };
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
    row.node.append(input.node, element('span', { className: 'tools' }, tool('↑', 'up', up), tool('×', 'away', away)));
    held.rows.push(row);
    return row;
  };
  before.forEach((inner, origin) => add(inner, origin));
  const more = element(
    'button',
    {
      type: 'button',
      id,
      onclick: () => {
        const { input } = add(null, null);
        draw();
        (input.control ?? input.node.querySelector('input, select, textarea') ?? input.node).focus();
      },
    },
    `+ ${label}`,
  );
  draw();
  held.node = element('div', {}, body, more);
  held.value = () => held.rows.map((/** @type {any} */ row) => row.input.value()).filter((/** @type {any} */ inner) => !isEmpty(inner));
  return held;
}

/** A table of keys. @param {any} desk @param {any} shape @param {any} value */
function record(desk, shape, value) {
  // A word in the place of the table is its first key: a source by its id, a picture by its file.
  const given = value !== null && typeof value === 'object' ? value : isEmpty(value) ? {} : { [shape.fields[0].name]: value };
  const fields = shape.fields.map((/** @type {any} */ field) => new Field(desk, field, given[field.name]));
  const parts = Object.fromEntries(fields.map((/** @type {Field} */ field) => [field.name, field.input]));
  return group(element('div', { className: 'record' }, ...fields.map((/** @type {Field} */ field) => field.node)), parts);
}

/** A table that is folded while there is nothing in it. @param {any} desk @param {any} table */
function folded(desk, table) {
  const node = element('details', { open: !isEmpty(table.value()) }, element('summary', {}, desk.say('fill')), table.node);
  return { ...table, node };
}

/** A value in its plain form, or as a table of keys. @param {any} desk @param {any} shape @param {any} value @param {{id: string, label: string, isRow?: boolean}} named */
function either(desk, shape, value, named) {
  const [plain, table] = shape.of;
  const usesTable = table.is === 'record' && (plain.is !== 'number' || (value !== null && typeof value === 'object'));
  return make(desk, usesTable ? table : plain, value, named);
}
