import type { Page } from 'playwright';
import { expect, inject } from 'vitest';
import { ChildSession } from '../harness/child-session.ts';
import {
  type FlambePanel,
  type Launched,
  type LaunchOptions,
  launchWithExtension,
  openFlambePanel,
  openOwnWindow,
  targetIdOf,
  waitFor,
} from '../harness/index.ts';
import { Hands, type Mode } from './hands.ts';
import { type ServedPages, servePages } from './pages.ts';

/**
 * A page that can tell what has changed in it, a panel that captures its functions, and what has to hold however a
 * capture ended.
 */

const shop = `<script>
  function spin(milliseconds) {
    const end = performance.now() + milliseconds;
    while (performance.now() < end);
  }
  /** A loop that nothing gets through to, until the server has a page of that name. */
  function spinUntil(name) {
    for (let status = 0; status !== 200; ) {
      spin(20);
      const request = new XMLHttpRequest();
      request.open('GET', name, false);
      request.send();
      status = request.status;
    }
  }
  class Till {
    ring() { spin(10); return 'rung'; }
  }
  var shop = {
    till: new Till(),
    sell() { spin(10); return 'sold'; },
    serve(until) { spinUntil(until); return 'served'; },
    refuse(reason) { spin(10); throw reason; },
  };

  const owners = { window, shop, till: shop.till, Till, 'Till.prototype': Till.prototype, spin, console };
  for (const name of ['sell', 'serve', 'refuse']) owners[name] = shop[name];
  const look = () => new Map(Object.entries(owners).flatMap(([owner, object]) =>
    Reflect.ownKeys(object).map((key) => [owner + ' ' + String(key), Reflect.getOwnPropertyDescriptor(object, key)])));
  const same = (a, b) => a && b && Reflect.ownKeys(a).every((field) => Object.is(a[field], b[field]));
  const atFirst = look();
  /** Which properties are not what they were when the page was loaded. */
  function changes() {
    const now = look();
    const keys = new Set([...atFirst.keys(), ...now.keys()]);
    const changed = [...keys].filter((key) => !same(now.get(key), atFirst.get(key)));
    return changed.length > 0 || String([...now.keys()]) === String([...atFirst.keys()]) ? changed : ['order'];
  }
</script>`;

/** A browser with the extension, and a server with the page. */
export class Stage {
  readonly launched: Launched;
  readonly #pages: ServedPages;
  readonly #html: Record<string, string>;
  #witness: Page | null = null;
  #loops = 0;

  static async open(options: LaunchOptions = {}): Promise<Stage> {
    const html = { shop, branch: shop };
    const pages = await servePages(html);
    const launched = await launchWithExtension(inject('extension'), { devtools: false, ...options });
    const stage = new Stage(launched, pages, html);
    await stage.meetWitness();
    return stage;
  }

  private constructor(launched: Launched, pages: ServedPages, html: Record<string, string>) {
    this.launched = launched;
    this.#pages = pages;
    this.#html = html;
  }

  /** A page of the extension that outlives the panels. */
  get witness(): Page {
    return this.#witness!;
  }

  /** Finds another witness when the extension has died with all its pages, as soon as it is back. */
  async meetWitness(): Promise<void> {
    this.#witness = await this.launched.context.newPage();
    await waitFor('the extension to be there', () =>
      this.witness.goto(`chrome-extension://${this.launched.extensionId}/manifest.json`),
    );
  }

  /** Of the page; a branch is the same at another address, `localhost` another site and so another process. */
  url(name: 'shop' | 'branch' = 'shop', host?: 'localhost'): string {
    return this.#pages.url(name, host);
  }

  /** A tab with the page, and a panel on it. */
  async scene(mode: Mode, prepare = (_: Page): Promise<void> => Promise.resolve()): Promise<Scene> {
    const page = await this.launched.context.newPage();
    await prepare(page);
    await page.goto(this.url());
    const targetId = await targetIdOf(page);
    const tabId = await this.witness.evaluate(
      async (targetId) => (await chrome.debugger.getTargets()).find(({ id }) => id === targetId)!.tabId!,
      targetId,
    );
    return new Scene(this, page, targetId, tabId, await this.openPanel(page, mode));
  }

  async openPanel(page: Page, mode: Mode): Promise<Hands> {
    if (mode === 'DevTools') return Hands.inDevTools(await this.openDevTools(page));
    const panel = Hands.inOwnWindow(await openOwnWindow(this.launched, page));
    await panel.says(/^Attached to the page/);
    return panel;
  }

  async openDevTools(page: Page): Promise<FlambePanel> {
    await this.launched.browserCdp.send('Target.openDevTools', { targetId: await targetIdOf(page) });
    return openFlambePanel(this.launched, page, { dock: 'undocked' });
  }

  /** A name for `spinUntil`, and what ends that loop. */
  loop(): { readonly name: string; end(): void } {
    const name = `closing-time-${++this.#loops}`;
    return {
      name,
      end: () => {
        this.#html[name] = 'The shop is closed';
      },
    };
  }

  /** Closes all that was opened. */
  async clear(): Promise<void> {
    const opened = this.launched.context.pages().filter((page) => page !== this.witness);
    for (const page of opened) await page.close();
  }

  async close(): Promise<void> {
    await this.launched.close();
    await this.#pages.close();
  }
}

/** What a debugger of ours does to a tab; while it debugs, there may be breakpoints. */
type DebuggerState = 'detached' | 'attached' | 'debugging';

