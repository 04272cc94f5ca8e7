import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { expectPutRight, expectSaid, killProcess, type Said, type Scene, Stage } from './ending-stage.ts';

/** However a capture ends: the page is put right, the panel says what happened, and the next capture works. */

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

interface Ending extends Said {
  /** `shop.sell` if not given. */
  readonly target?: string;
  /** As typed, in seconds. */
  readonly timeout?: string;
  /** What happens to an armed capture of three calls. */
  happens(scene: Scene): Promise<unknown>;
  /** How a page comes back that is gone. */
  comeBack?(scene: Scene): Promise<unknown>;
  /** The browser has taken the debugger away. */
  readonly isDetached?: true;
  readonly inDevTools?: true;
}

const sellOnce = async ({ run, panel }: Scene) => {
  await run('shop.sell()');
  await panel.says(/^Waiting for call 2 of 3/);
};

const endings: Readonly<Record<string, Ending>> = {
  'with its last call': {
    happens: ({ run }) => run('shop.sell(), shop.sell(), shop.sell(), shop.sell()'),
    status: /^Captured 3 calls, /,
    calls: ['returned', 'returned', 'returned'],
    inDevTools: true,
  },
  'with its last call, of an inherited method': {
    target: 'shop.till.ring',
    happens: ({ run }) => run('shop.till.ring(), shop.till.ring(), shop.till.ring()'),
    status: /^Captured 3 calls, /,
    calls: ['returned', 'returned', 'returned'],
  },
  'with its last call, of a global function': {
    target: 'spin',
    happens: ({ run }) => run('spin(10), spin(10), spin(10)'),
    status: /^Captured 3 calls, /,
    calls: ['returned', 'returned', 'returned'],
  },
  'with calls that throw': {
    target: 'shop.refuse',
    happens: async ({ run }) => {
      const caught = `[1, 2, 3].map((reason) => { try { shop.refuse(reason); } catch (thrown) { return thrown; } })`;
      expect(await run(caught)).toEqual([1, 2, 3]);
    },
    status: /^Captured 3 calls, /,
    calls: ['threw', 'threw', 'threw'],
  },
  'when it is cancelled before any call': {
    happens: ({ panel }) => panel.press('Cancel'),
    status: /^Cancelled before any call of shop\.sell$/,
    calls: [],
  },
  'when it is cancelled after a call': {
    happens: async (scene) => {
      await sellOnce(scene);
      await scene.panel.press('Cancel');
    },
    status: /^Captured 1 of 3 calls, /,
    calls: ['returned'],
  },
  'when it is cancelled in the middle of a call': {
    target: 'shop.serve',
    happens: async (scene) => {
      const call = await scene.hang((until) => `shop.serve(${until})`);
      await scene.panel.says(/^The page is busy: in shop\.serve, or in something else …$/);
      await scene.panel.press('Cancel');
      await scene.panel.says(/^The page is busy; as soon as it is through, the capture ends …$/);
      expect(await call.end()).toBe('served');
    },
    status: /^Captured 1 of 3 calls, /,
    calls: ['unfinished'],
    inDevTools: true,
  },
  'when no call comes in time': {
    timeout: '0.3',
    happens: () => Promise.resolve(),
    status: /^Nothing was captured$/,
    alert: /^No call of shop\.sell within 0\.3 seconds.*a reference of its own.*Timeout 0 waits for ever/,
    calls: [],
  },
  'when no further call comes in time': {
    timeout: '0.5',
    happens: ({ run }) => run('shop.sell(), shop.sell()'),
    status: /^Captured 2 of 3 calls, /,
    alert: /^Only 2 of 3 calls.*No further call came within 0\.5 seconds.*What there is, is shown.*raise the timeout/,
    calls: ['returned', 'returned'],
  },
  'not while a call takes longer than the timeout': {
    target: 'shop.serve',
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
  },
  'when the page is reloaded': {
    happens: async (scene) => {
      await sellOnce(scene);
      await scene.page.reload();
    },
    status: /^Captured 1 of 3 calls, /,
    alert: /^Only 1 of 3 calls.*went to another document.*What there is, is shown.*Press Capture/,
    calls: ['returned'],
  },
  'when the page goes elsewhere in its site': {
    happens: async (scene) => {
      await sellOnce(scene);
      await scene.page.goto(stage.url('branch'));
    },
    status: /^Captured 1 of 3 calls, /,
    alert: /^Only 1 of 3 calls.*went to another document.*What there is, is shown.*Press Capture/,
    calls: ['returned'],
  },
  'when the page goes to another site, and so to another process': {
    happens: async (scene) => {
      await sellOnce(scene);
      await scene.page.goto(stage.url('branch', 'localhost'));
    },
    status: /^Captured 1 of 3 calls, /,
    alert: /^Only 1 of 3 calls.*went to another document.*What there is, is shown.*Press Capture/,
    calls: ['returned'],
    inDevTools: true,
  },
  'when the page goes to another site in the middle of a call': {
    target: 'shop.serve',
    happens: async (scene) => {
      await scene.hang((until) => `shop.serve(${until})`);
      await scene.panel.says(/^The page is busy/);
      await scene.page.goto(stage.url('branch', 'localhost'));
    },
    status: /^Captured 1 of 3 calls, /,
    alert: /^Only 1 of 3 calls.*went to another document.*What there is, is shown.*Press Capture/,
    calls: ['unfinished'],
  },
  'with its last call, before a page that hangs on goes to another site': {
    happens: async (scene) => {
      await scene.hang((until) => `shop.sell(), shop.sell(), shop.sell(), spinUntil(${until})`);
      await scene.panel.says(/^The page is busy/);
      await scene.page.goto(stage.url('branch', 'localhost'));
    },
    status: /^Captured 3 calls, /,
    calls: ['returned', 'returned', 'returned'],
  },
  'when the page goes elsewhere before any call': {
    happens: ({ page }) => page.goto(stage.url('branch')),
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
    comeBack: ({ page }) => page.goto(stage.url()),
    isDetached: true,
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

const all = Object.entries(endings);

describe.each([
  { mode: 'own window', rows: all },
  { mode: 'DevTools', rows: all.filter(([, { inDevTools }]) => inDevTools) },
] as const)('in $mode a capture ends', ({ mode, rows }) => {
  test.each(rows)('%s', async (_, { target = 'shop.sell', timeout, happens, comeBack, isDetached, ...said }) => {
    const scene = await stage.scene(mode);
    await scene.panel.arm(target, 3, timeout);
    await happens(scene);
    await expectSaid(scene, said);
    await comeBack?.(scene);
    await expectPutRight(scene, isDetached && 'detached');
  });

  test('before it begins when the page hangs, and the panel stays alive', async () => {
    const scene = await stage.scene(mode);
    const loop = await scene.hang(() => 'spin(4000)');
    await scene.panel.capture('shop.sell');
    expect(await scene.panel.answerTime()).toBeLessThan(100);
    await scene.panel.warns(/^The page does not answer.*main thread is busy.*Wait until the page reacts again/);
    await loop.end();
    await expectPutRight(scene);
  });

  test('when the tab is closed', async () => {
    const scene = await stage.scene(mode);
    await scene.panel.arm('shop.sell');
    await sellOnce(scene);
    await scene.page.close();
    if (mode === 'own window') {
      await scene.panel.warns(/^The debugger was detached.*the tab was closed.*what had been recorded is lost/);
      await scene.panel.press('Capture');
      await scene.panel.warns(/^The tab is gone.*Open Flambe again/);
    }
    await expectPutRight(await stage.scene(mode));
  });
});

test('a capture ends when the trace is full', { timeout: 120_000 }, async () => {
  const scene = await stage.scene('own window');
  await scene.panel.arm('shop.sell');
  await sellOnce(scene);
  // A mark goes into the trace with its label, and a long one takes its room: 700 MB of them.
  await scene.run(`(async () => {
    const label = 'x'.repeat(500_000);
    for (let marks = 0; marks < 1400; marks++) {
      console.timeStamp(label + marks);
      if (marks % 2 === 0) await new Promise((resolve) => setTimeout(resolve));
    }
  })()`);
  await scene.panel.warns(/^Only 1 of 3 calls.*The trace was full.*What there is, is shown.*fewer calls/, 90_000);
  await expectSaid(scene, { status: /^Captured 1 of 3 calls, /, alert: /full/, calls: ['returned'] });
  await expectPutRight(scene);
});
