import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Phase, TraceEvent } from '../../src/formats/perfetto.ts';
import { readEvents } from '../harness/read-trace.ts';
import { type WrittenEvent, writeTrace } from './pictures-trace.ts';

interface SeenEvent {
  readonly phase: Phase;
  readonly name: string;
  readonly time: number;
  readonly thread: string;
}

function recorded(name: string): Uint8Array {
  return gunzipSync(readFileSync(new URL(`../fixtures/${name}.trace.gz`, import.meta.url)));
}

function eventsOf(bytes: Uint8Array, names: readonly string[] | null = null, part?: number): SeenEvent[] {
  const seen: SeenEvent[] = [];
  const see = ({ phase, name, time, thread: { pid, tid } }: TraceEvent) =>
    void seen.push({ phase, name, time, thread: `${pid}:${tid}` });
  readEvents(bytes, see, names, part);
  return seen;
}

/** Events of these names, and the ends of their slices. */
function ofNames(events: readonly SeenEvent[], names: readonly string[]): SeenEvent[] {
  const open = new Map<string, boolean[]>();
  return events.filter(({ phase, name, thread }) => {
    const slices = open.get(thread) ?? [];
    open.set(thread, slices);
    if (phase === 'end') return slices.pop() ?? true;
    if (phase === 'begin') slices.push(names.includes(name));
    return names.includes(name);
  });
}

describe('events of some names', () => {
  test.each(['calls', 'threads', 'cut-off'])('are those of a trace of the browser: %s', (recording) => {
    const bytes = recorded(recording);
    const all = eventsOf(bytes);
    const names = [...new Set(all.map(({ name }) => name))].filter((name) => name !== '');
    expect(names.length).toBeGreaterThan(5);
    for (const some of [['Layout'], ['FunctionCall', 'TimerRemove', 'ProfileChunk'], names])
      expect(eventsOf(bytes, some)).toEqual(ofNames(all, some));
  });

  const names = ['Layout', 'Paint', 'FunctionCall', 'TimerFire'];
  const event = fc.record({
    phase: fc.constantFrom<WrittenEvent['phase']>('B', 'B', 'E', 'E', 'I', 'P'),
    name: fc.constantFrom(...names),
    after: fc.nat(1000),
  });
  const thread = fc.array(event, { maxLength: 60 });

  test('are so whatever the order of events, slices that never began or end among them', () => {
    fc.assert(
      fc.property(fc.array(thread, { maxLength: 4 }), fc.subarray(names, { minLength: 1 }), (threads, some) => {
        const written = threads.map((events, index) => {
          let at = 0;
          return {
            pid: 1,
            tid: index,
            events: events.map(({ phase, name, after }): WrittenEvent => {
              at += after;
              return phase === 'E' ? { at, phase } : { at, phase, name };
            }),
          };
        });
        const bytes = writeTrace(...written);
        expect(eventsOf(bytes, some)).toEqual(ofNames(eventsOf(bytes), some));
      }),
      { numRuns: 300 },
    );
  });

  test('are so in slices that are open in thousands of others', () => {
    const depth = 5000;
    const events = Array.from({ length: 2 * depth }, (_, at): WrittenEvent => {
      return at < depth ? { at, phase: 'B', name: at % 2 === 0 ? 'Layout' : 'Paint' } : { at, phase: 'E' };
    });
    const bytes = writeTrace({ pid: 1, tid: 1, events });
    const seen = eventsOf(bytes, ['Layout']);
    const wanted = ofNames(eventsOf(bytes), ['Layout']);
    // What lies deeper than there is room for is all there, in whole slices.
    expect(seen.filter(({ name }) => name === 'Layout')).toEqual(wanted.filter(({ name }) => name === 'Layout'));
    const count = (phase: Phase) => seen.filter((one) => one.phase === phase).length;
    expect(count('begin')).toBe(count('end'));
  });

  test('are so on more threads than are told apart', () => {
    const threads = Array.from({ length: 400 }, (_, tid) => ({
      pid: 1,
      tid,
      events: [
        { at: 10, phase: 'B', name: 'Paint' },
        { at: 20, phase: 'B', name: 'Layout' },
        { at: 30, phase: 'E' },
        { at: 40, phase: 'E' },
      ] satisfies WrittenEvent[],
    }));
    const seen = eventsOf(writeTrace(...threads), ['Layout']).filter(({ name }) => name === 'Layout');
    expect(seen).toHaveLength(400);
    expect(new Set(seen.map(({ time }) => time))).toEqual(new Set([20]));
  });

  test('are the same however the stream is cut into parts', () => {
    const bytes = recorded('cut-off');
    const some = ['Layout', 'ProfileChunk', 'TimerRemove'];
    for (const part of [1, 7, 1000, 70_000]) {
      expect(eventsOf(bytes, null, part)).toEqual(eventsOf(bytes));
      expect(eventsOf(bytes, some, part)).toEqual(eventsOf(bytes, some));
    }
  });

  test('may come in a packet that is longer than what is looked at at a time', () => {
    const long = 'x'.repeat(3_000_000);
    const events: WrittenEvent[] = [
      { at: 1, phase: 'I', name: 'Layout', args: { long } },
      { at: 2, phase: 'I', name: 'Layout' },
    ];
    expect(eventsOf(writeTrace({ pid: 1, tid: 1, events }), ['Layout']).map(({ time }) => time)).toEqual([1, 2]);
  });
});