export class Scene {
  readonly stage: Stage;
  readonly page: Page;
  readonly targetId: string;
  readonly tabId: number;
  panel: Hands;
  /** Evaluates in the page. */
  run: (expression: string) => Promise<unknown>;

  constructor(stage: Stage, page: Page, targetId: string, tabId: number, panel: Hands) {
    this.stage = stage;
    this.page = page;
    this.targetId = targetId;
    this.tabId = tabId;
    this.panel = panel;
    this.run = (expression) => page.evaluate(expression);
  }

  /**
   * Begins something in the page that takes until it is told to end, as `shop.serve` does. Nothing else gets through to
   * the page in that time.
   */
  async hang(code: (until: string) => string): Promise<{ end(): Promise<unknown> }> {
    const begun = this.page.waitForEvent('console');
    const { name, end } = this.stage.loop();
    const running = this.run(`console.log('begun'), ${code(`'${name}'`)}`);
    // What goes wrong is for whoever waits for the end.
    running.catch(() => undefined);
    await begun;
    return {
      end: () => {
        end();
        return running;
      },
    };
  }

  /** Loads the page again after its process died; Playwright gives such a tab up. */
  async revive(): Promise<void> {
    await this.stage.witness.evaluate((tabId) => chrome.tabs.reload(tabId), this.tabId);
    const session = await ChildSession.attach(this.stage.launched.browserCdp, this.targetId);
    this.run = async (expression) => {
      const { result } = await session.send('Runtime.evaluate', { expression, returnByValue: true });
      return result.value;
    };
    await waitFor('the page to be loaded', () => this.run('typeof changes === "function"'));
  }

  /** Where the page's source says that, as people type it. */
  async placeOf(text: string): Promise<string> {
    const lines = (await (await this.page.request.get(this.page.url())).text()).split('\n');
    const line = lines.findIndex((each) => each.includes(text));
    if (line < 0) throw new Error(`The page's source does not say: ${text}`);
    return `${this.page.url()}:${line + 1}:${lines[line]!.indexOf(text) + 1}`;
  }

  /** How often the page has paused since, whoever made it; each time it goes on at once. */
  async countPauses(): Promise<() => number> {
    const session = await this.page.context().newCDPSession(this.page);
    let pauses = 0;
    session.on('Debugger.paused', () => {
      pauses++;
      void session.send('Debugger.resume');
    });
    await session.send('Debugger.enable');
    return () => pauses;
  }

  /** Properties of the page that are not what they were when it was loaded. */
  changes(): Promise<unknown> {
    return this.run('changes()');
  }

  /** How many listeners the window has; asked over a debugger of ours that is there anyway. */
  listeners(): Promise<number> {
    return this.stage.witness.evaluate(async (tabId) => {
      const send = (method: string, params: object) => chrome.debugger.sendCommand({ tabId }, method, params);
      const evaluated = (await send('Runtime.evaluate', { expression: 'window' })) as { result: { objectId: string } };
      const { objectId } = evaluated.result;
      const { listeners } = (await send('DOMDebugger.getEventListeners', { objectId })) as { listeners: unknown[] };
      await send('Runtime.releaseObject', { objectId });
      return listeners.length;
    }, this.tabId);
  }

  debugger(): Promise<DebuggerState> {
    return this.stage.witness.evaluate(async (tabId) => {
      const send = (method: string, params: object) => chrome.debugger.sendCommand({ tabId }, method, params);
      const answer = await send('Debugger.getScriptSource', { scriptId: '0' }).catch(String);
      if (/not attached/.test(String(answer))) return 'detached';
      return /Debugger agent is not enabled/.test(String(answer)) ? 'attached' : 'debugging';
    }, this.tabId);
  }
}

/** Kills the process of a page, and whatever else it holds. */
export async function killProcess(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  // Nobody is left to answer.
  session.send('Page.crash').catch(() => undefined);
  await crashed;
}

/** What the panel says and shows at the end of a capture. */
export interface Said {
  readonly status: RegExp;
  /** There is none where none is expected. */
  readonly alert?: RegExp;
  /** How the calls ended that are shown. */
  readonly calls: readonly string[];
}

export async function expectSaid({ panel }: Scene, { status, alert, calls }: Said): Promise<void> {
  await panel.says(status);
  if (alert) await panel.warns(alert);
  else expect(await panel.alerts()).toEqual([]);
  expect(await panel.outcomes()).toEqual(calls);
}

/**
 * The page is as it was when it was loaded, no breakpoint can be there, and the next capture works without a reload. An
 * own window is attached as long as it is open, unless somebody detached it.
 */
export async function expectPutRight(scene: Scene, atRest = restOf(scene)): Promise<void> {
  const { panel } = scene;
  expect(await scene.changes()).toEqual([]);
  await expectDebugger(scene, atRest);

  await panel.arm('shop.sell', 1);
  expect(await scene.changes()).toEqual(['shop sell']);
  await scene.run('shop.sell()');
  await expectSaid(scene, { status: /^Captured 1 call, /, calls: ['returned'] });
  expect(await scene.changes()).toEqual([]);
  await expectDebugger(scene, restOf(scene));
  if (restOf(scene) === 'attached') expect(await scene.listeners()).toBe(0);
  expect(panel.exceptions).toEqual([]);
}

/** The list of functions may just be read, which needs it for a moment. */
function expectDebugger(scene: Scene, state: DebuggerState): Promise<unknown> {
  return waitFor(`the debugger to be ${state}`, async () => (await scene.debugger()) === state);
}

function restOf({ panel }: Scene): DebuggerState {
  return panel.mode === 'own window' ? 'attached' : 'detached';
}
