import { FrameKind } from '../profile/model.ts';
import type { GraphFacts } from './facts.ts';
import { type PackableGraph, type PackedGraph, packedFormat, packedVersion, unpack } from './pack.ts';

/**
 * Reads a packed graph from wherever it comes: what is accepted keeps the invariants of the model. Throws an error that
 * says in words what is wrong with any other text.
 */
export function readGraph(text: string): PackableGraph {
  return unpack(checkPacked(parse(text)));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('it is no JSON');
  }
}

const most = Number.MAX_SAFE_INTEGER;
const mostInt32 = 2 ** 31 - 1;
/** ms, the farthest that a `Date` reaches. */
const latest = 8.64e15;

function checkPacked(value: unknown): PackedGraph {
  const { format, version, facts, caption, whole, orientation, urls, frames, nodes, colors } = record(value, 'it');
  if (format !== packedFormat || version !== packedVersion)
    throw new Error(`its format is ${plain(format)} ${plain(version)}, and not ${packedFormat} ${packedVersion}`);
  const { title, subtitle, note } = record(caption, 'caption');
  const addresses = strings(urls, 'urls');
  const checkedFrames = checkFrames(record(frames, 'frames'), addresses.length);
  const rows = checkedFrames.name.length;
  const checkedNodes = checkNodes(record(nodes, 'nodes'), rows);
  return {
    format,
    version,
    facts: checkFacts(record(facts, 'facts')),
    caption: {
      title: string(title, 'caption.title'),
      subtitle: string(subtitle, 'caption.subtitle'),
      note: string(note, 'caption.note'),
    },
    whole: number(whole, 'whole', 0, most),
    orientation: oneOf(['icicle', 'flame'], orientation, 'orientation'),
    urls: addresses,
    frames: checkedFrames,
    nodes: checkedNodes,
    colors: checkColors(record(colors, 'colors'), rows, checkedNodes.frame.length),
  };
}

function checkFacts(given: Fields): GraphFacts {
  const text = (name: string) => string(given[name], `facts.${name}`);
  return {
    target: text('target'),
    scope: text('scope'),
    calls: integer(given.calls, 'facts.calls', 0, most),
    pageUrl: text('pageUrl'),
    startedAt: given.startedAt === null ? null : number(given.startedAt, 'facts.startedAt', -latest, latest),
    browser: text('browser'),
    sampler: text('sampler'),
    askedInterval: number(given.askedInterval, 'facts.askedInterval', 0, most),
    achievedInterval: number(given.achievedInterval, 'facts.achievedInterval', 0, most),
  };
}

function checkFrames(given: Fields, addresses: number): PackedGraph['frames'] {
  const name = strings(given.name, 'frames.name');
  const column = (which: string, last: number) =>
    integers(given[which], { name: `frames.${which}`, length: name.length, last });
  return {
    name,
    url: column('url', addresses - 1),
    line: column('line', mostInt32),
    column: column('column', mostInt32),
    kind: column('kind', Math.max(...Object.values(FrameKind))),
  };
}

function checkNodes(given: Fields, rows: number): PackedGraph['nodes'] {
  const length = list(given.frame, 'nodes.frame').length;
  if (length === 0) throw new Error('it has no nodes');
  const column = (which: string, last: number) => integers(given[which], { name: `nodes.${which}`, length, last });
  const nodes = {
    frame: column('frame', rows - 1),
    up: column('up', length),
    self: column('self', most),
    samples: column('samples', mostInt32),
  };
  checkTree(nodes);
  return given.gap === undefined ? nodes : { ...nodes, gap: checkGaps(column('gap', most), nodes) };
}

type Columns = Pick<PackedGraph['nodes'], 'up' | 'self'>;

/** That all nodes hang on the root, and that all but the root have time. */
function checkTree({ up, self }: Columns): void {
  let depth = 0;
  let sum = self[0]!;
  if (up[0] !== 0) throw new Error('its first node is no root');
  for (let node = 1; node < up.length; node++) {
    depth += 1 - up[node]!;
    if (depth < 1) throw new Error(`node ${node} is no descendant of the root`);
    const isLeaf = node + 1 === up.length || up[node + 1]! > 0;
    if (isLeaf && self[node] === 0) throw new Error(`node ${node} has no time`);
    sum += self[node]!;
  }
  if (sum > most) throw new Error('its times are too long to be added up');
}

/** That each node stands within its parent. */
function checkGaps(gap: readonly number[], { up, self }: Columns): readonly number[] {
  if (gap[0] !== 0) throw new Error('its root does not begin at 0');
  /** From the root to the node: what its children take so far, with the gaps between them, and what they are. */
  const path: { taken: number; total: number; gap: number }[] = [];
  const leave = () => {
    const { taken, total, gap } = path.pop()!;
    if (taken > total) throw new Error('a node reaches out of its parent');
    const above = path.at(-1);
    if (!above) return;
    above.taken += gap + total;
    above.total += total;
  };
  for (const [node, own] of self.entries()) {
    for (let level = up[node]!; level > 0; level--) leave();
    path.push({ taken: 0, total: own, gap: gap[node]! });
  }
  while (path.length > 0) leave();
  return gap;
}

function checkColors(given: Fields, rows: number, nodes: number): PackedGraph['colors'] {
  const of = oneOf(['frame', 'node'], given.of, 'colors.of');
  const fills = strings(given.fills, 'colors.fills');
  const other = fills.find((fill) => !/^#[0-9a-f]{6}$/.test(fill));
  if (other !== undefined) throw new Error(`colors.fills has ${plain(other)}, which is no colour such as #f5c26b`);
  const length = of === 'frame' ? rows : nodes;
  return { of, fills, fill: integers(given.fill, { name: 'colors.fill', length, last: fills.length - 1 }) };
}

type Fields = Readonly<Record<string, unknown>>;

function record(value: unknown, name: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${name} is no object`);
  return value as Fields;
}

function list(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${name} is no list`);
  return value;
}

function string(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new Error(`${name} is no text`);
  return value;
}

function strings(value: unknown, name: string): readonly string[] {
  return list(value, name).map((each, index) => string(each, `${name}[${index}]`));
}

function number(value: unknown, name: string, least: number, last: number): number {
  if (typeof value === 'number' && value >= least && value <= last) return value;
  throw new Error(`${name} is ${plain(value)}, and no number from ${least} to ${last}`);
}

function integer(value: unknown, name: string, least: number, last: number): number {
  const checked = number(value, name, least, last);
  if (!Number.isInteger(checked)) throw new Error(`${name} is ${checked}, and not whole`);
  // Not the negative zero that JSON can say.
  return checked + 0;
}

/** A column of whole numbers from 0 to `last`. */
function integers(
  value: unknown,
  { name, length, last }: { readonly name: string; readonly length: number; readonly last: number },
): readonly number[] {
  const column = list(value, name);
  if (column.length !== length) throw new Error(`${name} has ${column.length} entries, and not ${length}`);
  return column.map((each, index) => integer(each, `${name}[${index}]`, 0, last));
}

function oneOf<Value extends string>(values: readonly Value[], value: unknown, name: string): Value {
  const found = values.find((each) => each === value);
  if (found === undefined) throw new Error(`${name} is ${plain(value)}, and not ${values.join(' or ')}`);
  return found;
}

/** A value of the file's in a message, which never grows long. */
function plain(value: unknown): string {
  return (JSON.stringify(value) ?? 'missing').slice(0, 40);
}
