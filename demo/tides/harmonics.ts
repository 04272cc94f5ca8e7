/** A part of the tide: a wave of one period, drawn by the moon or the sun. */
export interface Constituent {
  /** As tide tables call it. */
  readonly name: string;
  /** Degrees an hour. */
  readonly speed: number;
  /** Metres. */
  readonly amplitude: number;
  /** Degrees. */
  readonly phase: number;
}

export interface Harbour {
  readonly name: string;
  readonly constituents: readonly Constituent[];
}

/** Made-up harbours; the speeds are those of the moon and the sun. */
export const harbours: readonly Harbour[] = [
  harbour('Fennel Quay', [2.1, 0.8, 0.4, 0.2, 0.1, 0.1], 40),
  harbour('Lantern Bay', [1.2, 0.3, 0.2, 0.1, 0.6, 0.4], 155),
  harbour('Wherry Sound', [0.4, 0.2, 0.1, 0.1, 0.9, 0.7], 290),
];

function harbour(name: string, amplitudes: readonly number[], phase: number): Harbour {
  const speeds = { M2: 28.984104, S2: 30, N2: 28.43973, K2: 30.082137, K1: 15.041069, O1: 13.943036 };
  return {
    name,
    constituents: Object.entries(speeds).map(([of, speed], index) => ({
      name: of,
      speed,
      amplitude: amplitudes[index]!,
      phase: (phase * (index + 1)) % 360,
    })),
  };
}

const radians = Math.PI / 180;

/** Metres above mean water, `hour` hours after the year began. */
export function heightAt(constituents: readonly Constituent[], hour: number): number {
  let height = 0;
  for (const { speed, amplitude, phase } of constituents) {
    height += amplitude * Math.cos((speed * hour - phase) * radians);
  }
  return height;
}
