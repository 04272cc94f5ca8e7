import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classicColor } from '../../src/flamegraph/classic-palettes.ts';
import { type Color, dimOpacity, labelColor, matchColors } from '../../src/flamegraph/color.ts';
import { type PaletteName, paintBy, palettes } from '../../src/flamegraph/palette.ts';
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

/** The colour of one frame, of half of the time itself. */
function colorOf(frames: FrameTable, frame: number, palette: PaletteName = 'source'): Color {
  const [nodes, times] = [Int32Array.of(frame), Float64Array.of(50)];
  const tree = {
    frames,
    frame: nodes,
    parent: nodes,
    depth: nodes,
    subtreeSize: nodes,
    self: times,
    total: times,
    samples: nodes,
  };
  return paintBy(palette)({ tree, whole: 100 }, 0);
}

function frameColor(frames: FrameTable, frame: number): string {
  return colorOf(frames, frame).fill;
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
  test('keep labels readable, plain and dimmed, in light and dark and in every palette', () => {
    const [light, dark, black, white] = ['#ffffff', '#202124', labelColor, '#ffffff'].map(rgb);
    fc.assert(
      fc.property(anyFrame, fc.constantFrom(...palettes), (frames, palette) => {
        const { fill, isPale } = colorOf(frames, 0, palette);
        expect(contrast(rgb(fill), isPale ? black! : white!)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(over(rgb(fill), dimOpacity, light!), black!)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(over(rgb(fill), dimOpacity, dark!), white!)).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 5000 },
    );
  });

  test('of matches keep labels readable, and differ', () => {
    for (const color of matchColors) expect(contrast(rgb(color), rgb(labelColor))).toBeGreaterThanOrEqual(4.5);
    expect(new Set(matchColors).size).toBe(matchColors.length);
  });

  test('by self time go from pale to red', () => {
    const of = (self: number) => {
      const [nodes, times] = [Int32Array.of(0), Float64Array.of(self)];
      const frames = frame('f', FrameKind.script);
      const tree = {
        frames,
        frame: nodes,
        parent: nodes,
        depth: nodes,
        subtreeSize: nodes,
        self: times,
        total: times,
        samples: nodes,
      };
      return luminance(rgb(paintBy('self time')({ tree, whole: 1000 }, 0).fill));
    };
    const shades = [0, 1, 10, 100, 500, 1000].map(of);
    expect(shades.toSorted((a, b) => b - a)).toEqual(shades);
    expect(shades[0]! - shades.at(-1)!).toBeGreaterThan(0.4);
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

describe('the palettes of FlameGraph', () => {
  /** What Perl draws: `perl -CSA -e '$s += ord for split //, shift; srand $s; printf "%.17g", rand' NAME`. */
  test.each([
    ['root', 0.77347155295229086],
    ['render', 0.48430558208292851],
    ['日本', 0.67962605350567529],
    ['😀', 0.71711926821535954],
    ['a::b', 0.99034603110431263],
  ])('give %s the colour that it has there', (name, v) => {
    const hex = (...bytes: number[]) => `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
    const part = (of: number) => Math.floor(of * v);
    expect(classicColor('hot', name)).toBe(hex(205 + part(50), part(230), part(55)));
    expect(classicColor('mem', name)).toBe(hex(0, 190 + part(50), part(210)));
    expect(classicColor('io', name)).toBe(hex(80 + part(60), 80 + part(60), 190 + part(55)));
    expect(classicColor('wakeup', name)).toBe(hex(50 + part(60), 165 + part(55), 165 + part(55)));
    expect(classicColor('orange', name)).toBe(hex(190 + part(65), 90 + part(65), 0));
    expect(classicColor('purple', name)).toBe(hex(190 + part(65), 80 + part(60), 190 + part(65)));
  });

  test.each([
    ['chain', 'read_[w]', 'aqua'],
    ['chain', 'read', 'blue'],
    ['java', 'Lorg/foo_[j]', 'green'],
    ['java', 'org/foo_[i]', 'aqua'],
    ['java', 'org/foo', 'green'],
    ['java', 'a:::b', 'green'],
    ['java', 'a::b', 'yellow'],
    ['java', 'read_[k]', 'orange'],
    ['java', 'read', 'red'],
    ['perl', 'a::b', 'yellow'],
    ['perl', 'Perl_x', 'green'],
    ['perl', 'run.pl', 'green'],
    ['perl', 'read_[k]', 'orange'],
    ['perl', 'read', 'red'],
    ['js', 'f /app.js:1_[j]', 'green'],
    ['js', 'f_[j]', 'aqua'],
    ['js', 'v8::f', 'yellow'],
    ['js', 'f /app.js:1', 'green'],
    ['js', 'Builtin:f', 'aqua'],
    ['js', 'two words', 'green'],
    ['js', 'read_[k]', 'orange'],
    ['js', 'all', 'red'],
  ] as const)('%s: %s is %s', (palette, name, hue) => {
    expect(classicColor(palette, name)).toBe(classicColor(hue, name));
  });
});
