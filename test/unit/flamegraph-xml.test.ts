import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { xmlElement, xmlText, xmlVerbatim } from '../../src/flamegraph/xml.ts';
import { hostileNames } from './trees.ts';

function read(xml: string): { text: string; attribute: string | undefined; elements: string[] } {
  const elements: string[] = [];
  let text = '';
  let attribute: string | undefined;
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    elements.push(name);
    attribute ??= attributes.a;
  });
  parser.on('text', (piece) => {
    text += piece;
  });
  parser.on('cdata', (piece) => {
    text += piece;
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return { text, attribute, elements };
}

const anyText = fc.oneof(fc.constantFrom(...hostileNames), fc.string({ unit: 'binary' }));
/** What XML can say of a text; parsers turn line ends into `\n`. */
const speakable = (text: string) =>
  text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd').replaceAll(/\r\n?/g, '\n');

test('any text is well-formed as content and as attribute, and reads back', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { text: back, attribute, elements } = read(xmlElement('e', { a: text }, xmlText(text)));
      expect(elements).toEqual(['e']);
      expect(back).toBe(speakable(text));
      expect(attribute).toBe(speakable(text).replaceAll(/[\t\n]/g, ' '));
    }),
  );
});

test('code stands in a file as it is, whatever closes in it', () => {
  const code = 'if (a[b[0]]>1 && "<script>") x = "]]>";';
  expect(read(xmlElement('script', {}, xmlVerbatim(code))).text).toBe(code);
});

test('attributes that are undefined are not written', () => {
  expect(xmlElement('rect', { x: 1, y: undefined })).toBe('<rect x="1"/>');
});

test.each([...'&<>"\'', '\u0000', '\ufffe', '\ud800', ...'aZ 0=;%(~µ·\u2028日'])(
  '%j is written by itself as among others',
  (character) => {
    const among = xmlText(`<${character}>`).slice('&lt;'.length, -'&gt;'.length);
    expect(xmlText(character)).toBe(among);
    expect(xmlElement('e', { a: character })).toBe(`<e a="${among}"/>`);
  },
);
