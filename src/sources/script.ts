/** A script as it is added, and what reading it gives: what travels between threads, so plain data throughout. */
import type { FunctionList } from './functions.ts';
import type { Place } from './lines.ts';
import type { MappedFunctions } from './mapped.ts';

/** Where a script is; `id` is the browser's, new with every load. */
export interface ScriptInfo {
  readonly id: string;
  readonly url: string;
  /** Where it begins in its document: 1:1 but for the inline scripts of a page. */
  readonly begin: Place;
  /** Of the text, as the browser gives it: what has been read once is known by it. */
  readonly hash: string;
}

export interface ScriptText {
  readonly text: string;
  /** Left out, both are tried. */
  readonly module?: boolean;
  readonly map?: MapText;
}

/** A source map, or the `data:` address that holds it; `url` is what its sources are relative to. */
export type MapText = ({ readonly json: string } | { readonly dataUrl: string }) & { readonly url: string };

/** What is known of a text. A script with a broken map is as good as one without. */
export interface ReadScript {
  readonly functions: FunctionList | null;
  readonly mapped: MappedFunctions | null;
  /** Why there are no functions, or why they are seen without their map, in words. */
  readonly problem: string | null;
}
