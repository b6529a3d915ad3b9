// @ts-check
// Nodes of the desk and of the start page.

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

/** Words with code in them, which our messages have in backticks. @param {string} message */
export const worded = (message) =>
  message.split('`').map((part, at) => (at % 2 ? element('code', {}, part) : part));
