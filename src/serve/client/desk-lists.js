// @ts-check
// The desk's lists: what is wrong, what was changed, and what would be published.

import { element, worded } from './desk-node.js';

/** Every finding, with its fixes as buttons. @param {any} desk @param {string | null} file */
export async function findings(desk, file) {
  const list = element('div', { className: 'found' });
  const dialog = desk.dialog(desk.say('findings'), list);
  const draw = async () => {
    const { list: all, errors, warnings } = await desk.get('findings');
    const shown = file ? all.filter((/** @type {any} */ finding) => finding.path === file) : all;
    const tally = Object.fromEntries(['error', 'warning', 'note'].map((severity) => [severity, shown.filter((/** @type {any} */ one) => one.severity === severity).length]));
    // Of very many, only the first are listed.
    if (!file) Object.assign(tally, { error: errors, warning: warnings });
    const counts = element('p', { role: 'status' }, shown.length ? desk.say('counts', tally) : desk.say('nothing-to-fix'));
    const codes = [...new Set(shown.map((/** @type {any} */ finding) => finding.code))];
    const groups = codes.map((code) => {
      const own = shown.filter((/** @type {any} */ finding) => finding.code === code);
      const all = own.filter((/** @type {any} */ finding) => finding.fix).length > 1;
      const button = element('button', { type: 'button', onclick: () => desk.settle({ do: 'fix-all', code }) }, desk.say('fix-all'));
      const heading = element('h3', {}, ...worded(own[0].about || code), ' ', element('small', {}, code));
      return element('section', {}, heading, all ? element('p', { className: 'tools' }, button) : '', ...own.map((/** @type {any} */ one) => finding(desk, one, true)));
    });
    list.replaceChildren(counts, ...groups);
  };
  // Forms that are opened from the list change it, too.
  const again = () => (dialog.isConnected ? draw() : document.removeEventListener('dossier:made', again));
  document.addEventListener('dossier:made', again);
  await draw();
  return dialog;
}

/** What is wrong. @param {any} desk @param {any} given @param {boolean} withButtons */
export function finding(desk, { code, severity, message, path, line, start, help, fix, choices }, withButtons) {
  const change = { do: 'fix', code, file: path, start };
  const button = (/** @type {string} */ words, /** @type {number | null} */ choice) =>
    element('button', { type: 'button', onclick: () => desk.settle({ ...change, choice }) }, ...worded(words));
  const isContent = path?.startsWith('content/');
  const place = isContent ? [element('button', { type: 'button', onclick: () => desk.factsOf(path) }, desk.say('open-facts'))] : [];
  const buttons = withButtons ? [...(fix ? [button(fix, null)] : []), ...choices.map(button), ...place] : [];
  return element(
    'article',
    { className: severity },
    element('p', {}, element('b', {}, desk.say(severity)), ' ', ...worded(message)),
    path ? element('small', {}, line ? `${path}:${line}` : path) : '',
    ...help.map((/** @type {string} */ words) => element('p', { className: 'help' }, ...worded(words))),
    buttons.length ? element('p', { className: 'tools' }, ...buttons) : '',
  );
}

/** What was changed, to undo it or do it again. @param {any} desk */
export async function changes(desk) {
  const list = element('ol', { className: 'choices' });
  const tools = element('p', { className: 'tools' });
  const said = element('p', { className: 'error', role: 'alert' });
  const button = (/** @type {string} */ name, /** @type {() => any} */ work) =>
    /** @type {HTMLButtonElement} */ (element('button', { type: 'button', onclick: work }, desk.say(name)));
  const time = new Intl.DateTimeFormat(desk.lang, { dateStyle: 'medium', timeStyle: 'short' });
  const draw = async () => {
    await desk.kinds();
    const past = await desk.get('past');
    const last = past.findLast((/** @type {any} */ one) => !one.undone);
    const next = past.find((/** @type {any} */ one) => one.undone);
    const act = async (/** @type {'undo' | 'redo'} */ what, /** @type {any} */ one) => {
      said.replaceChildren();
      const why = await desk.goBack(what);
      // The change that blocks all others can be left out.
      const leaveOut = () => desk.post('leave-out', one.number).then(() => (said.replaceChildren(), draw()));
      if (why) said.replaceChildren(...worded(desk.say('cannot', { why })), ' ', button('leave-out', leaveOut));
      else await draw();
    };
    const undo = button('undo', () => act('undo', last));
    const redo = button('redo', () => act('redo', next));
    undo.disabled = !last;
    redo.disabled = !next;
    tools.replaceChildren(undo, redo);
    const line = (/** @type {any} */ one) => {
      const files = one.files.length > 2 ? [...one.files.slice(0, 2), '…'] : one.files;
      const about = [one.time ? time.format(one.time) : '', files.join(', '), one.undone ? desk.say('is-undone') : ''].filter(Boolean).join(' · ');
      return element('li', {}, element('span', { className: one.undone ? 'undone' : '' }, desk.said(one)), element('small', {}, about));
    };
    list.replaceChildren(...past.reverse().map(line));
    if (past.length === 0) list.replaceChildren(element('li', {}, desk.say('nothing')));
  };
  desk.dialog(desk.say('changes'), tools, said, list);
  await draw();
}

