import { lineStartsOf, type Place, placeAt } from './lines.ts';

/** A script that is written in a document. */
export interface ScriptWithin {
  readonly text: string;
  /** Where it begins in the document, as V8 says it. */
  readonly begin: Place;
}

/** A start tag, whose attributes may hold brackets of their own; to an end, as the document may be made to keep us. */
const startTag = /<script\b(?:[^>"']|"[^"]*"|'[^']*'){0,2000}>/gi;
const endTag = /<\/script[\s/>]/gi;

/**
 * The scripts of an HTML document's text. What only looks like one, in a comment or in another script's string, may be among
 * them: no frame is of it.
 */
export function scriptsWithin(html: string): ScriptWithin[] {
  // The browser reads all line ends as one character.
  const document = html.replaceAll(/\r\n?/g, '\n');
  const lineStarts = lineStartsOf(document);
  const scripts: ScriptWithin[] = [];
  startTag.lastIndex = 0;
  while (startTag.test(document)) {
    const start = startTag.lastIndex;
    endTag.lastIndex = start;
    const end = endTag.exec(document)?.index ?? document.length;
    if (end > start) scripts.push({ text: document.slice(start, end), begin: placeAt(lineStarts, start) });
    startTag.lastIndex = end;
  }
  return scripts;
}
