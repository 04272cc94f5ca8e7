/** A tile and the line on it. */
export interface Hatch {
  readonly className: string;
  readonly size: number;
  readonly line: string;
}

/** Hatchings: of time that no sample covers, and of boxes too narrow to draw one by one. */
export const hatches = {
  empty: { className: 'hatch', size: 6, line: 'M-1,1 l2,-2 M0,6 l6,-6 M5,7 l2,-2' },
  strip: { className: 'strip-hatch', size: 4, line: 'M2,0 v4' },
} as const satisfies Record<string, Hatch>;
