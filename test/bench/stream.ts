import { chromium, type Page } from 'playwright';
import { findBrowser, launchOptions } from '../../scripts/browser.mjs';
import { capture } from '../../src/capture/capture.ts';
import { parseTarget } from '../../src/capture/target.ts';
import { TraceHere } from '../../src/capture/trace-reader.ts';
import { planOf } from '../../src/flamegraph/view.ts';
import type { CaptureKey } from '../../src/formats/sampled.ts';
import { Folding } from '../../src/profile/fold.ts';
import { attach } from '../harness/cdp.ts';
import { readCalls } from '../harness/read-trace.ts';
import { variedJob } from '../harness/varied-job.ts';
import { type Cost, growthRow, row } from './figures.ts';
import type { Say } from './index.ts';
import { traceKey, writeVariedTrace } from './traces.ts';

const RUNS = 9;

const jobs: Readonly<Record<string, number>> = { 'real trace of 250 ms': 250, 'real trace of 4 s': 4000 };
const html = `<script>//# sourceURL=bench.js
  ${variedJob('job', 12)}
</script>`;

/** Perfetto streams: bytes into columns, and on to the laid out graph; and how that grows. */
export async function benchStream(say: Say): Promise<void> {
  const browser = await chromium.launch(launchOptions(await findBrowser(), { headless: true }));
  try {
    const page = await browser.newPage();
    await page.setContent(html);
    for (const [name, milliseconds] of Object.entries(jobs)) {
      const { bytes, key } = await recordTrace(page, milliseconds);
      // Short ones come to warm code only after many.
      const all = timesOf(() => readCalls(bytes, key), RUNS * (milliseconds < 1000 ? 20 : 2)).slice(-RUNS);
      const size = `${name}, ${(bytes.length / 1e6).toFixed(1)} MB`;
      say(
        row(
          size,
          all.map((took) => bytes.length / 1000 / took),
          'MB/s',
          { atLeast: 100 },
          0,
        ),
      );
    }
  } finally {
    await browser.close();
  }
  const costs = [1000, 10_000, 100_000].map((samples): Cost => {
    const bytes = writeVariedTrace(samples);
    const times = timesOf(() => drawable(bytes, traceKey), Math.max(5, 100_000 / samples));
    // The shortest, as other work of the machine only ever adds to one.
    return { size: bytes.length, took: Math.min(...times) };
  });
  say(growthRow('stream → layout, by bytes', costs));
}

/** All from the bytes to what is drawn. */
function drawable(bytes: Uint8Array, key: CaptureKey): unknown {
  const { calls, profile } = readCalls(bytes, key);
  const tree = new Folding(profile, calls).all();
  return planOf(tree, { whole: tree.total[0]! });
}

/** What the sampler of an extension gets of a call. */
async function recordTrace(page: Page, milliseconds: number): Promise<{ bytes: Uint8Array; key: CaptureKey }> {
  const session = await attach(page, { trusted: false });
  try {
    const kept = new KeptTrace();
    await capture(session, parseTarget('job')!, 1, {
      reader: kept,
      onProgress: ({ step }) => {
        if (step === 'armed') void page.evaluate(`job(${milliseconds})`);
      },
    });
    return { bytes: Buffer.concat(kept.parts), key: kept.key! };
  } finally {
    session.detach();
  }
}

/** Keeps what it is given to read. */
class KeptTrace extends TraceHere {
  readonly parts: Buffer[] = [];
  key: CaptureKey | null = null;

  override take(part: string): void {
    this.parts.push(Buffer.from(part, 'base64'));
    super.take(part);
  }

  override calls(key: CaptureKey) {
    this.key = key;
    return super.calls(key);
  }
}

function timesOf(work: () => unknown, runs: number): number[] {
  return Array.from({ length: runs }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
}
