import type { PlaceTarget } from '../src/capture/target.ts';
import { harmless } from '../src/flamegraph/names.ts';
import { formatCount } from '../src/flamegraph/units.ts';
import type { Found } from '../src/sources/source-index.ts';
import { shortPath } from '../src/sources/urls.ts';
import { code, type Phrase, say } from './phrases.ts';
import { type Matches, mostFound, type Reading } from './source-search.ts';

/** Where it was written, for a list: `model/store.ts:88`, or the package that it is of. */
export function shortPlace(found: Found): string {
  if (found.package !== null) return harmless(found.package);
  const { original, file, place } = found;
  // A line of a script that nobody wrote may have all of its functions.
  return harmless(
    original ? `${lastFolder(file)}:${original.line}` : `${lastFolder(file)}:${place.line}:${place.column}`,
  );
}

/** `model/store.ts:88:12` */
export function wholePlace({ original, file, place }: Found): string {
  const { line, column } = original ?? place;
  return harmless(`${lastFolder(file)}:${line}:${column}`);
}

/** The cursor in the Sources panel. */
export function selectedPlace({ source, line, column = 1 }: PlaceTarget): string {
  return harmless(`${lastFolder(shortPath(source))}:${line}:${column}`);
}

/** The file with the folder that it is in. */
function lastFolder(file: string): string {
  return file.split('/').slice(-2).join('/');
}

/** Which function a place means, as far as it is known. */
export function placeWords({ found }: Matches, { isOn, total }: Reading): Phrase | null {
  const [first, ...others] = found;
  if (!first) return isOn || total === 0 ? null : say`No script that was read has a function there`;
  const words = say`${code(first.name)} · ${code(wholePlace(first))}`;
  return others.length === 0
    ? words
    : say`${words} · of ${formatCount(found.length, 'script')} with this place the last one loaded`;
}

/** What is to be said of the functions in the sources; null when there is nothing. */
export function sourcesWords({ found }: Matches, { isOn, read, total, problems, refusal }: Reading): string | null {
  const parts = [
    isOn && (total === 0 ? 'Listing the page’s scripts …' : `Reading scripts … ${read} of ${total}`),
    !isOn && read < total && `${read} of ${formatCount(total, 'script')} read`,
    found.length > mostFound && `the best ${mostFound} shown: type to find others`,
    problems.length > 0 && `${formatCount(problems.length, 'script')} not read in full`,
    refusal !== null && `The page’s scripts can’t be read now: ${harmless(refusal)}`,
  ].filter((part) => part !== false);
  const words = parts.join(' · ');
  return words === '' ? null : words[0]!.toUpperCase() + words.slice(1);
}
