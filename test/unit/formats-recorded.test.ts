import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Folding } from '../../src/profile/fold.ts';
import { linesOf } from '../../src/profile/lines.ts';
import { activeTime, type CallTree, callCount, FrameKind, NOT_SAMPLED } from '../../src/profile/model.ts';
import { readCalls, readPage } from '../harness/read-trace.ts';
import { type Recording, recording } from './pictures-recorded.ts';

/** Milliseconds: the page's clock ticks every 5 µs, the trace's every 1 µs. */
const TICKS = 0.02;

function read(of: Recording) {
  const { calls, profile } = readCalls(of.bytes, of.key);
  const lengths = Array.from({ length: callCount(calls) }, (_, call) => activeTime(calls, call) / 1000);
  return { calls, profile, lengths, folding: new Folding(profile, calls) };
}

function namesIn(tree: CallTree): Set<string> {
  return new Set(Array.from(tree.frame, (frame) => tree.frames.name[frame]!));
}

/** Share of the root's sampled time that goes through functions of a name, the outermost one of each path. */
function share(tree: CallTree, name: string): number {
  let time = 0;
  let sampled = tree.total[0]!;
  for (let node = 0; node < tree.frame.length; node++) {
    const here = tree.frames.name[tree.frame[node]!];
    if (here === name) time += tree.total[node]!;
    if (here === NOT_SAMPLED) sampled -= tree.total[node]!;
  }
  return time / sampled;
}

test.each(['calls', 'threads', 'cut-off'] as const)(
  'the recorded trace %s is the same however it is cut into parts',
  (name) => {
    const { bytes, key } = recording(name);
    for (const part of [997, 50_000]) {
      expect(readCalls(bytes, key, part)).toEqual(readCalls(bytes, key));
      expect(readPage(bytes, 100, part)).toEqual(readPage(bytes, 100));
    }
  },
);

/** What the recorded page ran, by line. */
const source = readFileSync(path.join(import.meta.dirname, '../fixtures/page/app.js'), 'utf8').split('\n');