/** Makes the website in a folder, or publishes it to a target of the settings, after showing what would be done. @param {any} desk */
export async function publish(desk) {
  /** @type {{name: string, address: string | null}[]} */
  const targets = await desk.get('targets');
  const said = element('pre', { className: 'said', tabIndex: 0 });
  said.setAttribute('role', 'status');
  said.setAttribute('aria-label', desk.say('publish'));
  const options = targets.map(({ name, address }) => element('option', { value: name }, address ? `${name}: ${address}` : name));
  // A target has a name, so the folder has none.
  const folder = element('option', { value: '' }, desk.say('into-folder'));
  const select = /** @type {HTMLSelectElement} */ (element('select', {}, folder, ...options));
  const about = element('p', {}, desk.say(targets.length === 0 ? 'no-target' : 'folder-about'));
  let isSure = false;
  // A dossier may be somebody else's: where it leads to is asked once.
  const asked = /** @type {HTMLButtonElement} */ (element('button', { type: 'button', hidden: true }));
  const send = async (/** @type {string} */ step, trust = '') => {
    const isAsked = step === 'roll-back' && !isSure && !trust;
    isSure = isAsked;
    if (isAsked) return void (said.textContent = desk.say('roll-back-sure'));
    said.textContent = desk.say('busy');
    asked.hidden = true;
    for (const button of buttons) button.disabled = true;
    let isReady = step === 'plan';
    try {
      const answer = await desk.post('publish', step === 'build' ? { step } : { step, target: select.value, ...(trust ? { trust } : {}) });
      const address = targets.find(({ name }) => name === select.value)?.address;
      const end = answer.done && step === 'publish' ? [desk.say('published'), address ?? ''] : [];
      said.textContent = [...answer.lines, ...end].join('\n');
      if (answer.asks) {
        asked.textContent = desk.say('is-right', { what: answer.asks });
        asked.onclick = () => send(step, answer.asks);
        asked.hidden = false;
      }
      isReady &&= answer.done;
    } catch (error) {
      said.textContent = error.message;
      isReady = false;
    }
    build.disabled = plan.disabled = back.disabled = false;
    publish.disabled = !isReady;
  };
  const button = (/** @type {string} */ name, /** @type {string} */ step) =>
    /** @type {HTMLButtonElement} */ (element('button', { type: 'button', onclick: () => send(step) }, desk.say(name)));
  const [build, plan] = [button('build', 'build'), button('plan', 'plan')];
  const [publish, back] = [button('publish', 'publish'), button('roll-back', 'roll-back')];
  const buttons = [build, plan, publish, back];
  build.className = publish.className = 'main';
  const choose = () => {
    build.hidden = select.value !== '';
    about.hidden = targets.length > 0 && build.hidden;
    plan.hidden = publish.hidden = back.hidden = !build.hidden;
    // First the plan, then the rest.
    publish.disabled = true;
    isSure = false;
    asked.hidden = true;
    said.textContent = '';
  };
  select.addEventListener('change', choose);
  select.value = targets[0]?.name ?? '';
  choose();
  desk.dialog(desk.say('publish'), element('label', {}, desk.say('target'), select), about, element('p', { className: 'tools' }, ...buttons), said, element('p', { className: 'tools' }, asked));
}
