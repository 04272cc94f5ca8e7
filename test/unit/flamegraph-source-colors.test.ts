import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashOf, oklch, SourceColors } from '../../src/flamegraph/source-colors.ts';
import { FrameKind, type FrameTable } from '../../src/profile/model.ts';

interface Frame {
  readonly name: string;
  readonly url: string;
  readonly kind: FrameKind;
}

function table(frames: readonly Frame[]): FrameTable {
  return {
    name: frames.map(({ name }) => name),
    url: frames.map(({ url }) => url),
    line: new Int32Array(frames.length),
    column: new Int32Array(frames.length),
    kind: Uint8Array.from(frames, ({ kind }) => kind),
  };
}

const anyKind = fc.constantFrom(...Object.values(FrameKind));
const anyFrame: fc.Arbitrary<Frame> = fc.record({
  name: fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', '\0', 'a\0b', 'x'.repeat(2000))),
  url: fc.oneof(fc.webUrl(), fc.constant('')),
  kind: anyKind,
});

const scripted = (name: string, url = 'app.js'): Frame => ({ name, url, kind: FrameKind.script });
const colorOf = (frame: Frame) => new SourceColors(table([frame])).of(0);

/** CSS Color 4, "Sample code for color conversions", step by step as it stands there. */
function plainOklch(lightness: number, chroma: number, degrees: number): number[] {
  const [a, b] = [Math.cos, Math.sin].map((of) => chroma * of((degrees * Math.PI) / 180)) as [number, number];
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ].map((linear) => {
    const gamma = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
    return 255 * Math.min(Math.max(gamma, 0), 1);
  });
}

describe('from OKLCH to sRGB', () => {
  test.each([
    ['white', 1, 0, 0, 0xffffff],
    ['black', 0, 0, 0, 0x000000],
    ['red', 0.627955, 0.257683, 29.2339, 0xff0000],
    ['lime', 0.86644, 0.294827, 142.4953, 0x00ff00],
    ['blue', 0.452014, 0.313214, 264.052, 0x0000ff],
    ['gray', 0.599871, 0, 0, 0x808080],
  ])('%s', (_, lightness, chroma, hue, rgb) => {
    expect(oklch(lightness, chroma, hue)).toBe(rgb);
  });

  test('all colours are rounded to the nearest byte, and clipped', () => {
    const anyShare = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(anyShare, anyShare, fc.double({ min: 0, max: 360, noNaN: true }), (lightness, share, hue) => {
        const rgb = oklch(lightness, share * 0.4, hue);
        const exact = plainOklch(lightness, share * 0.4, hue);
        [16, 8, 0].forEach((shift, channel) => {
          // The series of sine and cosine end somewhere.
          expect(Math.abs(((rgb >> shift) & 0xff) - exact[channel]!)).toBeLessThanOrEqual(0.5001);
        });
      }),
      { numRuns: 5000 },
    );
  });
});

describe('hashes', () => {
  /** `fnv1a32` of the reference's test suite (Noll), and what MurmurHash3's finalizer makes of it. */
  test.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('of %j', (text, fnv) => {
    let mixed = Math.imul(fnv ^ (fnv >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    expect(hashOf(text)).toBe((mixed ^ (mixed >>> 16)) >>> 0);
  });
});

describe('colours by source', () => {
  test('are those of the function, wherever it stands and whatever stands beside it', () => {
    const tables = fc.array(anyFrame, { minLength: 1, maxLength: 600, size: 'max' });
    fc.assert(
      fc.property(tables, (frames) => {
        const colors = new SourceColors(table(frames));
        const backwards = frames.map((_, i) => colors.of(frames.length - 1 - i)).reverse();
        expect(backwards).toEqual(frames.map(colorOf));
        expect(colors.all()).toBe(backwards.join(''));
      }),
      { numRuns: 30 },
    );
  });

  test('go by the first thousand bytes of names and addresses, which may be endless', () => {
    const long = 'x'.repeat(1000);
    expect(colorOf(scripted(`${long}a`))).toBe(colorOf(scripted(`${long}b`)));
    expect(colorOf(scripted('f', `${long}a`))).toBe(colorOf(scripted('f', `${long}b`)));
    expect(colorOf(scripted(`${long.slice(1)}a`))).not.toBe(colorOf(scripted(`${long.slice(1)}b`)));
    const frames = Array.from({ length: 300 }, (_, i) => scripted(`f${i}`.repeat(100_000)));
    expect(new SourceColors(table(frames)).of(299)).toBe(colorOf(frames[299]!));
  });

  test('of names with zeros in them do not run into those of the next names', () => {
    const frames = [scripted('a\0b'), scripted('c'), scripted('\0'), scripted('d')];
    const colors = new SourceColors(table(frames));
    expect(frames.map((_, frame) => colors.of(frame))).toEqual(frames.map(colorOf));
    expect(colors.of(3)).not.toBe(colors.of(1));
  });

  test('of no frames are none', () => {
    expect(new SourceColors(table([])).all()).toBe('');
  });
});
