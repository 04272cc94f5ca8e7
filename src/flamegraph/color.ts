import type { FrameTable, NodeIndex } from '../profile/model.ts';
import type { Plan } from './view.ts';

/** The colour of labels on pale boxes; on strong ones they are white. */
export const labelColor = '#000000';
/** The colours of boxes that a search matched, by term. */
export const matchColors = ['#f77cf4', '#5ee0ff', '#ffd23f', '#8cf08c', '#ffa06b', '#c9b3ff'] as const;
/** How much of its colour a box keeps when it is above what is zoomed to or no match; its label is white in the dark. */
export const dimOpacity = 0.4;

export interface Color {
  /** `#rrggbb` */
  readonly fill: string;
  /** Whether dark labels can be read on it. */
  readonly isPale: boolean;
}

/** The colour of a node's box. */
export interface Paint {
  (plan: Pick<Plan, 'tree' | 'whole'>, node: NodeIndex): Color;
  /** Whether it is the same for all nodes of a frame. */
  readonly isOfFrames?: boolean;
  /** Where all of them are pale, too: those of a table's frames as one text, `#rrggbb#rrggbb…` */
  readonly paleFills?: (frames: FrameTable) => string;
}

/** Of the black and white that labels may have, one is readable on any colour: 4.5 to 1 or more (WCAG 2.2). */
export function toColor(fill: string): Color {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(fill.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return { fill, isPale: 0.2126 * red! + 0.7152 * green! + 0.0722 * blue! > 0.18 };
}
