// @ts-check
// What an author brings along: words from a clipboard become Markdown, a file becomes base64.

/** The Markdown of HTML from a clipboard: its words, headings, lists, emphasis and links. @param {Node} node @returns {string} */
function markdown(node) {
  if (node.nodeType === Node.TEXT_NODE) return (node.textContent ?? '').replace(/\s+/g, ' ').replace(/([*_[\]`])/g, '\\$1');
  if (!(node instanceof Element) || /^(STYLE|SCRIPT|DEL|O:P|META|TITLE)$/.test(node.tagName)) return '';
  if (node instanceof HTMLElement && (node.style.display === 'none' || node.hidden)) return '';
  const inner = [...node.childNodes].map(markdown).join('');
  const own = node instanceof HTMLElement ? node.style : { fontWeight: '', fontStyle: '' };
  const around = (/** @type {string} */ mark) => inner.replace(/^(\s*)(.*?)(\s*)$/s, (_, a, words, b) => (words ? a + mark + words + mark + b : a + b));
  switch (node.tagName) {
    case 'H1':
    case 'H2':
    case 'H3':
    case 'H4':
      return `\n\n${'#'.repeat(Math.max(2, Number(node.tagName[1])))} ${inner.trim()}\n\n`;
    case 'P':
    case 'DIV':
      // What begins like a list or a heading is a text here.
      return `\n\n${inner.trim().replace(/^(#{1,6} |[-+>] |-{3,}$)/gm, '\\$1').replace(/^(\d+)([.)] )/gm, '$1\\$2')}\n\n`;
    case 'TABLE': {
      const rows = [...node.querySelectorAll('tr')].map((row) =>
        [...row.children].map((cell) => [...cell.childNodes].map(markdown).join('').trim().replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|')),
      );
      const width = Math.max(0, ...rows.map((row) => row.length));
      if (width === 0) return '';
      const line = (/** @type {string[]} */ cells) => `| ${Array.from({ length: width }, (_, at) => cells[at] ?? '').join(' | ')} |`;
      const [head, ...rest] = rows;
      return `\n\n${[line(head), `|${' --- |'.repeat(width)}`, ...rest.map(line)].join('\n')}\n\n`;
    }
    case 'BR':
      return '\n';
    case 'LI':
      return `\n${node.parentElement?.tagName === 'OL' ? '1.' : '-'} ${inner.trim().replaceAll('\n', '\n  ')}`;
    case 'UL':
    case 'OL':
      return `\n\n${inner.trim()}\n\n`;
    case 'BLOCKQUOTE':
      return `\n\n${inner.trim().replace(/^/gm, '> ')}\n\n`;
    case 'A': {
      const address = node.getAttribute('href') ?? '';
      return /^https?:/.test(address) && inner.trim() ? `[${inner.trim()}](${address})` : inner;
    }
    case 'B':
    case 'STRONG':
      // Google Docs wraps all of what is copied in one of these.
      return own.fontWeight === 'normal' || node.id.startsWith('docs-internal') ? inner : around('**');
    case 'I':
    case 'EM':
      return around('*');
    case 'SPAN':
      if (Number(own.fontWeight) >= 600) return around('**');
      return own.fontStyle === 'italic' ? around('*') : inner;
    default:
      return inner;
  }
}

/** The Markdown of HTML from a clipboard. @param {string} html */
export function fromClipboard(html) {
  const words = markdown(new DOMParser().parseFromString(html, 'text/html').body);
  // Between blocks HTML may have space, which is no paragraph.
  return words.replace(/[ \t]+\n/g, '\n').replace(/\n{3,}/g, '\n\n').trim();
}

/** @param {File} file @returns {Promise<string>} */
export function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
