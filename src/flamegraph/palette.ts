import { type FrameIndex, FrameKind, type FrameTable } from '../profile/model.ts';
import { classicColor, classicPalettes } from './classic-palettes.ts';
import { type Color, type Paint, toColor } from './color.ts';
import { hashOf, oklch, SourceColors } from './source-colors.ts';
import { shareOf } from './units.ts';

export const palettes = ['source', 'self time', 'color-blind', ...classicPalettes] as const;
export type PaletteName = (typeof palettes)[number];

/** A paint remembers the colours of frames: it is for one tree, and for those whose frames are numbered as in it. */
export function paintBy(palette: PaletteName): Paint {
  switch (palette) {
    case 'self time':
      return ({ tree, whole }, node) => toColor(heat(shareOf(tree.self[node]!, whole)));
    case 'source':
      return paintBySource();
    case 'color-blind':
      return paintFrames(safeColor);
    default:
      return paintFrames((frames, frame) => toColor(classicColor(palette, frames.name[frame]!)));
  }
}

function paintFrames(colorOf: (frames: FrameTable, frame: FrameIndex) => Color): Paint {
  let known: FrameTable | null = null;
  let colors: Color[] = [];
  const paint: Paint = ({ tree: { frames, frame: frameOf } }, node) => {
    if (frames !== known) [known, colors] = [frames, new Array(frames.name.length)];
    const frame = frameOf[node]!;
    colors[frame] ??= colorOf(frames, frame);
    return colors[frame];
  };
  return Object.assign(paint, { isOfFrames: true });
}

function paintBySource(): Paint {
  let known: SourceColors | null = null;
  const colorsOf = (frames: FrameTable) => {
    if (known?.frames !== frames) known = new SourceColors(frames);
    return known;
  };
  return Object.assign(
    paintFrames((frames, frame) => ({ fill: colorsOf(frames).of(frame), isPale: true })),
    { paleFills: (frames: FrameTable) => colorsOf(frames).all() },
  );
}

/** Colours of Okabe and Ito, which eyes of all kinds tell apart: one a script, and one for each kind of other frames. */
function safeColor(frames: FrameTable, frame: FrameIndex): Color {
  const ofScripts = ['#e69f00', '#56b4e9', '#f0e442', '#cc79a7', '#d55e00'];
  switch (frames.kind[frame]) {
    case FrameKind.script:
      return toColor(ofScripts[hashOf(frames.url[frame]!) % ofScripts.length]!);
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
  return toHex(oklch(0.95 - 0.3 * degree, 0.02 + 0.19 * degree, 95 - 65 * degree));
}

/** @param rgb 0xrrggbb */
function toHex(rgb: number): string {
  return `#${((1 << 24) | rgb).toString(16).slice(1)}`;
}
