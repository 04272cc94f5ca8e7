import path from 'node:path';

/** A file of the built extension. */
export interface BuiltFile {
  /** Path within it. */
  readonly file: string;
  readonly text: string;
}

/** What a page or script names without a condition; what it imports when it is needed stands in parentheses. */
const loadedAtOnce = /(?:\b(?:src|href)=|\b(?:from|import)\s*)["'`]([^"'`]+)["'`]/g;

/** A page or script with all that it loads at once, and what that loads in turn. */
export function loadedWith(entry: string, files: readonly BuiltFile[]): BuiltFile[] {
  const loaded = files.filter(({ file }) => path.basename(file) === entry);
  for (const { text } of loaded) {
    const named = [...text.matchAll(loadedAtOnce)].map(([, address]) => path.basename(address!));
    loaded.push(...files.filter((one) => !loaded.includes(one) && named.includes(path.basename(one.file))));
  }
  return loaded;
}
