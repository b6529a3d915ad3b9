// What the preview says beside the page: problems, what the page is made of, and links to the editor.
// It stands in a shadow tree of its own, so that neither the site's style nor its scripts know of it.

const SELECTED = 'p, h1, h2, h3, h4, h5, h6, pre, table, li, dt, dd, hr, figure, aside.embed, .math-display';
const FACTS = 'dt, dd, .facts > div, .relations > div';

const element = (name, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ''));
  return node;
};

const count = (number, word) => `${number} ${word}${number === 1 ? '' : 's'}`;

export class Panel {
  constructor({ headers, page, desk }) {
    this.headers = headers;
    this.at = page;
    this.own = [];
    this.found = { errors: 0, warnings: 0, list: [] };
    this.isStale = false;
    this.isConnected = true;
    this.editing = false;
    this.open = null;
    this.openedItself = false;
    this.dismissed = null;
    this.message = null;

    this.host = element('dossier-preview', { lang: 'en', dir: 'ltr' });
    const root = this.host.attachShadow({ mode: 'open' });
    const tool = (label, title, work) => {
      const button = element('button', { type: 'button', title, onclick: work }, label);
      return button;
    };
    // For its author the preview speaks Indonesian on Indonesian pages.
    const isIndonesian = desk && document.documentElement.lang.startsWith('id');
    this.say = (english, indonesian) => (isIndonesian ? indonesian : english);
    const { say } = this;
    this.tabs = {
      findings: tool(say('Problems', 'Masalah'), say('What is wrong with the dossier', 'Yang salah dalam dosier'), () => this.toggle('findings')),
      about: tool(say('This page', 'Halaman ini'), say('Its files, and what refers to it', 'Berkasnya, dan apa yang merujuk ke sini'), () => this.toggle('about')),
    };
    // An author edits on the page; a click with Alt opens the editor there, too.
    const edit = tool(
      'Open in editor',
      'Click something on the page to open its line in your editor; Alt-click works at any time',
      () => this.edit(true),
    );
    const close = tool(say('Close', 'Tutup'), say('Close this list (Escape)', 'Tutup daftar ini (Escape)'), () => this.toggle(null));
    close.className = 'close';
    // The desk is loaded when editing begins.
    const work = (labels, titles, act) =>
      tool(say(...labels), say(...titles), async () => (this.toggle(null), act(await this.desk())));
    const own = desk
      ? [
          work(['Facts', 'Fakta'], ['Edit the facts of this page', 'Sunting fakta halaman ini'], (desk) => desk.facts()),
          work(['New', 'Baru'], ['Add a claim, an actor, a source …', 'Tambahkan klaim, aktor, sumber …'], (desk) => desk.add()),
          work(['Text', 'Teks'], ['Edit the text, paragraph by paragraph', 'Sunting teks per paragraf'], (desk) => desk.texts()),
          work(['Mark', 'Tandai'], ['Mark words of this article', 'Tandai kata dalam artikel ini'], (desk) => desk.typed()),
          work(['Names', 'Nama'], ['Go through the names and figures of this article', 'Telusuri nama dan angka dalam artikel ini'], (desk) => desk.triage()),
          work(['Bring', 'Masukkan'], ['Bring tables, texts and other files', 'Masukkan tabel, teks, dan berkas lain'], (desk) => desk.bring()),
          work(['Fix', 'Perbaiki'], ['Go through what is wrong', 'Periksa yang perlu diperbaiki'], (desk) => desk.findings()),
          work(['Changes', 'Perubahan'], ['Undo and redo', 'Urungkan dan ulangi'], (desk) => desk.changes()),
          work(['Publish', 'Terbitkan'], ['Put the site online', 'Tayangkan situs'], (desk) => desk.publish()),
        ]
      : [];
    this.hasDesk = desk;
    if (desk) this.listen();
    // What was done on the page before is said on this one.
    if (desk && JSON.parse(sessionStorage.getItem('dossier-said') ?? 'null')?.until > Date.now()) this.desk();
    this.body = element('div', { className: 'body', tabIndex: 0 });
    this.sheet = element(
      'div',
      { className: 'sheet', hidden: true },
      element('div', { className: 'bar' }, ...own, this.tabs.findings, this.tabs.about, desk ? '' : edit, close),
      this.body,
    );
    this.pill = element('button', {
      type: 'button',
      className: 'pill',
      hidden: true,
      onclick: () => this.toggle(this.open ? null : 'findings'),
    });
    this.pill.setAttribute('aria-live', 'polite');
    this.mark = element('div', { className: 'mark', hidden: true });
    const frame = element('aside', {}, this.mark, this.sheet, this.pill);
    frame.setAttribute('aria-label', 'Preview');
    const style = element('link', { rel: 'stylesheet', href: '/_dossier/live.css' });
    style.onload = () => (this.pill.hidden = false);
    root.append(style, frame);
    // Beside the body: what is in it is the page's own.
    document.documentElement.append(this.host);

    this.body.addEventListener('click', (event) => this.act(event));
    document.addEventListener('click', (event) => this.clicked(event), true);
    document.addEventListener('keydown', (event) => this.key(event), true);
    document.addEventListener('mousemove', (event) => this.point(event), { passive: true });
    this.draw();
  }

