import type { Place } from '../src/sources/lines.ts';

/** A script of the page with its text. */
export interface PageScript {
  /** As call frames say it. */
  readonly url: string;
  readonly text: string;
  /** Of the text. */
  readonly hash: string;
  /** Where it begins in its document. */
  readonly begin: Place;
  /** As the script says it; empty where it does not. */
  readonly mapUrl: string;
}

/** The same text at another address is another script, though it is read once. */
export function idOf({ hash, url, begin }: PageScript): string {
  return `${hash} ${begin.line}:${begin.column} ${url}`;
}
