import type { CallTree, Microseconds } from '../profile/model.ts';
import { harmless } from './names.ts';
import { formatCount, formatDuration } from './units.ts';
import type { Whole } from './view.ts';

/**
 * Where a call tree comes from: what an exported file says about its capture. Plain strings and numbers; texts are empty and
 * numbers 0 where nothing is known.
 */
export interface GraphFacts {
  /** What was captured, as the user named it, such as `app.store.dispatch`; a file that is all that is known. */
  readonly target: string;
  /** Which of the capture's calls the tree holds, in words, such as `All 3 calls` or `Call 2 of 3, threw`. */
  readonly scope: string;
  /** How many calls the tree holds; 0 where none was captured, and it has all that ran. */
  readonly calls: number;
  readonly pageUrl: string;
  /** When the capture began, ms since 1970; null when unknown. */
  readonly startedAt: number | null;
  /** Such as `Chrome/156.0.8078.79`. */
  readonly browser: string;
  readonly sampler: string;
  /** Between two samples, as the sampler was asked. */
  readonly askedInterval: Microseconds;
  /** Between two samples, as it came out (the median). */
  readonly achievedInterval: Microseconds;
}

/** What the whole of such a graph is. */
export function wholeOf({ calls }: GraphFacts): Whole {
  return calls > 0 ? 'call' : 'all';
}

/** What people write above a graph of theirs; empty where they wrote nothing. */
export interface Caption {
  /** In place of the target. */
  readonly title: string;
  readonly subtitle: string;
  readonly note: string;
}

export const noCaption: Caption = { title: '', subtitle: '', note: '' };

/** A note is longer than a name, but it has an end. */
const longestNote = 1000;

/** What stands above a graph, from its heading on. */
export function headLines(tree: CallTree, facts: GraphFacts, { title, subtitle, note }: Caption): string[] {
  const [target, measures] = [harmless(facts.target), measureLine(tree, facts)];
  const known = title === '' ? [measures] : [`${target} · ${measures}`];
  const lines = [harmless(subtitle), ...known, originLine(facts), harmless(note, longestNote)];
  return [harmless(title) || target, ...lines.filter(Boolean)];
}

/** What a reader of the graph needs first: `All 3 calls · 41.2 ms · 257 samples · one sample every 160 µs …`. */
function measureLine(tree: CallTree, facts: GraphFacts): string {
  return [
    harmless(facts.scope),
    formatDuration(tree.total[0]!),
    formatCount(tree.samples[0]!, 'sample'),
    intervalWords(facts),
    harmless(facts.sampler),
  ]
    .filter(Boolean)
    .join(' · ');
}

function intervalWords({ askedInterval, achievedInterval }: GraphFacts): string {
  const [asked, achieved] = [askedInterval, achievedInterval].map(
    (interval) => interval > 0 && formatDuration(interval),
  );
  if (!achieved) return asked ? `one sample every ${asked} asked` : '';
  return `one sample every ${achieved}${asked ? ` (asked: ${asked})` : ''}`;
}

/** Where and when it was: `https://example.org/ · 2026-03-01 09:30:00 UTC · Chrome/156.0.8078.79`. */
function originLine(facts: GraphFacts): string {
  const time = facts.startedAt === null ? '' : formatTime(facts.startedAt);
  return [harmless(facts.pageUrl), time, harmless(facts.browser)].filter(Boolean).join(' · ');
}

/** In UTC, so that a file's bytes do not depend on where it was written. */
function formatTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
