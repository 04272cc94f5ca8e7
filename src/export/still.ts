import { formatChildren, itemDescription, itemName } from '../flamegraph/describe.ts';
import { boxHeight, drawItem, type Pen, rowHeight, rowTop } from '../flamegraph/drawing.ts';
import { guessCharWidth } from '../flamegraph/guessed-widths.ts';
import { displayName, sourceText } from '../flamegraph/names.ts';
import type { PackableGraph } from '../flamegraph/pack.ts';
import { formatCount, formatDuration, formatPercent, shareOf } from '../flamegraph/units.ts';
import { type Item, isStrip, itemsInSight, type Plan, type Strip, type View } from '../flamegraph/view.ts';
import { type Xml, xmlElement, xmlText, xmlWritten } from '../flamegraph/xml.ts';
import type { FrameIndex, NodeIndex } from '../profile/model.ts';

/** The boxes of a graph that nothing moves, in groups by row. */
export interface Still {
  /** Pixels. */
  readonly height: number;
  readonly rows: readonly Xml[];
}

/** Draws what is in the view: at most so many boxes, the narrow ones in strips when there are more. */
export function drawStill(
  plan: Plan,
  view: View,
  mostBoxes: number,
  { orientation, paint }: Pick<PackableGraph, 'orientation' | 'paint'>,
  hatch: Pen['hatch'],
): Still {
  const { tree } = plan;
  const everything = { first: 0, last: Number.POSITIVE_INFINITY };
  const inSight = itemsInSight(plan, view, everything, Number.POSITIVE_INFINITY);
  let deepest = 0;
  for (const { node } of inSight) deepest = Math.max(deepest, tree.depth[node]!);
  const itemsByRow: Item[][] = Array.from({ length: deepest + 1 }, () => []);
  // A box in each row is the least that shows how deep it goes.
  const most = Math.max(mostBoxes, itemsByRow.length);
  const items = inSight.length > most ? itemsInSight(plan, view, everything, most) : inSight;
  for (const item of items) itemsByRow[tree.depth[item.node]!]!.push(item);
  // Each row has its own place to count from, which saves a number a box.
  const writeRow = rowWriter(plan, { charWidth: guessCharWidth, hatch, paint, top: () => 0 });
  const top = rowTop(orientation, itemsByRow.length);
  const rows = itemsByRow.map((drawn, row) =>
    xmlElement('g', { transform: `translate(0 ${top(row)})` }, writeRow(drawn)),
  );
  return { height: rows.length * rowHeight, rows };
}

/**
 * Writes the boxes of a row with their titles and labels: as {@link drawItem} draws them, in the words of {@link itemName}
 * and {@link itemDescription}. Boxes are many and their words few, so words are made and escaped once, with what stands
 * around them: a text of few pieces is soon put together.
 */
function rowWriter(plan: Plan, pen: Pen): (items: readonly Item[]) => Xml {
  const { tree, layout, whole, of } = plan;
  const { frames, frame, self, total, samples } = tree;
  const widthText = remembered((width: number) => `" width="${width}" height="${boxHeight}" fill="`);
  const fillText = remembered((fill: string) => `${xmlText(fill)}"><title>`);
  const nameText = remembered((frame: FrameIndex) => `${xmlText(displayName(frames, frame))}, `);
  const shareText = remembered((share: string) => `, ${xmlText(share)} of ${of}\nself `);
  const childrenText = remembered((count: number) => ` · ${formatChildren(count)} · `);
  const samplesText = remembered((count: number) => `${formatCount(count, 'sample')} · `);
  const placeText = remembered((frame: FrameIndex) => `${xmlText(sourceText(frames, frame))}</title></rect>`);

  const addBoxTitle = (text: string, node: NodeIndex) =>
    text +
    nameText(frame[node]!) +
    formatDuration(total[node]!) +
    shareText(formatPercent(shareOf(total[node]!, whole))) +
    formatDuration(self[node]!) +
    childrenText(layout.childCount[node]!) +
    samplesText(samples[node]!) +
    placeText(frame[node]!);
  const addStripTitle = (text: string, strip: Strip) =>
    `${text}${xmlText(`${itemName(plan, strip)}\n${itemDescription(plan, strip)}`)}</title></rect>`;
  const addItem = (text: string, item: Item) => {
    const { x, width, fill, label, labelX, labelY, tone } = drawItem(plan, item, pen);
    const rect = `${text}<rect x="${decimal(x)}${widthText(width)}${fillText(fill)}`;
    const titled = isStrip(item) ? addStripTitle(rect, item) : addBoxTitle(rect, item.node);
    if (label === '') return titled;
    const className = tone === 'pale' ? '' : ` class="${tone}"`;
    return `${titled}<text${className} x="${labelX}" y="${labelY}">${xmlText(label)}</text>`;
  };
  return (items) => {
    const written: string[] = [];
    let text = '';
    for (const item of items) {
      text = addItem(text, item);
      if (text.length < longestInPieces) continue;
      written.push(inOnePiece(text));
      text = '';
    }
    written.push(inOnePiece(text));
    return xmlWritten(written.join(''));
  };
}

/**
 * Characters. V8 keeps a text that was appended to as its pieces until somebody reads it, and the garbage collector
 * carries them around meanwhile.
 */
const longestInPieces = 16_384;

function inOnePiece(text: string): string {
  return [text, ''].join('');
}

/** A function that is asked for the same few values again and again. */
function remembered<K, T>(make: (key: K) => T): (key: K) => T {
  const known = new Map<K, T>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) {
      value = make(key);
      known.set(key, value);
    }
    return value;
  };
}

/** `.01` to `.99`, as they end a number. */
const fractions = Array.from({ length: 100 }, (_, hundredth) => String(hundredth / 100).slice(1));

/** A number of at most two decimals as JavaScript writes it: that takes its time to find out how few will do. */
function decimal(value: number): string {
  const hundredths = Math.round(value * 100);
  const fraction = hundredths % 100;
  return fraction === 0 ? String(value) : (hundredths - fraction) / 100 + fractions[fraction]!;
}
