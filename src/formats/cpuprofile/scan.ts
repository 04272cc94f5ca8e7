import { OBJECT } from '../json/nesting.ts';
import { readNumbers } from '../json/numbers.ts';
import type { JsonScanner } from '../json/scanner.ts';
import { keysOf } from '../json/tokens.ts';
import { type Numbers, WideColumn } from '../json/wide-column.ts';
import { NodeScan, type ScannedNodes } from './scan-nodes.ts';
import { UsualForm } from './usual.ts';
import { NONE, readTime } from './values.ts';

/** What a file says, as it says it: nodes are known by their ids, which may be any. */
export interface ScannedProfile {
  readonly nodes: ScannedNodes;
  /** Ids of nodes, as they should be. */
  readonly samples: Numbers;
  /** Microseconds. */
  readonly deltas: Numbers;
  readonly startTime: number;
  readonly endTime: number;
  /** Bytes at which the arrays begin. */
  readonly places: { readonly nodes: number; readonly samples: number; readonly deltas: number };
}

const profileKeys = keysOf('nodes', 'startTime', 'endTime', 'samples', 'timeDeltas');
/** Bytes that a sample takes at least, with its time delta. */
const LEAST_SAMPLE = 4;

/** Reads the bytes of a profile into columns; what they mean together is not checked yet. */
export function scanProfile(scanner: JsonScanner): ScannedProfile {
  const usual = new UsualForm(scanner.bytes);
  const takeSome = (from: JsonScanner, into: WideColumn) => usual.takeNumbers(from, into);
  const nodes = new NodeScan(scanner, usual);
  const samples = new WideColumn();
  const deltas = new WideColumn();
  const places = { nodes: NONE, samples: NONE, deltas: NONE };
  const most = scanner.bytes.length / LEAST_SAMPLE;
  let [startTime, endTime] = [Number.NaN, Number.NaN];
  for (let more = scanner.open(OBJECT), key = NONE, had = 0; more; more = scanner.next(OBJECT)) {
    key = scanner.key(profileKeys, key);
    had = scanner.once(key, had);
    scanner.peek();
    switch (key) {
      case 0:
        places.nodes = scanner.at;
        nodes.scan();
        break;
      case 1:
        startTime = readTime(scanner, 'startTime');
        break;
      case 2:
        endTime = readTime(scanner, 'endTime');
        break;
      case 3:
        places.samples = scanner.at;
        readNumbers(scanner, samples, most, takeSome);
        break;
      case 4:
        places.deltas = scanner.at;
        readNumbers(scanner, deltas, most, takeSome);
        break;
      default:
        scanner.skip();
    }
  }
  scanner.finish();
  const missing = [
    places.nodes === NONE && 'nodes',
    places.samples === NONE && 'samples',
    places.deltas === NONE && 'timeDeltas',
    Number.isNaN(startTime) && 'startTime',
    Number.isNaN(endTime) && 'endTime',
  ].find(Boolean);
  if (missing) throw scanner.error(`it has no ${missing}`);
  return { nodes: nodes.columns, samples: samples.values, deltas: deltas.values, startTime, endTime, places };
}