describe('a recorded trace of one thread', () => {
  const page = recording('calls');
  const { calls, profile, lengths, folding } = read(page);
  const callOf = (job: string) => page.calls.findIndex((call) => call.job === job);

  test('has all the calls, with their outcomes, on one thread', () => {
    expect(calls.outcome).toEqual(page.calls.map(({ outcome }) => outcome));
    expect(new Set(calls.thread).size).toBe(1);
  });

  test.each(page.calls.map((call, i) => [i, call.job, call] as const))('clocks call %i (%s)', (i, _, booked) => {
    // The marks stand between the function's own clock and its caller's.
    expect(lengths[i]).toBeGreaterThan(booked.inside - TICKS);
    expect(lengths[i]).toBeLessThan(booked.outside + TICKS);
    // The first call pays for the first mark of its page too.
    if (i > 0) expect(lengths[i]! - booked.inside).toBeLessThan(0.3);
  });

  test('has the functions of each call and no others', () => {
    const own = ['parts', 'heavy', 'light', 'thrash', 'deep', 'sortNumbers', 'promise', 'throw'];
    const expected: Record<string, string[]> = {
      parts: ['parts', 'heavy', 'light'],
      again: ['parts', 'heavy', 'light'],
      thrash: ['thrash'],
      deep: ['deep'],
      sort: ['sortNumbers'],
      nothing: [],
      throw: ['throw'],
      promise: ['promise'],
    };
    for (const [i, { job }] of page.calls.entries()) {
      const names = namesIn(folding.call(i));
      expect(own.filter((name) => names.has(name))).toEqual(expected[job]);
    }
  });

  test('begins each tree at the target, without callers and hook', () => {
    for (const i of page.calls.keys()) {
      const tree = folding.call(i);
      expect(tree.frames.name[tree.frame[0]!]).toBe('target');
      expect(namesIn(tree).has('callTarget')).toBe(false);
      expect([...tree.frame].some((frame) => tree.frames.url[frame] === page.key.hookUrl)).toBe(false);
    }
  });

  test('knows the lines of its functions, in which all their sampled time is', () => {
    const timeline = folding.timeline('all');
    const { tree } = timeline;
    for (const name of ['spin', 'sortNumbers']) {
      const own = [...tree.frame.keys()].filter((node) => tree.frames.name[tree.frame[node]!] === name);
      const { line, self } = linesOf(timeline, profile, own);
      const first = source.findIndex((text) => text.startsWith(`function ${name}(`)) + 1;
      const last = source.indexOf('}', first) + 1;
      expect(line.length).toBeGreaterThan(1);
      for (const each of line) expect(each >= first && each <= last).toBe(true);
      expect(self.reduce((a, b) => a + b)).toBe(own.reduce((sum, node) => sum + tree.self[node]!, 0));
    }
  });

  test('knows the place of each sample to the character, whether it is read with a target or without', () => {
    for (const { frames, stacks, samples } of [profile, readPage(page.bytes, 100).profile]) {
      const calls = [...samples.stack.keys()].filter((sample) => {
        const frame = stacks.frame[samples.stack[sample]!];
        return frame !== undefined && frames.name[frame] === 'now';
      });
      expect(calls.length).toBeGreaterThan(0);
      // A function of the browser stands where it was called.
      for (const sample of calls)
        expect(source[samples.line[sample]! - 1]!.slice(samples.column[sample]! - 1)).toMatch(/^now\(\)/);
    }
  });

  test('finds the target again inside itself when it calls itself, as one call', () => {
    const tree = folding.call(callOf('again'));
    const targets = [...tree.frame.keys()].filter((node) => tree.frame[node] === profile.targetFrame);
    expect(targets.map((node) => tree.depth[node])).toEqual([0, 2]);
  });

  test('shows 15 ms of one function and 5 ms of another as three quarters and one', () => {
    const tree = folding.all();
    const [heavy, light] = [share(tree, 'heavy'), share(tree, 'light')];
    expect(Math.abs(heavy / (heavy + light) - 0.75)).toBeLessThan(0.05);
  });

  test('goes as deep as the page did', () => {
    const tree = folding.call(callOf('deep'));
    const deep = [...tree.frame.keys()].filter((node) => tree.frames.name[tree.frame[node]!] === 'deep');
    expect(
      Math.max(...deep.map((node) => tree.depth[node]!)) - Math.min(...deep.map((node) => tree.depth[node]!)),
    ).toBe(page.levels);
  });

  test('has each layout that the page forced, within the call, with a time of its own', () => {
    const call = callOf('thrash');
    const [from, to] = [calls.intervalStart[call]!, calls.intervalEnd[call]!];
    const within = (name: string) =>
      [...profile.work.start.keys()].filter(
        (w) =>
          profile.frames.name[profile.work.frame[w]!] === name &&
          profile.work.start[w]! >= from &&
          profile.work.end[w]! <= to,
      );
    expect(within('Layout').length).toBe(page.layouts);
    expect(within('Recalculate style').length).toBeGreaterThanOrEqual(page.layouts);
    const tree = folding.call(call);
    const shown = [...tree.frame.keys()].filter((node) => tree.frames.name[tree.frame[node]!] === 'Layout');
    const sum = (column: Iterable<number>) => [...column].reduce((a, b) => a + b, 0);
    expect(sum(shown.map((node) => tree.total[node]!))).toBe(
      sum(within('Layout').map((w) => profile.work.end[w]! - profile.work.start[w]!)),
    );
    for (const node of shown) expect(tree.frames.kind[tree.frame[node]!]).toBe(FrameKind.browser);
  });

  test('says where the page’s functions are, by the page’s own place of the target', () => {
    const { frames, targetFrame } = profile;
    expect([
      frames.name[targetFrame],
      frames.url[targetFrame],
      frames.line[targetFrame],
      frames.column[targetFrame],
    ]).toEqual([page.key.target.name, page.key.target.url, page.key.target.line, page.key.target.column]);
    // Nothing of the hook's or the target's own shows up as a second frame of the target under the root.
    const tree = folding.call(0);
    expect([...tree.frame].slice(1).includes(targetFrame)).toBe(false);
  });

  test('takes no sample that a mark forced: none lies within 50 µs of a mark with the hook on top', () => {
    const hooks = new Set(profile.hookFrames ?? []);
    expect(hooks.size).toBeGreaterThan(0);
    const marks = [...calls.intervalStart, ...calls.intervalEnd];
    const forced = [...profile.samples.time.keys()].filter((s) => {
      const stack = profile.samples.stack[s]!;
      const isHook = stack >= 0 && hooks.has(profile.stacks.frame[stack]!);
      return isHook && marks.some((mark) => Math.abs(mark - profile.samples.time[s]!) <= 50);
    });
    expect(forced).toEqual([]);
  });

  test('read with the key of another capture has no calls', () => {
    expect(callCount(readCalls(page.bytes, { ...page.key, id: 'f1a3b' }).calls)).toBe(0);
  });
});

