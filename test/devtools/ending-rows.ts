import { expect } from 'vitest';
import { killProcess, type Said, type Scene } from './ending-stage.ts';

/** The ways in which a capture of three calls ends, or does not. */

/** A function of the page: what leads to it, and how its source begins. */
export interface Hooked {
  readonly path: string;
  readonly source: string;
}
export const sell: Hooked = { path: 'shop.sell', source: 'sell() {' };
const serve: Hooked = { path: 'shop.serve', source: 'serve(until) {' };
const refuse: Hooked = { path: 'shop.refuse', source: 'refuse(reason) {' };
const ring: Hooked = { path: 'shop.till.ring', source: 'ring() {' };
const spin: Hooked = { path: 'spin', source: 'function spin(' };

interface Ending extends Said {
  /** `shop.sell` if not given. */
  readonly fn?: Hooked;
  /** As typed, in seconds. */
  readonly timeout?: string;
  /** What happens to an armed capture of three calls. */
  happens(scene: Scene): Promise<unknown>;
  /** How a page comes back that is gone. */
  comeBack?(scene: Scene): Promise<unknown>;
  /** The browser has taken the debugger away. */
  readonly isDetached?: true;
  readonly inDevTools?: true;
  /** What is said otherwise when the function is hooked by its place; not given where that makes no difference. */
  readonly atPlace?: Partial<Said>;
}

export const sellOnce = async ({ run, panel }: Scene) => {
  await run('shop.sell()');
  await panel.says(/^Waiting for call 2 of 3/);
};

