import { baseLine, boxHeight, type Pen, rowHeight, rowTop, type Tone } from '../flamegraph/drawing.ts';
import { wholeOf } from '../flamegraph/facts.ts';
import { guessCharWidth } from '../flamegraph/guessed-widths.ts';
import { labelPadding, leadingPart } from '../flamegraph/labels.ts';
import { displayName, fileName, kindText } from '../flamegraph/names.ts';
import { narrowest } from '../flamegraph/view.ts';
import { FrameKind } from '../profile/model.ts';
import type { Prepared } from './prepared.ts';
import type { Assembly, Writer } from './writer.ts';

/** The boxes of a graph that nothing moves. */
export interface Still {
  /** Pixels. */
  readonly height: number;
  /** Writes them, in groups by row. */
  readonly write: () => void;
}

export interface StillOptions {
  /** Pixels. */
  readonly width: number;
  /** Pixels; narrower boxes are left out. */
  readonly minWidth: number;
  /** When there are more, the narrow ones stand in strips. */
  readonly mostBoxes: number;
  /** References to patterns. */
  readonly hatch: Pen['hatch'];
}

/**
 * Puts before the writer what it needs to draw a whole graph: as `drawItem` draws it, in the words of `itemName` and
 * `itemDescription`.
 */
export function drawStill(writer: Writer, graph: Prepared, options: StillOptions): Still {
  const { tree, whole, facts, orientation, urls, at, colors } = graph;
  const { width, minWidth, mostBoxes, hatch } = options;
  const { assembly } = writer;
  assembly.setMeasures(width, rowHeight - boxHeight, whole);
  assembly.setPadding(labelPadding);
  writer.set(assembly.widths.value, charWidths());
  assembly.setTones(writer.put(colors.areStrong));
  assembly.setPlaces(at.kind, at.url, at.line, urls.length);
  const names = putNames(writer, graph);
  writer.putTexts([
    `" y="${baseLine}">`,
    ` of ${wholeOf(facts)}\nself `,
    ` of ${wholeOf(facts)}\n`,
    `" height="${boxHeight}" fill="`,
    '"><title>',
    ...toneTags,
    ...kindTexts,
    hatch.strip,
    hatch.empty,
    ...urls.map(fileName),
    ...names,
  ]);
  assembly.compose();
  const rows = collect(assembly, narrowest({ from: 0, to: tree.total[0]!, width, minWidth }), mostBoxes);
  const top = rowTop(orientation, rows);
  const write = () => {
    for (let row = 0; row < rows; row++) {
      // Each row has its own place to count from, which saves a number a box.
      writer.write(`<g transform="translate(0 ${top(row)})">`);
      assembly.writeRow(row);
      writer.write('</g>');
    }
  };
  return { height: rows * rowHeight, write };
}

/** Finds what is drawn, by the rule of `itemsInSight`; gives how many rows that fills. */
function collect(assembly: Assembly, narrowest: number, mostBoxes: number): number {
  let count = assembly.collect(narrowest);
  const rows = assembly.rowCount.value;
  // A box in each row is the least that shows how deep it goes.
  const most = Math.max(mostBoxes, rows);
  for (let room = most; count > most; ) {
    const address = assembly.itemTimes();
    const times = new Float64Array(assembly.memory.buffer, address, count).slice().sort();
    count = assembly.collect(times[count - 1 - room]! + 1);
    room = Math.max(room - Math.ceil(1.4 * (count - most)), 0);
  }
  return rows;
}

/** Of the characters of ASCII, of one up to U+024F, and of one beyond. */
function charWidths(): Float64Array {
  return Float64Array.from({ length: 130 }, (_, code) =>
    guessCharWidth(code < 128 ? String.fromCharCode(code) : code === 128 ? '\u0080' : '\u0250'),
  );
}

/** By the numbers that they have in the assembly. */
const tones: readonly Tone[] = ['pale', 'strong', 'hatched'];
/** What stands before the place of a label, by tone. */
const toneTags = tones.map((tone) => (tone === 'pale' ? '<text x="' : `<text class="${tone}" x="`));

/** What frames without an address are, by kind. */
const kindTexts = Object.values(FrameKind).map(kindText);

/** Names that can be shown as they are, and those of them that are no paths: nearly all, and to see that takes little time. */
const harmless = /^[ -~]{1,100}$/;
const harmlessPart = /^[ -\-0-~]{1,100}$/;

/** By frame; those of frames that no node has are empty. */
function putNames(writer: Writer, { tree: { frames }, used }: Prepared): string[] {
  const names = new Array<string>(frames.name.length).fill('');
  const leading = new Int32Array(names.length);
  const encoder = new TextEncoder();
  for (const frame of used) {
    const given = frames.name[frame]!;
    names[frame] = given;
    if (harmlessPart.test(given)) continue;
    const name = harmless.test(given) ? given : displayName(frames, frame);
    names[frame] = name;
    leading[frame] = encoder.encode(leadingPart(name)).length;
  }
  writer.assembly.setLeading(writer.put(leading));
  return names;
}
