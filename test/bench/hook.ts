import { chromium, type Page } from 'playwright';
import { findBrowser, launchOptions } from '../../scripts/browser.mjs';
import { capture } from '../../src/capture/capture.ts';
import { parseTarget } from '../../src/capture/target.ts';
import { TraceHere } from '../../src/capture/trace-reader.ts';
import { TracingSampler } from '../../src/capture/tracing-sampler.ts';
import { attach } from '../harness/cdp.ts';
import { row } from './figures.ts';
import type { Say } from './index.ts';

/** Many, as compilers and samples fall into some of them. */
const COST_RUNS = 21;
const RUNS = 5;
const CAPTURED_CALLS = 1000;
const PASSING_CALLS = 100_000;
const CALLS_BY_PLACE = 200;

const html = `<p>${'words to lay out '.repeat(200)}</p><script>//# sourceURL=bench.js
  function trivial(x) { return x; }
  /** Microseconds a call of \`name\`, by the page's own clock. */
  function callMany(name, n) {
    const start = performance.now();
    for (let i = 0; i < n; i++) window[name](i);
    return (performance.now() - start) * 1000 / n;
  }
  /** Calls itself by its name: while a hook stands there, those are nested calls, which only pass through it. */
  function again(n) {
    if (n === 0) return 0;
    const start = performance.now();
    for (let i = 0; i < n; i++) again(0);
    return (performance.now() - start) * 1000 / n;
  }
  function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
  const jobs = {
    recursion: () => fib(30),
    JSON: () => JSON.parse(JSON.stringify(Array.from({ length: 150000 }, (_, i) => ({ i, text: 'x' + i })))),
    closures: () => Array.from({ length: 1500000 }, (_, i) => i).map((i) => i * 2).filter((i) => i % 3).length,
    'forced layouts': () => {
      for (let i = 0; i < 2000; i++) { document.body.style.width = 300 + i % 50 + 'px'; document.body.offsetHeight; }
    },
  };
  function job(name) { const start = performance.now(); jobs[name](); return performance.now() - start; }
</script>`;

/** What a page pays: for a captured call, for a nested one that only passes through, and for being sampled at all. */
export async function benchHook(say: Say): Promise<void> {
  const browser = await chromium.launch(launchOptions(await findBrowser(), { headless: true }));
  try {
    const page = await browser.newPage();
    await page.setContent(html);
    const placeOfTrivial = `bench.js:2:${'  function trivial('.length}`;
    const captured: number[] = [];
    const passing: number[] = [];
    for (let run = 0; run < COST_RUNS; run++) {
      const plain = await page.evaluate<number>(`callMany("trivial", ${CAPTURED_CALLS})`);
      const hooked = await whileArmed(page, 'trivial', CAPTURED_CALLS, `callMany("trivial", ${CAPTURED_CALLS})`);
      captured.push(hooked - plain);
      const direct = await page.evaluate<number>(`again(${PASSING_CALLS})`);
      const nested = await whileArmed(page, 'again', 2, `[again(${PASSING_CALLS}), again(0)][0]`);
      passing.push(nested - direct);
    }
    const byPlace: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      const plain = await page.evaluate<number>(`callMany("trivial", ${CALLS_BY_PLACE})`);
      const hooked = await whileArmed(page, placeOfTrivial, CALLS_BY_PLACE, `callMany("trivial", ${CALLS_BY_PLACE})`);
      byPlace.push(hooked - plain);
    }
    say(row('a captured call takes longer by', captured, 'µs', { atMost: 10 }, 2));
    say(row('a call hooked by its place, by', byPlace, 'µs', {}, 0));
    say(row('a call that passes through, by', passing, 'µs', { atMost: 0.2 }, 2));
    for (const name of ['recursion', 'JSON', 'closures', 'forced layouts']) {
      const bySampler: number[] = [];
      const byHook: number[] = [];
      for (let run = 0; run < RUNS; run++) {
        const plain = await page.evaluate<number>(`job('${name}')`);
        const sampled = await whileSampled(page, `job('${name}')`);
        const armed = await whileArmed(page, 'trivial', 1, `[job('${name}'), trivial(0)][0]`);
        bySampler.push((sampled / plain - 1) * 100);
        byHook.push((armed / sampled - 1) * 100);
      }
      say(row(`being sampled slows down ${name} by`, bySampler, '%', {}, 0));
      say(row('  and a hook that is not called, besides', byHook, '%', {}, 0));
    }
  } finally {
    await browser.close();
  }
}

/** Evaluates in the page while it is sampled as for a capture, and nothing is hooked. */
async function whileSampled(page: Page, expression: string): Promise<number> {
  const session = await attach(page, { trusted: false });
  const sampler = new TracingSampler(session, new TraceHere(), null);
  try {
    await sampler.start(() => {});
    return await page.evaluate<number>(expression);
  } finally {
    await sampler.abandon();
    await session.detach();
  }
}

/** Evaluates in the page while a capture of `calls` calls of a global function is armed; the expression must make them. */
async function whileArmed(page: Page, target: string, calls: number, expression: string): Promise<number> {
  const session = await attach(page, { trusted: false });
  try {
    let measured: Promise<number> | undefined;
    await capture(session, parseTarget(target)!, calls, {
      onProgress: ({ step }) => {
        if (step === 'armed') measured = page.evaluate<number>(expression);
      },
    });
    return await measured!;
  } finally {
    session.detach();
  }
}
