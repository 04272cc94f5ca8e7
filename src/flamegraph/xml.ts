declare const wellFormed: unique symbol;
/** Well-formed XML content: what must be escaped is escaped already. Only this module makes it. */
export type Xml = string & { readonly [wellFormed]: true };

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** XML 1.0 has no way to write these, not even as a reference; nor can UTF-8 hold half a surrogate pair. */
const unspeakable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/** What nearly all texts are made of alone, which stands as it is. */
const plain = /^[\t\n\r !#-%(-;=?-\ud7ff]*$/;

/** Any text as XML content or attribute value. */
export function xmlText(text: string): Xml {
  if (plain.test(text)) return text as Xml;
  return text.replaceAll(unspeakable, '\ufffd').replaceAll(/[&<>"']/g, (character) => entities[character]!) as Xml;
}

/** Attributes that are undefined are left out; numbers are written in full, so round them first. */
export type XmlAttributes = Readonly<Record<string, string | number | undefined>>;

/** The tag that begins an element. Names of elements and attributes are the program's own, never data. */
export function xmlOpen(name: string, attributes: XmlAttributes): string {
  let written = '';
  for (const attribute in attributes) {
    const value = attributes[attribute];
    if (value === undefined) continue;
    written += ` ${attribute}="${typeof value === 'number' ? value : xmlText(value)}"`;
  }
  return `<${name}${written}>`;
}

/** One element. */
export function xmlElement(name: string, attributes: XmlAttributes, ...children: readonly Xml[]): Xml {
  const open = xmlOpen(name, attributes);
  const content = children.join('');
  return (content === '' ? `${open.slice(0, -1)}/>` : `${open}${content}</${name}>`) as Xml;
}

/** Code or style sheets of the program's own, as they are. */
export function xmlVerbatim(code: string): Xml {
  return `<![CDATA[${code.replaceAll(']]>', ']]]]><![CDATA[>')}]]>` as Xml;
}