describe('a recorded trace of a page and its worker', () => {
  const both = recording('threads');
  const { calls, lengths, folding } = read(both);
  const threads = [...new Set(calls.thread)];
  const jobOf = (call: number) => (namesIn(folding.call(call)).has('onPage') ? 'onPage' : 'inWorker');

  test('has the calls of both, each on its thread', () => {
    expect(threads.length).toBe(2);
    for (const thread of threads) {
      const own = [...calls.thread.keys()].filter((call) => calls.thread[call] === thread);
      expect(own.length).toBe(2);
      expect(new Set(own.map(jobOf)).size).toBe(1);
    }
    expect(new Set([...calls.thread.keys()].map(jobOf)).size).toBe(2);
  });

  test('clocks them as their threads did', () => {
    for (const job of ['onPage', 'inWorker']) {
      const booked = both.calls.filter((call) => call.job === job);
      const found = lengths.filter((_, call) => jobOf(call) === job);
      for (const [i, { inside, outside }] of booked.entries()) {
        expect(found[i]).toBeGreaterThan(inside - TICKS);
        expect(found[i]).toBeLessThan(outside + TICKS);
      }
    }
  });

  test('never mixes them, though they ran at the same time', () => {
    const [a, b] = threads.map((thread) => {
      const first = [...calls.thread.keys()].find((call) => calls.thread[call] === thread)!;
      return { start: calls.intervalStart[first]!, end: calls.intervalEnd[first]! };
    });
    expect(Math.max(a!.start, b!.start)).toBeLessThan(Math.min(a!.end, b!.end));
    for (const call of calls.thread.keys()) {
      const names = namesIn(folding.call(call));
      expect(names.has('onPage') && names.has('inWorker')).toBe(false);
    }
  });
});

describe('a recorded trace that was cut off in a call', () => {
  const cut = recording('cut-off');
  const { calls, lengths, folding } = read(cut);

  test('has the finished call as it was and the other one as unfinished', () => {
    expect(calls.outcome).toEqual(['returned', 'unfinished']);
    expect(lengths[0]).toBeGreaterThan(cut.calls[0]!.inside - TICKS);
    expect(lengths[0]).toBeLessThan(cut.calls[0]!.outside + TICKS);
  });

  test('lasts, as far as anyone can know, until the last sample that the browser gave', () => {
    expect(lengths[1]).toBeGreaterThan(cut.calls[1]!.inside / 2);
    expect(lengths[1]).toBeLessThan(cut.calls[1]!.inside + 0.3);
    expect(share(folding.call(1), 'heavy')).toBeGreaterThan(0.9);
  });
});

describe('a damaged trace', () => {
  const { bytes, key } = recording('cut-off');

  /** Reads and folds: gives a result or throws a RangeError; anything else is a bug. */
  function survive(damaged: Uint8Array): 'read' | 'refused' {
    try {
      const { calls, profile } = readCalls(damaged, key);
      const folding = new Folding(profile, calls);
      const tree = folding.all();
      expect(tree.total[0]).toBe([...calls.thread.keys()].reduce((sum, call) => sum + activeTime(calls, call), 0));
      return 'read';
    } catch (error) {
      expect(error).toBeInstanceOf(RangeError);
      expect((error as RangeError).message).not.toMatch(/Invalid array length|call stack/i);
      return 'refused';
    }
  }

  test('that is empty has no calls', () => {
    expect(callCount(readCalls(new Uint8Array(), key).calls)).toBe(0);
  });

  test('that ends anywhere is refused with the place, or read as far as it goes', () => {
    let refused = 0;
    for (let part = 1; part < 50; part++) {
      const end = Math.floor((bytes.length * part) / 50);
      if (survive(bytes.subarray(0, end)) === 'read') continue;
      refused++;
      expect(() => readCalls(bytes.subarray(0, end), key)).toThrow(
        /^Not a Perfetto trace at byte \d+: the packet goes beyond the end$/,
      );
    }
    // All but those that happen to end with a packet.
    expect(refused).toBeGreaterThan(45);
  });

  test('that is no trace is refused', () => {
    for (const text of ['{"traceEvents": []}', '<!doctype html>', '\u001f\u008b gzip'])
      expect(() => readCalls(new TextEncoder().encode(text), key)).toThrow(/^Not a Perfetto trace at byte 0: /);
  });

  test('with wrong bytes is refused or read, never anything else', () => {
    const flip = fc.record({ at: fc.nat(bytes.length - 1), by: fc.integer({ min: 1, max: 255 }) });
    fc.assert(
      fc.property(fc.array(flip, { minLength: 1, maxLength: 20 }), (flips) => {
        const damaged = bytes.slice();
        for (const { at, by } of flips) damaged[at]! ^= by;
        survive(damaged);
      }),
      { numRuns: 150, interruptAfterTimeLimit: 3000 },
    );
  });

  test('of random bytes is refused or read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (random) => {
        survive(random);
      }),
      { numRuns: 500 },
    );
  });
});
