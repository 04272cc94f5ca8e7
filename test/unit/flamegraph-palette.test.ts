import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dimOpacity, frameColor, labelColor, matchColor } from '../../src/flamegraph/palette.ts';
import { FrameKind, type FrameTable } from '../../src/profile/model.ts';

type Rgb = readonly [number, number, number];

function rgb(hex: string): Rgb {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return [red!, green!, blue!];
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((byte) => {
    const value = byte / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(a: Rgb, b: Rgb): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

function over(color: Rgb, opacity: number, background: Rgb): Rgb {
  return color.map((byte, channel) => byte * opacity + background[channel]! * (1 - opacity)) as unknown as Rgb;
}

function frame(name: string, kind: FrameKind, url = 'https://example.org/app.js'): FrameTable {
  return {
    name: [name],
    url: [kind === FrameKind.script ? url : ''],
    line: Int32Array.of(1),
    column: Int32Array.of(1),
    kind: Uint8Array.of(kind),
  };
}

/** Degrees on the HSL circle. */
function hue(hex: string): number {
  const [red, green, blue] = rgb(hex);
  const angle = (Math.atan2(Math.sqrt(3) * (green - blue), 2 * red - green - blue) * 180) / Math.PI;
  return (angle + 360) % 360;
}

const anyFrame = fc
  .tuple(fc.string({ unit: 'binary' }), fc.constantFrom(...Object.values(FrameKind)), fc.webUrl())
  .map(([name, kind, url]) => frame(name, kind, url));

describe('colours', () => {
  test('keep labels readable, plain, dimmed and matched, in light and dark', () => {
    const light = rgb('#ffffff');
    const dark = rgb('#202124');
    const label = rgb(labelColor);
    fc.assert(
      fc.property(anyFrame, (frames) => {
        const color = rgb(frameColor(frames, 0));
        expect(contrast(color, label)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(over(color, dimOpacity, light), label)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(over(color, dimOpacity, dark), rgb('#ffffff'))).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 2000 },
    );
    expect(contrast(rgb(matchColor), label)).toBeGreaterThanOrEqual(4.5);
  });

  test('are warm for scripts, green for native code, blue or violet for the browser, grey for the engine', () => {
    fc.assert(
      fc.property(fc.string(), fc.webUrl(), (name, url) => {
        expect(hue(frameColor(frame(name, FrameKind.script, url), 0))).toBeLessThan(60);
        const native = hue(frameColor(frame(name, FrameKind.native), 0));
        expect(native).toBeGreaterThan(120);
        expect(native).toBeLessThan(195);
        const browser = hue(frameColor(frame(name, FrameKind.browser), 0));
        expect(browser).toBeGreaterThan(200);
        expect(browser).toBeLessThan(280);
        const engine = rgb(frameColor(frame(name, FrameKind.engine), 0));
        expect(Math.max(...engine) - Math.min(...engine)).toBeLessThan(8);
      }),
    );
  });

  test('are those of the function, wherever it stands', () => {
    const table: FrameTable = {
      name: ['other', 'render'],
      url: ['x.js', 'view.js'],
      line: Int32Array.of(5, 6),
      column: Int32Array.of(7, 8),
      kind: Uint8Array.of(1, 0),
    };
    expect(frameColor(table, 1)).toBe(frameColor(frame('render', FrameKind.script, 'view.js'), 0));
  });

  test('tell scripts apart by hue and functions of a script by shade', () => {
    const files = Array.from({ length: 100 }, (_, i) =>
      frameColor(frame('render', FrameKind.script, `chunk-${i}.js`), 0),
    );
    const functions = Array.from({ length: 100 }, (_, i) => frameColor(frame(`f${i}`, FrameKind.script), 0));
    expect(new Set(files).size).toBeGreaterThan(40);
    expect(new Set(functions).size).toBeGreaterThan(90);
    const hues = (colors: string[]) => colors.map(hue);
    const spread = (numbers: number[]) => Math.max(...numbers) - Math.min(...numbers);
    expect(spread(hues(files))).toBeGreaterThan(25);
    expect(spread(hues(functions))).toBeLessThan(10);
  });
});