  // ---- the desk ----

  desk() {
    this.opened ??= import('./desk.js').then(({ Desk }) => new Desk({ headers: this.headers, page: this.at }));
    return this.opened;
  }

  /** Words that are selected, a text that is clicked twice, and the keys for undoing. */
  listen() {
    const inText = (node) => (node instanceof Element ? node : node?.parentElement)?.closest('.prose');
    const isOurs = (event) => event.composedPath().some((node) => node.localName?.startsWith('dossier-'));
    let isWaiting = 0;
    document.addEventListener('selectionchange', () => {
      const selection = getSelection();
      const isChosen = selection && !selection.isCollapsed && inText(selection.anchorNode);
      clearTimeout(isWaiting);
      if (isChosen || this.opened) isWaiting = setTimeout(async () => (await this.desk()).selected(), 150);
    });
    document.addEventListener('dblclick', async (event) => {
      if (isOurs(event)) return;
      // A route's map is in its facts, where it takes stops.
      if (event.target.closest?.('figure')?.querySelector('svg') && location.pathname.includes('/routes/')) return (await this.desk()).facts();
      if (!inText(event.target) || event.target.closest('a')) return;
      getSelection()?.removeAllRanges();
      (await this.desk()).text(event.target);
    });
    document.addEventListener('dragover', (event) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    });
    document.addEventListener('drop', async (event) => {
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length === 0) return;
      // Else a browser opens the file in place of the page, and of the form that is open.
      event.preventDefault();
      if (!isOurs(event)) (await this.desk()).dropped(files, event.target);
    });
    document.addEventListener('keydown', async (event) => {
      const isTyping = event.composedPath()[0]?.matches?.('input, textarea, select, [contenteditable]');
      if (isTyping || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      (await this.desk()).back(key === 'y' || event.shiftKey ? 'redo' : 'undo');
    });
  }

  // ---- news ----

  connection(isConnected) {
    this.isConnected = isConnected;
    this.draw();
  }

  page({ stale }) {
    this.isStale = stale;
    if (this.open === 'about') this.about();
    this.draw();
  }

  files(paths) {
    this.own = paths;
    this.draw();
  }

  findings(findings) {
    this.found = findings;
    // An error in a file of the open page opens the list, unless the reader closed it; the list closes when the error is fixed.
    const fault = this.fault();
    if (fault && this.open === null && this.dismissed !== fault) {
      this.open = 'findings';
      this.openedItself = true;
    } else if (!fault) {
      if (this.openedItself) this.open = null;
      this.openedItself = false;
      this.dismissed = null;
    }
    this.draw();
  }

  /** The errors that the page suffers from: in its files, in the settings, in the theme. */
  fault() {
    const isHere = ({ path }) => !path?.startsWith('content/') || this.own.includes(path);
    const errors = this.found.list.filter((finding) => finding.severity === 'error' && isHere(finding));
    return errors.map(({ path, message }) => `${path} ${message}`).join('\n');
  }

  // ---- drawing ----

  toggle(what) {
    if (what === null) this.dismissed = this.fault();
    this.open = what;
    this.openedItself = false;
    if (what === 'about') this.about();
    this.draw();
  }

  draw() {
    const { errors, warnings } = this.found;
    const { say } = this;
    const counts = [
      errors && say(count(errors, 'error'), `${errors} galat`),
      warnings && say(count(warnings, 'warning'), `${warnings} peringatan`),
    ].filter(Boolean);
    const words = this.isConnected ? counts.join(', ') || say('Preview', 'Pratinjau') : say('Preview: stopped', 'Pratinjau: berhenti');
    this.pill.className = `pill ${this.isConnected ? (errors ? 'error' : warnings ? 'warning' : 'fine') : 'lost'}`;
    this.pill.textContent = this.editing ? 'Click what you want to open' : words;
    this.pill.setAttribute('aria-expanded', String(this.open !== null));
    this.sheet.hidden = this.open === null;
    for (const [what, tab] of Object.entries(this.tabs))
      tab.setAttribute('aria-pressed', String(this.open === what));
    if (this.open === null) return;
    const next = element('div', {}, ...(this.open === 'about' ? this.aboutNodes() : this.findingNodes()));
    // What stays the same keeps the focus and its place.
    if (next.innerHTML !== this.body.innerHTML) this.body.replaceChildren(...next.childNodes);
  }

  findingNodes() {
    const nodes = [];
    if (!this.isConnected)
      nodes.push(
        element(
          'p',
          { className: 'notice' },
          this.hasDesk
            ? this.say(
                'The program has stopped, or does not answer: nothing can be saved. Type dossier in the terminal again, and go on at the address that it shows.',
                'Program berhenti atau tidak menjawab: tidak ada yang dapat disimpan. Ketik lagi dossier di terminal, lalu lanjutkan di alamat yang tampil.',
              )
            : 'The preview does not answer. The page shows its last state, and updates when you restart the preview.',
        ),
      );
    if (this.isStale)
      nodes.push(
        element(
          'p',
          { className: 'notice' },
          'This is the last good version of this page. Its file has an error, so the page cannot be updated.',
        ),
      );
    if (this.message) nodes.push(element('p', { className: 'notice' }, this.message));
    const { list, errors, warnings } = this.found;
    const isHere = ({ path }) => this.own.includes(path);
    const ordered = [...list.filter(isHere), ...list.filter((finding) => !isHere(finding))];
    nodes.push(...ordered.map((finding) => this.finding(finding)));
    if (this.hasDesk && ordered.length > 0) {
      const fix = async () => (this.toggle(null), (await this.desk()).findings());
      nodes.unshift(element('p', {}, element('button', { type: 'button', onclick: fix }, this.say('Fix them here', 'Perbaiki di sini'))));
    }
    if (ordered.length === 0) nodes.push(element('p', {}, this.say('No problems.', 'Tidak ada masalah.')));
    const more = errors + warnings - list.length;
    if (more > 0) nodes.push(element('p', {}, `And ${more} more, which \`dossier check\` shows.`));
    return nodes;
  }

  finding({ severity, code, message, path, line, column, start, excerpt, label, help, fix, choices }) {
    const place = path && this.place(path, line, column, line ? `${path}:${line}:${column}` : path);
    const [before, words, after] = excerpt ?? [];
    const code_ =
      excerpt && element('pre', {}, element('code', {}, before, words && element('mark', {}, words), after));
    return element(
      'article',
      { className: severity },
      element('h2', {}, element('b', {}, severity), ' ', message, ' ', element('small', {}, code)),
      place ? element('p', { className: 'place' }, place) : null,
      code_ || null,
      label ? element('p', { className: 'label' }, label) : null,
      ...help.map((words) => element('p', { className: 'help' }, words)),
      fix && !this.hasDesk ? element('p', { className: 'help' }, `\`dossier check --fix\`: ${fix}`) : null,
      this.hasDesk ? this.fixes({ code, path, start, fix, choices }) : null,
    );
  }

  /** The fix of a finding and its choices, as buttons. */
  fixes({ code, path, start, fix, choices }) {
    const button = (words, choice) => {
      const make = async () => (await this.desk()).settle({ do: 'fix', code, file: path, start, choice });
      return element('button', { type: 'button', onclick: make }, words.replaceAll('`', ''));
    };
    const buttons = [...(fix ? [button(fix, null)] : []), ...choices.map(button)];
    return buttons.length > 0 ? element('p', {}, ...buttons) : null;
  }

  place(path, line, column, words) {
    const button = element(
      'button',
      { type: 'button', className: 'link', title: 'Open it in the editor' },
      words,
    );
    Object.assign(button.dataset, { path, line: line ?? 1, column: column ?? 1 });
    return button;
  }

  async about() {
    const response = await fetch(`/_dossier/about?page=${encodeURIComponent(this.at())}`, {
      headers: this.headers,
    });
    this.made = response.ok ? await response.json() : null;
    if (this.open === 'about') this.draw();
  }

  aboutNodes() {
    const made = this.made;
    if (!made) return [element('p', {}, 'This page is made from other files; it has none of its own.')];
    const files = made.files.map((path) => element('li', {}, this.place(path, 1, 1, path)));
    const ties = (list, total, title) => [
      element('h2', {}, `${title} (${total})`),
      element(
        'ul',
        {},
        ...list.map((tie) =>
          element(
            'li',
            {},
            element('a', { href: tie.address }, element('bdi', {}, tie.title)),
            element('small', {}, ` ${tie.kind} · ${tie.roles.join(', ')} · `),
            this.place(tie.path, tie.line, 1, `${tie.path.split('/').at(-1)}:${tie.line}`),
          ),
        ),
      ),
    ];
    return [
      element('h2', {}, 'Made from'),
      element('ul', {}, ...files),
      ...ties(made.uses, made.uses_total, 'Refers to'),
      ...ties(made.used_by, made.used_by_total, 'Referred to by'),
    ];
  }

  // ---- editing ----

  act(event) {
    const button = event.target.closest('button');
    if (!button?.dataset.path) return;
    const { path, line, column } = button.dataset;
    this.send({ path, line: Number(line), column: Number(column) });
  }

  edit(on) {
    this.editing = on;
    this.mark.hidden = true;
    if (on) this.open = null;
    this.draw();
  }

  key(event) {
    if (event.key !== 'Escape' || (!this.editing && !this.open)) return;
    if (this.editing) this.edit(false);
    else this.toggle(null);
  }

  clicked(event) {
    if (!(this.editing || event.altKey) || event.button !== 0 || event.composedPath().includes(this.host))
      return;
    const wanted = this.wanted(event.target);
    if (!wanted) return;
    event.preventDefault();
    event.stopPropagation();
    if (this.editing) this.edit(false);
    this.send(wanted);
  }

  point(event) {
    if (!this.editing) return;
    const target = event.composedPath().includes(this.host)
      ? null
      : (this.block(event.target) ?? event.target.closest?.(FACTS));
    this.mark.hidden = !target;
    if (!target) return;
    const box = target.getBoundingClientRect();
    const style = { left: box.left, top: box.top, width: box.width, height: box.height };
    for (const [name, value] of Object.entries(style)) this.mark.style.setProperty(name, `${value}px`);
  }

  /** The block of the text that a node is in. */
  block(node) {
    if (!node.closest?.('.prose')) return null;
    return node.closest('aside.embed, pre, table') ?? node.closest(SELECTED);
  }

  /** What the preview needs to know to find the line. */
  wanted(node) {
    const page = this.at();
    const text = (from) => from?.textContent.trim().replace(/\s+/g, ' ') ?? '';
    const block = this.block(node);
    if (block) {
      const inner = 'aside.embed *, pre *, table *, p.alert';
      const holds = (item) =>
        item.matches('li, dd') &&
        item.querySelector('p, pre, table, blockquote') &&
        !(item.firstChild?.nodeType === Node.TEXT_NODE && item.firstChild.data.trim());
      const blocks = [...block.closest('.prose').querySelectorAll(SELECTED)].filter(
        (item) => !item.matches(inner) && !holds(item),
      );
      return { page, block: Math.max(blocks.indexOf(block), 0), words: text(block).slice(0, 400) };
    }
    const row = node.closest('tbody tr');
    const part = node.closest('section, aside, figure, header, .chain > li');
    const named =
      part?.querySelector('[id^="part-"]')?.id.slice(5) ??
      (part?.id.startsWith('part-') ? part.id.slice(5) : null);
    if (row && named) return { page, fact: named, item: row.sectionRowIndex };
    const label = node.closest('dl > div')?.querySelector('dt');
    if (label && !node.closest('.corrections')) return { page, fact: text(label) };
    const key = [
      ['h1', 'title'],
      ['.standfirst', 'summary'],
      ['.aliases', 'aliases'],
      ['figure.picture', 'image'],
      ['.verdict', 'status'],
      ['.corrections', 'corrections'],
    ].find(([selector]) => node.closest(selector))?.[1];
    if (key) return { page, fact: key };
    if (part?.matches('.chain > li')) return { page, fact: text(part.querySelector('h2')) };
    if (named && named !== 'main') return { page, fact: named };
    return node.closest('main') && this.own.length > 0 ? { page, fact: 'title' } : null;
  }

  async send(wanted) {
    const headers = { ...this.headers, 'content-type': 'application/json' };
    const response = await fetch('/_dossier/open', { method: 'POST', headers, body: JSON.stringify(wanted) });
    const answer = response.ok ? await response.json() : { message: await response.text() };
    const place = answer.path ? `${answer.path}:${answer.line}:${answer.column}` : '';
    const event = new CustomEvent('dossier:open', { detail: answer, cancelable: true });
    if (document.dispatchEvent(event) && answer.href) location.href = answer.href;
    this.message = answer.message ? [place, answer.message].filter(Boolean).join(': ') : null;
    if (this.message) this.open = 'findings';
    this.draw();
  }
}
