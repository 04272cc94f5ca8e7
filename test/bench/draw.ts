import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type Page } from 'playwright';
import { findBrowser, launchOptions } from '../../scripts/browser.mjs';
import type { CallTree } from '../../src/profile/model.ts';
import { packedText } from '../unit/exported.ts';
import { graphOf } from '../unit/facts.ts';
import { bundleForPage } from './bundle.ts';
import { row, timesFaster } from './figures.ts';
import type * as pageModule from './graph-page.ts';
import pageCode from './graph-page.ts?iife';
import type { Say } from './index.ts';
import { installPeers, peerFile, peersFolder, reason } from './peers.ts';
import { growTree } from './trees.ts';

const RUNS = 5;
const sizes = [10_000, 100_000];
/** ms; as d3-flame-graph makes an element of each node, it takes a while. */
const TIMEOUT = 120_000;

/** As d3-flame-graph takes it. */
interface Nested {
  readonly name: string;
  readonly value: number;
  readonly children: Nested[];
}

/** What is used of the peer's modules. */
interface PeerPage {
  select(element: Element): { datum(data: Nested): { call(chart: unknown): void } };
  flamegraph(): { width(pixels: number): { transitionDuration(ms: number): unknown } };
}

/** What one drawing came to; `took` in ms, `total` in microseconds. */
interface Drawn {
  readonly took: number;
  readonly boxes: number;
  readonly total: number;
}

declare global {
  var bench: typeof pageModule;
  var peer: PeerPage;
  /** ms from the beginning of some work until the last of what came of it is painted. */
  function untilPainted(work: () => void): Promise<number>;
}

/** A tree that is in the page already → painted, next to d3-flame-graph without its transitions, in a fresh page each time. */
export async function benchDraw(say: Say): Promise<void> {
  await installPeers(say);
  const peer = await peerParts().catch((error) => {
    say(`d3-flame-graph left out: ${reason(error)}`);
    return null;
  });
  const browser = await chromium.launch(launchOptions(await findBrowser(), { headless: true }));
  try {
    for (const size of sizes) {
      const tree = growTree(size);
      const ours: Drawn[] = [];
      const theirs: Drawn[] = [];
      for (let run = 0; run < RUNS; run++) {
        ours.push(await drawWithFlambe(browser, tree));
        if (peer) theirs.push(await drawWithD3(browser, peer, tree));
      }
      const times = (drawn: readonly Drawn[]) => drawn.map(({ took }) => took);
      const totals = new Set([...ours, ...theirs].map(({ total }) => total));
      const agreed = totals.size === 1 ? `${[...totals][0]} µs` : `THEY DIFFER: ${[...totals].join(', ')} µs`;
      say(`${size.toLocaleString('en')} nodes: ${agreed}`);
      say(row('  Flambe', times(ours), 'ms'));
      say(`    ${ours[0]!.boxes} boxes and strips`);
      if (!peer) continue;
      say(row('  d3-flame-graph', times(theirs), 'ms', {}, 0));
      say(`    ${theirs[0]!.boxes} boxes`);
      say(row('    Flambe is faster', timesFaster(times(ours), times(theirs)), '×'));
    }
  } finally {
    await browser.close();
  }
}

async function peerParts(): Promise<{ readonly code: string; readonly style: string }> {
  const style = peerFile('d3-flame-graph/dist/d3-flamegraph.css');
  if (style === null) throw new Error('it is not installed');
  return {
    code: await bundleForPage(path.join(peersFolder, 'd3-page.mjs')),
    style: await readFile(style, 'utf8'),
  };
}

async function drawWithFlambe(browser: Browser, tree: CallTree): Promise<Drawn> {
  const page = await openPage(browser, `globalThis.bench = ${pageCode}`);
  const drawn = await page.evaluate(
    async (packed) => {
      document.head.append(Object.assign(document.createElement('style'), { textContent: bench.liveStyle }));
      const host = document.querySelector('#host')!;
      const { tree } = bench.unpackGraph(packed);
      const took = await untilPainted(() => {
        const look = { orientation: 'icicle', paint: bench.paintBy('source') } as const;
        bench.createFlameGraph(host, look).show(bench.planOf(tree));
      });
      return { took, boxes: host.querySelectorAll('[role=treeitem]').length, total: tree.total[0]! };
    },
    packedText(graphOf(tree)),
  );
  await page.close();
  return drawn;
}

async function drawWithD3(browser: Browser, { code, style }: { code: string; style: string }, tree: CallTree) {
  const page = await openPage(browser, `globalThis.peer = ${code}`);
  await page.addStyleTag({ content: style });
  const drawn = await page.evaluate(
    async (text): Promise<Drawn> => {
      const data = JSON.parse(text) as Nested;
      const host = document.querySelector('#host')!;
      const took = await untilPainted(() => {
        const chart = peer.flamegraph().width(1200).transitionDuration(0);
        peer.select(host).datum(data).call(chart);
      });
      // As its root says: `name (100.000%, 1234 samples)`.
      const [, total] = /, ([\d.]+) samples\)$/.exec(host.querySelector('g.frame title')!.textContent!)!;
      return { took, boxes: host.querySelectorAll('g.frame').length, total: Number(total) };
      // As a text: Playwright takes minutes for an object so deep.
    },
    JSON.stringify(nested(tree)),
  );
  await page.close();
  return drawn;
}

async function openPage(browser: Browser, code: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(TIMEOUT);
  await page.setContent('<!doctype html><body style="margin: 0"><div id="host" style="height: 880px"></div>');
  await page.evaluate(code);
  await page.evaluate(defineUntilPainted);
  return page;
}

/** Runs in the page. */
function defineUntilPainted(): void {
  /** Frames without a change, after which none is expected. */
  const QUIET = 6;
  globalThis.untilPainted = async (work) => {
    let last = Number.NaN;
    let quiet = 0;
    const changes = new MutationObserver(() => {
      quiet = 0;
      // The frame is painted when the first task after it runs.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          last = performance.now();
        };
        port2.postMessage(null);
      });
    });
    changes.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    const start = performance.now();
    work();
    while (Number.isNaN(last) || quiet++ < QUIET) await new Promise(requestAnimationFrame);
    changes.disconnect();
    return last - start;
  };
}

function nested({ frames, frame, parent, total }: CallTree): Nested {
  const nodes = Array.from(
    frame,
    (of, node): Nested => ({ name: frames.name[of]!, value: total[node]!, children: [] }),
  );
  for (let node = 1; node < nodes.length; node++) nodes[parent[node]!]!.children.push(nodes[node]!);
  return nodes[0]!;
}
