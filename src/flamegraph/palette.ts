import { type FrameIndex, FrameKind, type FrameTable } from '../profile/model.ts';
import { type ClassicPalette, classicColor, classicPalettes } from './classic-palettes.ts';
import { type Color, type Paint, toColor } from './color.ts';
import { shareOf } from './units.ts';

export const palettes = ['source', 'self time', 'color-blind', ...classicPalettes] as const;
export type PaletteName = (typeof palettes)[number];

/** A paint remembers the colours of frames: it is for one tree, and for those whose frames are numbered as in it. */
export function paintBy(palette: PaletteName): Paint {
  if (palette === 'self time') return ({ tree, whole }, node) => toColor(heat(shareOf(tree.self[node]!, whole)));
  const colorOf = frameColors[palette] ?? classicColors(palette as ClassicPalette);
  const hues = new Map<string, Hue>();
  const hueOfScript = (url: string) => {
    let hue = hues.get(url);
    if (hue === undefined) {
      hue = hueIn(families[FrameKind.script], hash(url));
      hues.set(url, hue);
    }
    return hue;
  };
  let known: FrameTable | null = null;
  let colors: Color[] = [];
  const paint: Paint = ({ tree: { frames, frame: frameOf } }, node) => {
    if (frames !== known) [known, colors] = [frames, new Array(frames.name.length)];
    const frame = frameOf[node]!;
    colors[frame] ??= colorOf(frames, frame, hueOfScript);
    return colors[frame];
  };
  return Object.assign(paint, { isOfFrames: true });
}

/** Many frames share an address, so its hue is asked for. */
type FrameColor = (frames: FrameTable, frame: FrameIndex, hueOfScript: (url: string) => Hue) => Color;

const frameColors: Partial<Record<PaletteName, FrameColor>> = { source: sourceColor, 'color-blind': safeColor };

function classicColors(palette: ClassicPalette): FrameColor {
  return (frames, frame) => toColor(classicColor(palette, frames.name[frame]!));
}

interface Range {
  readonly from: number;
  readonly to: number;
}
/** Ranges of OKLCH: perceived lightness 0 to 1, chroma, hue in degrees. */
interface Family {
  readonly lightness: Range;
  readonly chroma: Range;
  readonly hue: Range;
}

const families: Record<FrameKind, Family> = {
  [FrameKind.script]: {
    lightness: { from: 0.8, to: 0.89 },
    chroma: { from: 0.085, to: 0.14 },
    hue: { from: 35, to: 90 },
  },
  [FrameKind.native]: {
    lightness: { from: 0.8, to: 0.88 },
    chroma: { from: 0.06, to: 0.1 },
    hue: { from: 155, to: 190 },
  },
  [FrameKind.browser]: {
    lightness: { from: 0.76, to: 0.84 },
    chroma: { from: 0.06, to: 0.1 },
    hue: { from: 255, to: 300 },
  },
  [FrameKind.engine]: {
    lightness: { from: 0.8, to: 0.86 },
    chroma: { from: 0, to: 0.004 },
    hue: { from: 260, to: 260 },
  },
  [FrameKind.group]: {
    lightness: { from: 0.84, to: 0.9 },
    chroma: { from: 0.02, to: 0.03 },
    hue: { from: 60, to: 90 },
  },
  [FrameKind.notSampled]: { lightness: { from: 0.88, to: 0.88 }, chroma: { from: 0, to: 0 }, hue: { from: 0, to: 0 } },
};

/**
 * Light enough for dark labels, and the same for the same function in every graph. Warm hues are the page's scripts (one
 * hue a script, one shade a function), green is native code, blue and violet the browser's work, grey the engine.
 */
function sourceColor(frames: FrameTable, frame: FrameIndex, hueOfScript: (url: string) => Hue): Color {
  const kind = frames.kind[frame] as FrameKind;
  const family = families[kind];
  const name = hash(frames.name[frame]!);
  const hue = kind === FrameKind.script ? hueOfScript(frames.url[frame]!) : hueIn(family, name);
  const lightness = within(family.lightness, (name & 0xff) / 0xff);
  const chroma = within(family.chroma, ((name >>> 8) & 0xff) / 0xff);
  return { fill: oklchToHex(lightness, chroma, hue), isPale: true };
}

function hueIn({ hue }: Family, hash: number): Hue {
  return toHue(within(hue, ((hash >>> 16) & 0xff) / 0xff));
}

/** Colours of Okabe and Ito, which eyes of all kinds tell apart: one a script, and one for each kind of other frames. */
function safeColor(frames: FrameTable, frame: FrameIndex): Color {
  const ofScripts = ['#e69f00', '#56b4e9', '#f0e442', '#cc79a7', '#d55e00'];
  switch (frames.kind[frame]) {
    case FrameKind.script:
      return toColor(ofScripts[hash(frames.url[frame]!) % ofScripts.length]!);
    case FrameKind.native:
      return toColor('#009e73');
    case FrameKind.browser:
      return toColor('#0072b2');
    default:
      return toColor('#bbbbbb');
  }
}

/** From pale to red in 64 steps, by the share of the time that a node took itself; the root tells small ones apart. */
export function heat(share: number): string {
  const degree = Math.round(Math.sqrt(Math.min(share, 1)) * 64) / 64;
  return oklchToHex(0.95 - 0.3 * degree, 0.02 + 0.19 * degree, toHue(95 - 65 * degree));
}

function within({ from, to }: Range, share: number): number {
  return from + (to - from) * share;
}

/** FNV-1a over UTF-16 code units, mixed as MurmurHash3 ends, as an unsigned 32-bit number. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** By how much a chroma of 1 raises the responses of the long, middle and short cones, as their cube roots. */
interface Hue {
  readonly long: number;
  readonly middle: number;
  readonly short: number;
}

/** CSS Color 4, "OKLCH to OKLab" and the first half of "OKLab to OKLMS". @param degrees of OKLCH */
function toHue(degrees: number): Hue {
  const a = Math.cos((degrees * Math.PI) / 180);
  const b = Math.sin((degrees * Math.PI) / 180);
  return {
    long: 0.3963377774 * a + 0.2158037573 * b,
    middle: -0.1055613458 * a - 0.0638541728 * b,
    short: -0.0894841775 * a - 1.291485548 * b,
  };
}

/** CSS Color 4, from there on to sRGB, clipped to the gamut. */
function oklchToHex(lightness: number, chroma: number, { long, middle, short }: Hue): string {
  const l = (lightness + chroma * long) ** 3;
  const m = (lightness + chroma * middle) ** 3;
  const s = (lightness + chroma * short) ** 3;
  const red = channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = channel(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return `#${((1 << 24) | (red << 16) | (green << 8) | blue).toString(16).slice(1)}`;
}

/** 0 to 255. */
function channel(linear: number): number {
  const gamma = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(Math.min(Math.max(gamma, 0), 1) * 255);
}
