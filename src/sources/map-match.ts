import { fileOf } from './urls.ts';

/** A file that the user gave as a source map. */
export interface MapFile {
  readonly name: string;
  readonly json: string;
}

export interface Mappable {
  readonly url: string;
  /** As the script says it; empty where it does not. */
  readonly mapUrl: string;
}

/**
 * The scripts that a map may be of: those that ask for a map of its name, else those that it would be named after, else those
 * of the name that it says itself. One is an answer, several or none are a question for the user.
 */
export function scriptsOfMap<Script extends Mappable>(map: MapFile, scripts: readonly Script[]): Script[] {
  const says = fileOf(fileSaid(map.json));
  const tests: readonly ((script: Script) => boolean)[] = [
    ({ mapUrl }) => !mapUrl.startsWith('data:') && fileOf(mapUrl) === map.name,
    ({ url }) => `${fileOf(url)}.map` === map.name,
    ({ url }) => says !== '' && fileOf(url) === says,
  ];
  for (const fits of tests) {
    const found = scripts.filter(fits);
    if (found.length > 0) return found;
  }
  return [];
}

/** The map's `file`, without reading megabytes of JSON for it: within a string of JSON, no bare quote can stand around it. */
function fileSaid(json: string): string {
  return /"file"\s*:\s*"([^"\\]*)"/.exec(json)?.[1] ?? '';
}

/** Whether a file may be a source map at all: maps are objects of JSON, perhaps after a line that keeps them from running. */
export function looksLikeMap(text: string): boolean {
  return /^(?:\)\]\}'[^\n]*\n)?\s*\{/.test(text);
}
