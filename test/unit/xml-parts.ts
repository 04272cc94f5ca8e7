import { SaxesParser, type SaxesTagPlain } from 'saxes';

export interface Part {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly parts: Part[];
  text: string;
}

/** A document as a tree of elements; throws where it is not well-formed. */
export function parse(xml: string): Part {
  const top: Part = { name: '', attributes: {}, parts: [], text: '' };
  const path = [top];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }: SaxesTagPlain) => {
    const part = { name, attributes, parts: [], text: '' };
    path.at(-1)!.parts.push(part);
    path.push(part);
  });
  parser.on('closetag', () => {
    path.pop();
  });
  const addText = (text: string) => {
    path.at(-1)!.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return top.parts[0]!;
}

export function all(part: Part, name: string): Part[] {
  return part.parts.flatMap((child) => [...(child.name === name ? [child] : []), ...all(child, name)]);
}
