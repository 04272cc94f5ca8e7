import type { Outcome } from '../profile/model.ts';
import { sourceMatches } from '../sources/urls.ts';
import { CaptureError } from './errors.ts';
import type { TargetFunction } from './record.ts';
import type { Script } from './scripts.ts';
import type { PlaceTarget } from './target.ts';

/** A function as its source says it. */
export interface SourceFunction {
  readonly fn: TargetFunction;
  /** Behind its last character; 1-based. */
  readonly end: { readonly line: number; readonly column: number };
  /** With the names of the functions around it: `createStore › dispatch`. */
  readonly name: string;
  /** Of a call that leaves through a return. */
  readonly outcome: Outcome;
}

/**
 * The script that a place is in: of those of the same address the last one that was loaded, or in a document the one that
 * has the line. Throws a CaptureError where there is none.
 */
export function scriptOf(scripts: readonly Script[], { source, line }: PlaceTarget): Script {
  const named = scripts.filter(({ url }) => sourceMatches(url, source));
  const found = named.findLast(({ begin, endLine }) => begin.line <= line && line <= endLine);
  if (found) return found;
  const last = named.at(-1);
  if (last) throw new CaptureError({ code: 'no such line', source: last.url, line, lines: last.endLine });
  throw new CaptureError({ code: 'no script', source });
}

/** The function at a place. Throws a CaptureError where there is none. */
export async function functionAtPlace(script: Script, text: string, target: PlaceTarget): Promise<SourceFunction> {
  const { list, functionAt, describe } = await read(script, text);
  const index = functionAt(list, target.line, target.column, script.begin);
  if (index === null) throw new CaptureError({ code: 'no function there', target });
  return describe(index);
}

/** The function of the same name and kind in another version of a script, the nearest where there are several. */
export async function functionLike(like: SourceFunction, script: Script, text: string): Promise<SourceFunction | null> {
  const { list, describe } = await read(script, text);
  const alike = Array.from(list.start, (_, index) => describe(index)).filter(
    ({ name, fn }) => name === like.name && fn.kind === like.fn.kind,
  );
  const distance = ({ fn }: SourceFunction) => Math.abs(fn.line - like.fn.line);
  return alike.toSorted((a, b) => distance(a) - distance(b))[0] ?? null;
}

async function read(script: Script, text: string) {
  // The parser is large, and hardly ever needed.
  const { describeFunction, functionAt, listFunctions, ownName } = await import('../sources/functions.ts');
  const list = listFunctions(text, { module: script.isModule });
  if ('error' in list) throw new CaptureError({ code: 'unreadable script', source: script.url, message: list.error });
  const describe = (index: number): SourceFunction => {
    const { name, kind, async, generator, place, end } = describeFunction(list, index, script.begin);
    const words = [async && 'async', generator ? 'generator' : kind].filter(Boolean).join(' ');
    return {
      fn: { name: ownName(list, index), kind: words, url: script.url, line: place.line, column: place.column },
      end,
      name,
      outcome: async && !generator ? 'returned a promise' : 'returned',
    };
  };
  return { list, functionAt, describe };
}