/** What happens, after “a capture ends”. */
export const endings: Readonly<Record<string, Ending>> = {
  'with its last call': {
    happens: ({ run }) => run('shop.sell(), shop.sell(), shop.sell(), shop.sell()'),
    status: /^Captured 3 calls, /,
    calls: ['returned', 'returned', 'returned'],
    inDevTools: true,
    atPlace: { status: /^Captured 3 calls, .*, breakpoints$/ },
  },
  'with its last call, of an inherited method': {
    fn: ring,
    happens: ({ run }) => run('shop.till.ring(), shop.till.ring(), shop.till.ring()'),
    status: /^Captured 3 calls, /,
    calls: ['returned', 'returned', 'returned'],
    atPlace: {},
  },
  'with its last call, of a global function': {
    fn: spin,
    happens: ({ run }) => run('spin(10), spin(10), spin(10)'),
    status: /^Captured 3 calls, /,
    calls: ['returned', 'returned', 'returned'],
  },
  'with calls that throw': {
    fn: refuse,
    happens: async ({ run }) => {
      const caught = `[1, 2, 3].map((reason) => { try { shop.refuse(reason); } catch (thrown) { return thrown; } })`;
      expect(await run(caught)).toEqual([1, 2, 3]);
    },
    status: /^Captured 3 calls, /,
    calls: ['threw', 'threw', 'threw'],
    atPlace: { status: /^Captured 3 calls, ≈ /, calls: ['end not seen', 'end not seen', 'end not seen'] },
  },
  'when it is cancelled before any call': {
    happens: ({ panel }) => panel.press('Cancel'),
    status: /^Cancelled before any call of shop\.sell$/,
    calls: [],
    // By its name when the script has been read by then.
    atPlace: { status: /^Cancelled before any call of (shop\.sell|http:\S+:\d+:\d+)$/ },
  },
  'when it is cancelled after a call': {
    happens: async (scene) => {
      await sellOnce(scene);
      await scene.panel.press('Cancel');
    },
    status: /^Captured 1 of 3 calls, /,
    calls: ['returned'],
    atPlace: {},
  },
  'when it is cancelled in the middle of a call': {
    fn: serve,
    happens: async (scene) => {
      const call = await scene.hang((until) => `shop.serve(${until})`);
      await scene.panel.says(/^The page is busy: in \S+, or in something else …$/);
      await scene.panel.press('Cancel');
      await scene.panel.says(/^The page is busy; as soon as it is through, the capture ends …$/);
      expect(await call.end()).toBe('served');
    },
    status: /^Captured 1 of 3 calls, /,
    calls: ['unfinished'],
    inDevTools: true,
    atPlace: {},
  },
  'when no call comes in time': {
    timeout: '0.3',
    happens: () => Promise.resolve(),
    status: /^Nothing was captured$/,
    alert: /^No call of shop\.sell within 0\.3 seconds.*a reference of its own.*Timeout 0 waits for ever/,
    calls: [],
    atPlace: { alert: /^No call of (shop\.sell|http:\S+:\d+:\d+) within 0\.3 seconds/ },
  },
  'when no further call comes in time': {
    timeout: '0.5',
    happens: ({ run }) => run('shop.sell(), shop.sell()'),
    status: /^Captured 2 of 3 calls, /,
    alert: /^Only 2 of 3 calls.*No further call came within 0\.5 seconds.*What there is, is shown.*raise the timeout/,
    calls: ['returned', 'returned'],
    atPlace: {},
  },
  'not while a call takes longer than the timeout': {
    fn: serve,
    timeout: '0.3',
    happens: async (scene) => {
      const call = await scene.hang((until) => `shop.serve(${until})`);
      await scene.panel.says(/^The page is busy/);
      await call.end();
      await scene.panel.warns(/^Only 1 of 3 calls.*No further call came within 0\.3 seconds/);
    },
    status: /^Captured 1 of 3 calls, /,
    alert: /What there is, is shown/,
    calls: ['returned'],
    atPlace: {},
  },
  'when the page is reloaded': {
    happens: async (scene) => {
      await sellOnce(scene);
      await scene.page.reload();
    },
    status: /^Captured 1 of 3 calls, /,
    alert: /^Only 1 of 3 calls.*went to another document.*What there is, is shown.*Press Capture/,
    calls: ['returned'],
    atPlace: {},
  },
  'when the page goes elsewhere in its site': {
    happens: async (scene) => {
      await sellOnce(scene);
      await scene.page.goto(scene.stage.url('branch'));
    },
    status: /^Captured 1 of 3 calls, /,
    alert: /^Only 1 of 3 calls.*went to another document.*What there is, is shown.*Press Capture/,
    calls: ['returned'],
    atPlace: {},
  },
  'when the page goes to another site, and so to another process': {
    happens: async (scene) => {
      await sellOnce(scene);
      await scene.page.goto(scene.stage.url('branch', 'localhost'));
    },
    status: /^Captured 1 of 3 calls, /,
    alert: /^Only 1 of 3 calls.*went to another document.*What there is, is shown.*Press Capture/,
    calls: ['returned'],
    inDevTools: true,
    atPlace: {},
  },
  'when the page goes to another site in the middle of a call': {
    fn: serve,
    happens: async (scene) => {
      await scene.hang((until) => `shop.serve(${until})`);
      await scene.panel.says(/^The page is busy/);
      await scene.page.goto(scene.stage.url('branch', 'localhost'));
    },
    status: /^Captured 1 of 3 calls, /,
    alert: /^Only 1 of 3 calls.*went to another document.*What there is, is shown.*Press Capture/,
    calls: ['unfinished'],
  },
  'with its last call, before a page that hangs on goes to another site': {
    happens: async (scene) => {
      await scene.hang((until) => `shop.sell(), shop.sell(), shop.sell(), spinUntil(${until})`);
      await scene.panel.says(/^The page is busy/);
      await scene.page.goto(scene.stage.url('branch', 'localhost'));
    },
    status: /^Captured 3 calls, /,
    calls: ['returned', 'returned', 'returned'],
  },
  'when the page goes elsewhere before any call': {
    happens: ({ page, stage }) => page.goto(stage.url('branch')),
    status: /^Nothing was captured$/,
    alert: /^The page went to another document before shop\.sell was called.*Press Capture again/,
    calls: [],
  },
  'when the page goes to one of the browser’s own': {
    happens: async (scene) => {
      await sellOnce(scene);
      await scene.page.goto('chrome://version');
    },
    status: /^Nothing was captured$/,
    alert: /^The debugger was detached.*went where no extension may look; what had been recorded is lost/,
    calls: [],
    comeBack: ({ page, stage }) => page.goto(stage.url()),
    isDetached: true,
    atPlace: {},
  },
  'when the page’s process dies': {
    happens: async (scene) => {
      await sellOnce(scene);
      await killProcess(scene.page);
    },
    status: /^Captured 1 of 3 calls, /,
    alert: /^Only 1 of 3 calls.*The page crashed.*What there is, is shown.*Reload the page/,
    calls: ['returned'],
    comeBack: (scene) => scene.revive(),
    inDevTools: true,
    atPlace: {},
  },
  'when the page’s process dies before any call': {
    happens: ({ page }) => killProcess(page),
    status: /^Nothing was captured$/,
    alert: /^The page crashed before shop\.sell was called.*Reload the page, then press Capture/,
    calls: [],
    comeBack: (scene) => scene.revive(),
  },
  'not while the page hangs, and the panel says so and stays alive': {
    happens: async (scene) => {
      const loop = await scene.hang((until) => `spinUntil(${until})`);
      await scene.panel.says(/^The page is busy: in shop\.sell, or in something else …$/);
      expect(await scene.panel.answerTime()).toBeLessThan(100);
      await loop.end();
      await scene.panel.says(/^Waiting for call 1 of 3/);
      await scene.run('shop.sell(), shop.sell(), shop.sell()');
    },
    status: /^Captured 3 calls, /,
    calls: ['returned', 'returned', 'returned'],
  },
  'not when the page opens its document anew': {
    happens: async (scene) => {
      await sellOnce(scene);
      await scene.run('document.open(), document.write("<p>Under new management"), document.close()');
      await scene.run('shop.sell(), shop.sell()');
    },
    status: /^Captured 3 calls, /,
    calls: ['returned', 'returned', 'returned'],
  },
};
