import type { CallTree, Microseconds } from '../profile/model.ts';
import { harmless } from './names.ts';
import { formatCount, formatDuration } from './units.ts';

/** Where a call tree comes from: what an exported file says about its capture. Plain strings and numbers. */
export interface GraphFacts {
  /** What was captured, as the user named it, such as `app.store.dispatch`. */
  readonly target: string;
  /** Which of the capture's calls the tree holds, in words, such as `All 3 calls` or `Call 2 of 3, threw`. */
  readonly scope: string;
  /** How many calls the tree holds. */
  readonly calls: number;
  readonly pageUrl: string;
  /** When the capture began, ms since 1970. */
  readonly startedAt: number;
  /** Such as `Chrome/156.0.8078.79`. */
  readonly browser: string;
  readonly sampler: string;
  /** Between two samples, as the sampler was asked. */
  readonly askedInterval: Microseconds;
  /** Between two samples, as it came out (the median); 0 when unknown. */
  readonly achievedInterval: Microseconds;
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
  const interval =
    facts.achievedInterval > 0
      ? `one sample every ${formatDuration(facts.achievedInterval)} (asked: ${formatDuration(facts.askedInterval)})`
      : `one sample every ${formatDuration(facts.askedInterval)} asked`;
  return [
    harmless(facts.scope),
    formatDuration(tree.total[0]!),
    formatCount(tree.samples[0]!, 'sample'),
    interval,
    harmless(facts.sampler),
  ].join(' · ');
}

/** Where and when it was: `https://example.org/ · 2026-03-01 09:30:00 UTC · Chrome/156.0.8078.79`. */
function originLine(facts: GraphFacts): string {
  const known = [harmless(facts.pageUrl), formatTime(facts.startedAt), harmless(facts.browser)].filter(Boolean);
  return known.join(' · ');
}

/** In UTC, so that a file's bytes do not depend on where it was written. */
function formatTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
