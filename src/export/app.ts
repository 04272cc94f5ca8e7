import { type Xml, type XmlAttributes, xmlElement, xmlText } from '../flamegraph/xml.ts';

const keyWords = [
  ['↑ ↓ ← →', 'move'],
  ['Enter', 'zoom to the box'],
  ['Esc', 'one zoom back'],
  ['/, Ctrl+F', 'search'],
  ['n, N, F3', 'next match, the one before'],
  ['i, f', 'root on top, at the bottom'],
  ['?', 'this list'],
] as const;

/**
 * What stands around the live graph, kept where nothing is drawn until the runtime takes it out and finds its parts by
 * `data-part`. It can't wait in a `foreignObject`, with which browsers let nobody read an image's pixels; a `desc` may hold
 * HTML as well. In a page of HTML an empty element that closes itself would stay open, so none is empty.
 */
export function fileApp([head, ...lines]: readonly string[]): Xml {
  const nothing = xmlText(' ');
  return xmlElement(
    'desc',
    {},
    xmlElement(
      'div',
      { xmlns: 'http://www.w3.org/1999/xhtml', class: 'flambe-app', role: 'main', 'data-part': 'main' },
      xmlElement('h1', {}, xmlText(head!)),
      ...lines.map((line) => xmlElement('p', { class: 'facts' }, xmlText(line))),
      xmlElement(
        'div',
        { class: 'bar' },
        xmlElement('input', {
          type: 'search',
          'data-part': 'search',
          'aria-label': 'Search frames',
          placeholder: 'Search frames',
          title: 'Names and addresses (/ or Ctrl+F). Enter and Shift+Enter step through the matches',
          spellcheck: 'false',
          autocomplete: 'off',
        }),
        button('case', 'Match case', 'Aa', { 'aria-pressed': 'false' }),
        button('pattern', 'Regular expression', '.*', { 'aria-pressed': 'true' }),
        button('before', 'Match before', '‹'),
        button('next', 'Next match', '›'),
        xmlElement('output', { role: 'status', 'data-part': 'matched' }, nothing),
        button('reset', 'Reset zoom', 'Reset zoom', { hidden: '' }),
        button('flame', 'Flame graph', 'Flame graph', { 'aria-pressed': 'false' }),
        button('keys', 'Keys', '?', { 'aria-expanded': 'false' }),
      ),
      xmlElement(
        'dl',
        { 'data-part': 'help', hidden: '' },
        ...keyWords.map(([key, words]) =>
          xmlElement('div', {}, xmlElement('dt', {}, xmlText(key)), xmlElement('dd', {}, xmlText(words))),
        ),
      ),
      xmlElement('div', { class: 'host', 'data-part': 'host' }, nothing),
      xmlElement('p', { class: 'details', 'data-part': 'details' }, nothing),
    ),
  );
}

function button(part: string, name: string, text: string, attributes: XmlAttributes = {}): Xml {
  const own = { type: 'button', 'data-part': part, title: name, 'aria-label': name };
  return xmlElement('button', { ...own, ...attributes }, xmlText(text));
}
