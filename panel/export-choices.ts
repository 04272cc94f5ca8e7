import { type PaletteName, palettes } from '../src/flamegraph/palette.ts';

/** How files are exported, remembered from one DevTools to the next. */
export interface ExportChoices {
  /** Pixels of the still drawing. */
  readonly width: number;
  /** Pixels, or a share of the whole. */
  readonly minWidth: number | { readonly share: number };
  readonly palette: PaletteName | 'as shown';
  readonly leavesOutAddresses: boolean;
}

export const firstChoices: ExportChoices = {
  width: 1200,
  minWidth: 0.1,
  palette: 'as shown',
  leavesOutAddresses: false,
};

export const exportPalettes = ['as shown', ...palettes] as const;

export const widths = { least: 200, most: 10_000 } as const;
const widest = { pixels: 100, percent: 50 } as const;

/** The width that was typed; what is wrong with it in words. */
export function readWidth(text: string): number | string {
  const width = numberIn(text);
  if (Number.isInteger(width) && width >= widths.least && width <= widths.most) return width;
  return `A whole number of pixels from ${widths.least} to ${widths.most}`;
}

/** `0.5`, `0.5 px` or `0.1 %`; what is wrong with it in words. */
export function readMinWidth(text: string): ExportChoices['minWidth'] | string {
  const [, number = '', unit = 'px'] = /^([^a-z%]*)(px|%)?$/i.exec(text.trim()) ?? [];
  const value = numberIn(number);
  if (unit === '%') {
    if (value >= 0 && value <= widest.percent) return { share: value / 100 };
  } else if (value >= 0 && value <= widest.pixels) return value;
  return `Pixels from 0 to ${widest.pixels}, such as 0.5, or a share from 0 to ${widest.percent} %, such as 0.1 %`;
}

export function minWidthText(minWidth: ExportChoices['minWidth']): string {
  if (typeof minWidth === 'number') return `${minWidth} px`;
  return `${Number((minWidth.share * 100).toPrecision(12))} %`;
}

/** Choices as they were saved by this version or another one. */
export function readChoices(saved: unknown): ExportChoices {
  const { width, minWidth, palette, leavesOutAddresses } = {
    ...firstChoices,
    ...(typeof saved === 'object' ? (saved as Partial<ExportChoices>) : {}),
  };
  return {
    width: orElse(readWidth(String(width)), firstChoices.width),
    minWidth: orElse(readMinWidth(savedMinWidth(minWidth)), firstChoices.minWidth),
    palette: exportPalettes.find((each) => each === palette) ?? firstChoices.palette,
    leavesOutAddresses: leavesOutAddresses === true,
  };
}

function savedMinWidth(saved: unknown): string {
  if (typeof saved !== 'object' || saved === null) return String(saved);
  return 'share' in saved ? `${Number(saved.share) * 100} %` : '';
}

function orElse<Value>(read: Value | string, other: Value): Value {
  return typeof read === 'string' ? other : read;
}

function numberIn(text: string): number {
  return text.trim() === '' ? Number.NaN : Number(text);
}
