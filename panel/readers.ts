import { readExported } from '../src/export/read.ts';
import { type Caption, type GraphFacts, noCaption } from '../src/flamegraph/facts.ts';
import { readCpuProfile } from '../src/formats/cpuprofile/read.ts';
import type { CallTree, Microseconds } from '../src/profile/model.ts';
import type { Timeline } from '../src/profile/timeline.ts';
import { timelineOfChart } from '../src/profile/unchart.ts';
import type { FormatName } from './openable.ts';

/** What comes of a file: plain data, which goes from one thread to another. */
export interface OpenedGraph {
  readonly tree: CallTree;
  /** The time of which the tree may be a part only. */
  readonly whole: Microseconds;
  readonly facts: GraphFacts;
  readonly caption: Caption;
  /** Null where a file tells nothing of the order of time. */
  readonly timeline: Timeline | null;
}

export interface FileBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface Reader {
  /** Whether a file may be one of the format, going by the first of its bytes that is no white space. */
  readonly sniff: (first: number | undefined) => boolean;
  /** Throws an error that says in words what is wrong with the file. */
  readonly read: (file: FileBytes, onProgress: (at: number) => void) => OpenedGraph;
}

/** Bytes; of more, no text can be made. */
const longestText = 400_000_000;

const readers: Readonly<Record<FormatName, Reader>> = {
  cpuprofile: {
    sniff: (first) => first === 0x7b,
    read: ({ name, bytes }, onProgress) => {
      const { tree, interval, timeline } = readCpuProfile(bytes, onProgress);
      const whole = tree.total[0]!;
      return { tree, whole, facts: factsOfProfile(name, interval), caption: noCaption, timeline: timeline() };
    },
  },
  svg: {
    sniff: (first) => first === 0x3c,
    read: ({ bytes }) => {
      if (bytes.length > longestText) throw new Error(`it is larger than ${longestText / 1_000_000} MB`);
      const { tree, start, whole, facts, caption } = readExported(new TextDecoder().decode(bytes));
      const timeline = start ? timelineOfChart({ tree, start }) : null;
      return { tree: timeline?.tree ?? tree, whole, facts, caption, timeline };
    },
  },
};

/** A profile says neither whose calls these were, nor when and in which program. */
function factsOfProfile(name: string, interval: Microseconds): GraphFacts {
  return {
    target: name,
    scope: 'V8 profile',
    calls: 0,
    pageUrl: '',
    startedAt: null,
    browser: '',
    sampler: '',
    askedInterval: 0,
    achievedInterval: interval,
  };
}

/** Throws an error that says in words why the file can't be opened. */
export function readOpenable(file: FileBytes, onProgress: (at: number) => void = () => {}): OpenedGraph {
  const first = firstByte(file.bytes);
  const reader = Object.values(readers).find(({ sniff }) => sniff(first));
  if (!reader) throw new Error(first === undefined ? 'there is nothing in it' : 'it has no profile in it');
  return reader.read(file, onProgress);
}

/** The first byte behind white space and a byte order mark. */
function firstByte(bytes: Uint8Array): number | undefined {
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while (at < bytes.length && (bytes[at] === 0x20 || (bytes[at]! >= 0x09 && bytes[at]! <= 0x0d))) at++;
  return bytes[at];
}
