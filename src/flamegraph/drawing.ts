import { FrameKind } from '../profile/model.ts';
import type { Paint } from './color.ts';
import { itemLabel } from './describe.ts';
import { type CharWidth, fitLabel, labelPadding } from './labels.ts';
import { type Box, type Item, isStrip, type Plan } from './view.ts';

export const rowHeight = 18;
/** Distance of a label's base line from the top of its row. */
export const baseLine = 12.5;
/** Boxes of a row, and rows, stand this far apart. */
const gap = 1;
export const boxHeight = rowHeight - gap;

/** Which way a graph grows from its root: an icicle downwards, a flame upwards. */
export type Orientation = 'icicle' | 'flame';

/** What one box looks like; pixels from the graph's left top corner. The live graph and the file draw the same. */
export interface Drawing {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** A colour, or the reference of a pattern. */
  readonly fill: string;
  /** What fits of the name; may be empty. */
  readonly label: string;
  readonly labelX: number;
  readonly labelY: number;
  readonly tone: Tone;
}

/** What its label stands on: a colour that wants dark letters, or light ones, or a pattern on the graph's own ground. */
export type Tone = 'pale' | 'strong' | 'hatched';

export interface Pen {
  readonly charWidth: CharWidth;
  /** References to patterns, such as `url(#hatch)`: for time that no sample covers, and for strips. */
  readonly hatch: { readonly empty: string; readonly strip: string };
  readonly paint: Paint;
  /** Pixels from the top of the graph to that of a row. */
  readonly top: (row: number) => number;
}

/** Where the rows of a graph are. */
export function rowTop(orientation: Orientation, rows: number): Pen['top'] {
  return orientation === 'icicle' ? (row) => row * rowHeight : (row) => (rows - 1 - row) * rowHeight;
}

export function drawItem(plan: Plan, item: Item, { charWidth, hatch, paint, top }: Pen): Drawing {
  const y = top(plan.tree.depth[item.node]!);
  const { x, width } = toPixels(item);
  // Most boxes are too narrow for any label, and names take time.
  const label = width > 2 * labelPadding ? fitLabel(itemLabel(plan, item), width, charWidth) : '';
  const pattern = isStrip(item) ? hatch.strip : isNotSampled(plan, item) ? hatch.empty : '';
  const { fill, isPale } = paint(plan, item.node);
  return {
    x,
    y,
    width,
    height: boxHeight,
    fill: pattern || fill,
    label,
    labelX: x + labelPadding,
    labelY: y + baseLine,
    tone: pattern ? 'hatched' : isPale ? 'pale' : 'strong',
  };
}

function isNotSampled({ tree }: Plan, { node }: Box): boolean {
  return tree.frames.kind[tree.frame[node]!] === FrameKind.notSampled;
}

/** Edges fall on whole pixels, so that boxes are crisp; slivers keep their place to a hundredth. */
function toPixels({ x, width }: Pick<Box, 'x' | 'width'>): { x: number; width: number } {
  if (width < 2 * gap + 1) return { x: hundredths(x), width: hundredths(Math.max(width * 0.8, 0.1)) };
  const left = Math.round(x);
  return { x: left, width: Math.round(x + width) - left - gap };
}

function hundredths(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}
