import { dataUrlMap } from './data-url.ts';
import { listFunctions } from './functions.ts';
import { mapFunctions } from './mapped.ts';
import { readMap } from './maps.ts';
import type { ReadScript, ScriptText } from './script.ts';

export function readScript({ text, module, map }: ScriptText): ReadScript {
  const functions = listFunctions(text, module === undefined ? {} : { module });
  if ('error' in functions) return unreadable(functions.error);
  if (!map) return { functions, mapped: null, problem: null };
  const json = 'json' in map ? map.json : dataUrlMap(map.dataUrl);
  const read = json === null ? { error: 'The source map in the script could not be read' } : readMap(json, map.url);
  if ('error' in read) return { functions, mapped: null, problem: read.error };
  return { functions, mapped: mapFunctions(functions, read), problem: null };
}

export function unreadable(problem: string): ReadScript {
  return { functions: null, mapped: null, problem };
}
