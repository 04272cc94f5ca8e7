import { type CallTree, FrameKind } from '../profile/model.ts';
import { type CharWidth, fitLabel, labelPadding } from './labels.ts';
import type { Box, Strip } from './layout.ts';
import { displayName } from './names.ts';
import { frameColor } from './palette.ts';

export const rowHeight = 18;
/** Distance of a label's base line from the top of its row. */
export const baseLine = 12.5;
/** Boxes of a row, and rows, stand this far apart. */
const gap = 1;

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
}

export interface Pen {
  readonly charWidth: CharWidth;
  /** Fill of time that no sample covers: a reference to the pattern, such as `url(#hatch)`. */
  readonly hatch: string;
}

export function drawBox(tree: CallTree, box: Box, pen: Pen): Drawing {
  const frame = tree.frame[box.node]!;
  const y = tree.depth[box.node]! * rowHeight;
  const { x, width } = toPixels(box);
  const label = fitLabel(displayName(tree.frames, frame), width, pen.charWidth);
  const fill = isNotSampled(tree, box) ? pen.hatch : frameColor(tree.frames, frame);
  return { x, y, width, height: rowHeight - gap, fill, label, labelX: x + labelPadding, labelY: y + baseLine };
}

/** All strips as one path: bands as high as a box. */
export function stripsPath(strips: readonly Strip[]): string {
  return strips
    .map(({ row, x, width }) => {
      const place = toPixels({ x, width });
      return `M${place.x} ${row * rowHeight}h${place.width}v${rowHeight - gap}h-${place.width}z`;
    })
    .join('');
}

/** What the band stands for, to whoever points at it. */
export const stripsTitle = 'Boxes too narrow to draw: zoom in to see them';

export function isNotSampled(tree: CallTree, { node }: Box): boolean {
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
