/** The palettes of Brendan Gregg's FlameGraph: a name has the very colour here that it has there. */
export const classicPalettes = [
  'hot',
  'mem',
  'io',
  'wakeup',
  'chain',
  'java',
  'js',
  'perl',
  'red',
  'green',
  'blue',
  'aqua',
  'yellow',
  'purple',
  'orange',
] as const;
export type ClassicPalette = (typeof classicPalettes)[number];

/** As `#rrggbb`. */
export function classicColor(palette: ClassicPalette, name: string): string {
  return `#${hues[hueOf(palette, name)](chance(name))
    .map((byte) => Math.trunc(byte).toString(16).padStart(2, '0'))
    .join('')}`;
}

/** Red, green and blue by a chance from 0 to 1. */
const hues = {
  hot: (v) => [205 + part(50, v), part(230, v), part(55, v)],
  mem: (v) => [0, 190 + part(50, v), part(210, v)],
  io: (v) => [80 + part(60, v), 80 + part(60, v), 190 + part(55, v)],
  red: (v) => [200 + part(55, v), 50 + part(80, v), 50 + part(80, v)],
  green: (v) => [50 + part(60, v), 200 + part(55, v), 50 + part(60, v)],
  blue: (v) => [80 + part(60, v), 80 + part(60, v), 205 + part(50, v)],
  yellow: (v) => [175 + part(55, v), 175 + part(55, v), 50 + part(20, v)],
  purple: (v) => [190 + part(65, v), 80 + part(60, v), 190 + part(65, v)],
  aqua: (v) => [50 + part(60, v), 165 + part(55, v), 165 + part(55, v)],
  orange: (v) => [190 + part(65, v), 90 + part(65, v), 0],
} satisfies Record<string, (v: number) => readonly number[]>;
type Hue = keyof typeof hues;

function part(of: number, v: number): number {
  return Math.trunc(of * v);
}

/** Some palettes go by what a name tells of its kind, in the suffixes and separators that profilers write. */
function hueOf(palette: ClassicPalette, name: string): Hue {
  switch (palette) {
    case 'wakeup':
      return 'aqua';
    case 'chain':
      return name.includes('_[w]') ? 'aqua' : 'blue';
    case 'java':
      if (/_\[j\]$/.test(name)) return 'green';
      if (/_\[i\]$/.test(name)) return 'aqua';
      if (/^L?(java|javax|jdk|net|org|com|io|sun)\//.test(name) || name.includes(':::')) return 'green';
      if (name.includes('::')) return 'yellow';
      return /_\[k\]$/.test(name) ? 'orange' : 'red';
    case 'perl':
      if (name.includes('::')) return 'yellow';
      if (/Perl|\.pl/.test(name)) return 'green';
      return /_\[k\]$/.test(name) ? 'orange' : 'red';
    case 'js':
      if (/_\[j\]$/.test(name)) return name.includes('/') ? 'green' : 'aqua';
      if (name.includes('::')) return 'yellow';
      if (/\/.*\.js/.test(name)) return 'green';
      if (name.includes(':')) return 'aqua';
      if (/^[^ ]* [^ ]*$/.test(name)) return 'green';
      return name.includes('_[k]') ? 'orange' : 'red';
    default:
      return palette;
  }
}

/** The first number that Perl draws, seeded with the sum of the name's code points: its drand48. */
function chance(name: string): number {
  const seed = [...name].reduce((sum, character) => sum + character.codePointAt(0)!, 0);
  const first = (BigInt(seed) << 16n) + 0x330en;
  return Number(BigInt.asUintN(48, first * 0x5deece66dn + 0xbn)) / 2 ** 48;
}
