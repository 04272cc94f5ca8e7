/** What files of a format are called: in a sentence (it can be opened if it is …), and by the ends of their names. */
interface Naming {
  readonly words: string;
  readonly extensions: readonly string[];
}

/** The formats that can be opened; how each is known and read is in `readers.ts`. */
export const openable = {
  cpuprofile: {
    words: 'a .cpuprofile file, as DevTools and Node write them',
    extensions: ['.cpuprofile', '.cpuprofile.gz'],
  },
  svg: { words: 'an SVG file that Flambe has exported', extensions: ['.svg'] },
} as const satisfies Readonly<Record<string, Naming>>;

export type FormatName = keyof typeof openable;

const namings: readonly Naming[] = Object.values(openable);

/** What can be opened, in words. */
export const openableWords = namings.map(({ words }) => words).join(', or ');

/** For a file input. A name with two dots counts by what is behind the last one there. */
export const acceptedFiles = [...namings.flatMap(({ extensions }) => extensions), '.gz'].join(',');

/** Whether a file is meant to be opened as a profile, as far as its name tells. */
export function isNamedAsProfile(name: string): boolean {
  return namings.some(({ extensions }) => extensions.some((extension) => name.toLowerCase().endsWith(extension)));
}
