import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Script } from 'node:vm';
import { dist } from '../../scripts/extension.mjs';
import { type FlambePanel, launchWithExtension, openFlambePanel, waitFor } from '../harness/index.ts';
import { row } from './figures.ts';
import type { Say } from './index.ts';
import { collectScripts } from './sources.ts';

const RUNS = 3;
const GLOBALS = 20_000;
const typed = ['render', 'createE', 'parse', 'dispatch'];

/** Typing into "Function" in the real DevTools window, over a page with 20 MB of scripts and 20,000 globals. */
export async function benchPicker(say: Say): Promise<void> {
  const scripts = new Map<string, string>();
  for (const [name, text] of await collectScripts()) {
    // As a bundler does; what imports other modules can't be run in one.
    const wrapped = `(function () {\n${text}\n});`;
    if (isScript(wrapped)) scripts.set(name, wrapped);
  }
  const globals = `<script>for (let i = 0; i < ${GLOBALS}; i++) window['render' + i] = new Function();</script>`;
  const html = `<!doctype html>${globals}${[...scripts.keys()].map((name) => `<script src="${name}"></script>`).join('')}`;
  const server = createServer((request, response) => {
    const text = scripts.get(request.url!);
    response.writeHead(200, { 'Content-Type': `${text ? 'text/javascript' : 'text/html'}; charset=utf-8` });
    response.end(text ?? html);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const size = [...scripts.values()].reduce((sum, text) => sum + text.length, 0);
  say(`${scripts.size} scripts, ${(size / 1e6).toFixed(1)} MB, ${GLOBALS} globals`);
  try {
    const runs: Typing[] = [];
    for (let run = 0; run < RUNS; run++) {
      const launched = await launchWithExtension(dist);
      try {
        await launched.page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
        runs.push(await typeInto(await openFlambePanel(launched, launched.page, { dock: 'undocked' })));
      } finally {
        await launched.close();
      }
    }
    const keys = runs.flatMap((run) => run.keys);
    const of = (what: 'first' | 'all' | 'longest') => runs.map((run) => run[what]);
    say(row('second key → first functions of sources', of('first'), 'ms', { atMost: 1000 }, 0));
    say(row('second key → all read', of('all'), 'ms', {}, 0));
    say(row('key → painted', keys, 'ms', {}, 0));
    say(row('longest task of the panel', of('longest'), 'ms', {}, 0));
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

function isScript(text: string): boolean {
  try {
    new Script(text);
    return true;
  } catch {
    return false;
  }
}

/** In milliseconds. */
interface Typing {
  readonly keys: number[];
  readonly first: number;
  readonly all: number;
  readonly longest: number;
}

interface Watched {
  keys: number[];
  tasks: number[];
  second?: number;
  first?: number;
  all?: number;
  /** The text that the functions of sources in the list are for. */
  answered?: string;
}

async function typeInto(panel: FlambePanel): Promise<Typing> {
  // Not by role and name, for the reason in panel.ts.
  await waitFor('the panel to show', () => panel.evaluate(() => document.querySelector('[role=combobox]') !== null));
  await panel.evaluate(() => {
    const watched: Watched = { keys: [], tasks: [] };
    Object.assign(window, { watched });
    new PerformanceObserver((list) => watched.tasks.push(...list.getEntries().map((task) => task.duration))).observe({
      entryTypes: ['longtask'],
    });
    const field = document.querySelector<HTMLInputElement>('[role=combobox]')!;
    field.addEventListener('input', (event) => {
      if (field.value.length === 2) watched.second ??= performance.now();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => watched.keys.push(performance.now() - event.timeStamp);
        port2.postMessage(null);
      });
    });
    let hasBegun = false;
    new MutationObserver(() => {
      if (document.querySelector('[role=option].source')) {
        watched.first ??= performance.now();
        watched.answered = field.value;
      }
      const isReading = document.body.textContent.includes('Reading scripts');
      hasBegun ||= isReading;
      if (hasBegun && !isReading) watched.all ??= performance.now();
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    field.focus();
  });
  const watched = () => panel.evaluate(() => (window as unknown as { watched: Watched }).watched);
  let all: number | undefined;
  for (let word = 0; all === undefined; word++) {
    for (const letter of typed[word % typed.length]!) {
      await panel.type(letter);
      await panel.settled();
    }
    // Whoever has typed looks at what came of it: of this word, or that all is read.
    await waitFor('an answer', () =>
      panel.evaluate(() => {
        const { all, answered } = (window as unknown as { watched: Watched }).watched;
        return all !== undefined || answered === document.querySelector<HTMLInputElement>('[role=combobox]')!.value;
      }),
    );
    ({ all } = await watched());
    if (all === undefined)
      await panel.evaluate(() => document.querySelector<HTMLInputElement>('[role=combobox]')!.select());
  }
  const { keys, tasks, second, first } = await watched();
  return { keys, first: first! - second!, all: all - second!, longest: Math.max(0, ...tasks) };
}
