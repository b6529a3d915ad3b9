// @ts-check
// Maps of the world in forms: a place is chosen on one, a route gets its stops on another.

import { element } from './desk-node.js';

const SVG = 'http://www.w3.org/2000/svg';

/** How near a click must be to a place to mean it, in pixels. */
const NEAR = 14;

/** @param {string} name @param {Record<string, any>} attributes */
function draw(name, attributes) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}

/** The drawing counts in tenths of a degree, to the east and to the south. @param {number[]} at */
const onMap = ([lat, lon]) => [lon * 10, -lat * 10];

/**
 * A map that is moved by keys and buttons. `chosen` gets the point of a click, or of the cross in the middle, with the
 * number of decimals that the scale allows, and how many degrees are near.
 * @param {any} desk @param {(at: number[], digits: number, near: number) => void} chosen
 */
function world(desk, chosen) {
  const view = { x: 100, y: -200, width: 3600 };
  const svg = /** @type {SVGSVGElement} */ (draw('svg', { role: 'application', tabindex: 0, 'aria-label': desk.say('map-keys') }));
  const layer = draw('g', {});
  const cross = draw('path', { class: 'cross' });
  svg.append(draw('image', { href: '/_dossier/world.svg', x: -1800, y: -900, width: 3600, height: 1800, preserveAspectRatio: 'none' }), layer, cross);
  let drawn = () => {};
  const show = () => {
    view.width = Math.min(3600, Math.max(4, view.width));
    const height = view.width / 2;
    view.x = Math.min(1800, Math.max(-1800, view.x));
    view.y = Math.min(900, Math.max(-900, view.y));
    svg.setAttribute('viewBox', `${view.x - view.width / 2} ${view.y - height / 2} ${view.width} ${height}`);
    const size = view.width / 60;
    cross.setAttribute('d', `M${view.x - size} ${view.y}h${2 * size}M${view.x} ${view.y - size}v${2 * size}`);
    drawn();
  };
  const choose = (/** @type {number} */ x, /** @type {number} */ y) => {
    const digits = Math.max(1, Math.min(4, Math.round(Math.log10(9000 / view.width))));
    const near = (NEAR * view.width) / 10 / (svg.getBoundingClientRect().width || 600);
    chosen([Math.max(-90, Math.min(90, -y / 10)), ((((x / 10 + 180) % 360) + 360) % 360) - 180], digits, near);
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
  const tools = element('p', { className: 'tools' }, button('+', 'nearer', '+'), button('−', 'farther', '-'), button(desk.say('take-cross'), 'take-cross', 'Enter'));
  /** Shows all of these points. @param {number[][]} points */
  const fit = (points) => {
    if (points.length === 0) return show();
    const [xs, ys] = [0, 1].map((part) => points.map((point) => onMap(point)[part]));
    const span = (/** @type {number[]} */ values) => Math.max(...values) - Math.min(...values);
    const middle = (/** @type {number[]} */ values) => (Math.max(...values) + Math.min(...values)) / 2;
    Object.assign(view, { x: middle(xs), y: middle(ys), width: Math.max(300, span(xs) * 1.4, span(ys) * 2.8) });
    show();
  };
  /** Draws again whenever the scale changes. @param {() => Element[]} nodes */
  const draws = (nodes) => (drawn = () => layer.replaceChildren(...nodes()));
  return { node: element('div', { className: 'atlas' }, svg, tools), view, fit, show, draws };
}

/**
 * A map on which a place is chosen.
 * @param {any} desk @param {any} at @param {(lat: number, lon: number, digits: number) => void} chosen
 */
export function atlas(desk, at, chosen) {
  const given = Array.isArray(at) ? at.map(Number) : [];
  let place = given.every(Number.isFinite) ? given : [];
  const map = world(desk, (point, digits) => {
    place = point;
    map.show();
    chosen(point[0], point[1], digits);
  });
  map.draws(() => {
    if (place.length === 0) return [];
    const [cx, cy] = onMap(place);
    return [draw('circle', { class: 'place', cx, cy, r: map.view.width / 120 })];
  });
  map.fit(place.length ? [place] : []);
  return map.node;
}

/**
 * The map of a route, beside its legs: a click, or a name, adds a stop.
 * @param {any} desk @param {any} legs the rows of the form @param {() => void} changed @param {any} byName an input for a place
 */
export function stops(desk, legs, changed, byName) {
  /** @type {{id: string, title: string, at: number[] | null}[]} */
  let spots = [];
  /** The lines that are known, by their ends and their means. @type {Map<string, any>} */
  const lines = new Map();
  let current = -1;
  /** The leg whose distance is said below the map. */
  let added = -1;
  const said = element('p', { className: 'meaning', role: 'status' });
  /** @returns {any[]} */
  const values = () => legs.rows.map((/** @type {any} */ { input: { parts } }) => ({ from: parts.from.value(), to: parts.to.value(), mode: parts.mode.value(), path: parts.path?.value() ?? '' }));
  const spot = (/** @type {string} */ id) => spots.find((spot) => spot.id === id);
  const title = (/** @type {string} */ id) => spot(id)?.title ?? (id || '…');
  const key = (/** @type {any} */ { from, to, mode }) => `${from} ${to} ${mode}`;

  /** How far it is, in words. @param {any} leg */
  const distance = (leg) => {
    const line = lines.get(key(leg));
    // The line of a path of its own is on the page.
    if (!line || leg.path) return '';
    // Rounded as on the page.
    const rounded = (/** @type {number} */ km) => (km < 10 ? Math.round(km * 10) / 10 : km < 1000 ? Math.round(km) : Math.round(km / 10) * 10);
    const km = (/** @type {number} */ km) => new Intl.NumberFormat(desk.lang, { style: 'unit', unit: 'kilometer', maximumFractionDigits: 1 }).format(rounded(km));
    return line.km > line.direct_km * 1.01 ? desk.say('by-water', { km: km(line.km), direct: km(line.direct_km) }) : km(line.km);
  };
  const words = (/** @type {any} */ leg, /** @type {number} */ at) => [`${at + 1}. ${title(leg.from)} → ${title(leg.to)}`, distance(leg)].filter(Boolean).join(' · ');

  const map = world(desk, (point, digits, near) => {
    // Degrees of longitude are shorter away from the equator, but the map is not.
    const far = (/** @type {any} */ { at }) => (at ? Math.hypot(at[0] - point[0], at[1] - point[1]) : Infinity);
    const nearest = spots.filter((spot) => far(spot) <= near).sort((a, b) => far(a) - far(b))[0];
    if (nearest) return add(nearest.id);
    const coordinates = point.map((degrees) => degrees.toFixed(digits));
    desk.create('place', null, '', (/** @type {any} */ made) => look().then(() => add(made.id)), { coordinates });
  });
  map.draws(() => {
    const unit = map.view.width / 120;
    const ways = values().flatMap((/** @type {any} */ leg, /** @type {number} */ at) => {
      const ends = [spot(leg.from)?.at, spot(leg.to)?.at];
      if (!ends[0] || !ends[1]) return [];
      const points = (!leg.path && lines.get(key(leg))?.points) || ends;
      const d = [-3600, 0, 3600].map((shift) => `M${points.map((/** @type {number[]} */ point) => `${onMap(point)[0] + shift} ${onMap(point)[1]}`).join('L')}`).join('');
      const way = draw('path', { class: at === current ? 'way current' : 'way', d });
      way.addEventListener('click', (event) => {
        event.stopPropagation();
        legs.rows[at].input.node.querySelector('input, select')?.focus();
      });
      return [way];
    });
    const used = new Set(values().flatMap(({ from, to }) => [from, to]));
    const dots = spots.flatMap(({ id, title, at }) => {
      if (!at) return [];
      const [cx, cy] = onMap(at);
      const dot = draw('circle', { class: used.has(id) ? 'place' : 'place other', cx, cy, r: used.has(id) ? unit : unit * 0.7 });
      const name = draw('title', {});
      name.textContent = title;
      dot.append(name);
      if (!used.has(id)) return [dot];
      const label = draw('text', { x: cx + unit * 1.6, y: cy - unit, 'font-size': unit * 3 });
      label.textContent = title;
      return [dot, label];
    });
    return [...ways, ...dots];
  });

  const show = () => {
    values().forEach((leg, at) => (legs.rows[at].head.textContent = words(leg, at)));
    const leg = values()[added];
    const news = !leg ? '' : leg.to ? words(leg, added) : desk.say('first-stop', { of: title(leg.from) });
    if (said.textContent !== news) said.textContent = news;
    map.show();
  };
  /** Asks for the lines that are not known yet. */
  const measure = async () => {
    show();
    const missing = values().filter((leg) => leg.from && leg.to && !lines.has(key(leg)));
    for (const { from, to, mode } of missing) lines.set(key({ from, to, mode }), await desk.get('leg', { from, to, mode: mode ?? '' }).catch(() => null));
    if (missing.length) show();
  };
  const look = async () => {
    spots = await desk.get('spots').catch(() => []);
    return measure();
  };
  /** Adds a stop: the end of the last leg, or of a new one. @param {string} id */
  const add = async (id) => {
    const last = legs.rows.at(-1);
    const ends = values().at(-1);
    if (last && !ends?.from) last.input.parts.from.set(id);
    else if (last && !ends?.to) last.input.parts.to.set(id);
    else legs.more(last ? { from: ends?.to, to: id } : { from: id });
    const row = legs.rows.at(-1);
    row.isMeant = true;
    current = added = legs.rows.length - 1;
    changed();
    await measure();
    fit();
  };

  byName.node.addEventListener('change', () => {
    const id = byName.value();
    const isNew = id && !spot(id);
    byName.set('');
    // One that was just made, or only words.
    if (isNew) look().then(() => spot(id) && add(id));
    else if (id) add(id);
  });
  for (const type of ['change', 'input']) legs.body.addEventListener(type, measure);
  legs.body.addEventListener('focusin', (/** @type {FocusEvent} */ event) => {
    const at = legs.rows.findIndex((/** @type {any} */ { node }) => node.contains(event.target));
    if (at !== current) (current = at), map.show();
  });
  /** Shows the whole way. */
  const fit = () => map.fit(values().flatMap(({ from, to }) => [spot(from)?.at ?? [], spot(to)?.at ?? []]).filter((at) => at.length));
  look().then(fit);
  const label = element('label', {}, element('span', { className: 'label' }, desk.say('add-stop')), byName.node);
  return element('div', { className: 'stops' }, element('p', { className: 'help' }, desk.say('stops-about')), map.node, said, label);
}
