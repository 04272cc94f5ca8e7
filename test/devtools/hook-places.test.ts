import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../harness/index.ts';
import { expectPutRight, expectSaid, killProcess, type Said, type Scene, Stage } from './ending-stage.ts';

/** Functions hooked by their place in the source: however a capture ends, no breakpoint stays and nothing ever paused. */

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.clear());
afterAll(() => stage?.close());

/** Where the page's source says that. */
async function placeOf({ page }: Scene, text: string): Promise<string> {
  const source = await (await page.request.get(page.url())).text();
  const lines = source.split('\n');
  const line = lines.findIndex((each) => each.includes(text));
  expect(line).toBeGreaterThan(0);
  return `${page.url()}:${line + 1}:${lines[line]!.indexOf(text) + 1}`;
}

interface Ending extends Said {
  /** A piece of the source; `sell() {` if not given. */
  readonly target?: string;
  happens(scene: Scene): Promise<unknown>;
  comeBack?(scene: Scene): Promise<unknown>;
  readonly inDevTools?: true;
}

const sellOnce = async ({ run, panel }: Scene) => {
  await run('shop.sell()');
  await panel.says(/^Waiting for call 2 of 3/);
};

const endings: Readonly<Record<string, Ending>> = {
  'with its last call': {
    happens: ({ run }) => run('shop.sell(), shop.sell(), shop.sell(), shop.sell()'),
    status: /^Captured 3 calls, .*, breakpoints$/,
    calls: ['returned', 'returned', 'returned'],
    inDevTools: true,
  },
  'with calls that throw': {
    target: 'refuse(reason) {',
    happens: async ({ run }) => {
      const caught = `[1, 2, 3].map((reason) => { try { shop.refuse(reason); } catch (thrown) { return thrown; } })`;
      expect(await run(caught)).toEqual([1, 2, 3]);
    },
    status: /^Captured 3 calls, ≈ /,
    calls: ['end not seen', 'end not seen', 'end not seen'],
  },
  'when it is cancelled before any call': {
    happens: ({ panel }) => panel.press('Cancel'),
    status: /^Cancelled before any call of /,
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
    target: 'serve(until) {',
    happens: async (scene) => {
      const call = await scene.hang((until) => `shop.serve(${until})`);
      await scene.panel.says(/^The page is busy/);
      await scene.panel.press('Cancel');
      await scene.panel.says(/^The page is busy; as soon as it is through, the capture ends …$/);
      expect(await call.end()).toBe('served');
    },
    status: /^Captured 1 of 3 calls, /,
    calls: ['unfinished'],
    inDevTools: true,
  },
  'when the page is reloaded': {
    happens: async (scene) => {
      await sellOnce(scene);
      await scene.page.reload();
    },
    status: /^Captured 1 of 3 calls, /,
    alert: /^Only 1 of 3 calls.*went to another document.*What there is, is shown/,
    calls: ['returned'],
  },
  'when the page goes to another site, and so to another process': {
    happens: async (scene) => {
      await sellOnce(scene);
      await scene.page.goto(stage.url('branch', 'localhost'));
    },
    status: /^Captured 1 of 3 calls, /,
    alert: /^Only 1 of 3 calls.*went to another document.*What there is, is shown/,
    calls: ['returned'],
  },
  'when the page’s process dies': {
    happens: async (scene) => {
      await sellOnce(scene);
      await killProcess(scene.page);
    },
    status: /^Captured 1 of 3 calls, /,
    alert: /^Only 1 of 3 calls.*The page crashed.*What there is, is shown/,
    calls: ['returned'],
    comeBack: (scene) => scene.revive(),
  },
};

const all = Object.entries(endings);

describe.each([
  { mode: 'own window', rows: all },
  { mode: 'DevTools', rows: all.filter(([, { inDevTools }]) => inDevTools) },
] as const)('in $mode a capture by place ends', ({ mode, rows }) => {
  test.each(rows)('%s', async (_, { target = 'sell() {', happens, comeBack, ...said }) => {
    const scene = await stage.scene(mode);
    await scene.panel.arm(await placeOf(scene, target), 3);
    expect(await scene.changes()).toEqual([]);
    await happens(scene);
    await expectSaid(scene, said);
    await comeBack?.(scene);
    await expectPutRight(scene);
  });
});

test('a panel that vanishes takes its breakpoints with it', async () => {
  const scene = await stage.scene('own window');
  await scene.panel.arm(await placeOf(scene, 'sell() {'), 3);
  await scene.run('shop.sell()');
  await scene.panel.close();
  await waitFor('the debugger to be gone', async () => (await scene.debugger()) === 'detached');
  scene.panel = await stage.openPanel(scene.page, 'own window');
  await expectPutRight(scene);
});

test.each(['own window', 'DevTools'] as const)('from a reload on the very first call is seen: %s', async (mode) => {
  const scene = await stage.scene(mode);
  const { lineNumber } = await lineOf(scene, 'const look = (');
  await scene.panel.fill(`${scene.page.url()}:${lineNumber}:16`, 1);
  await scene.panel.press('Options');
  await scene.panel.press('Reload and capture');
  await expectSaid(scene, { status: /^Captured 1 call, .*, breakpoints$/, calls: ['returned'] });
  await expectPutRight(scene);
});

test('what can’t be replaced is offered by its place', async () => {
  const scene = await stage.scene('own window');
  await scene.panel.capture('look', 1);
  await scene.panel.warns(/^look can't be captured.*const.*by its place in the source instead/);
  const { lineNumber } = await lineOf(scene, 'const look = (');
  await scene.panel.press(`Use ${scene.page.url()}:${lineNumber}:16`);
  await scene.panel.press('Capture');
  await scene.panel.says(/^Waiting for call 1 of 1/);
  await scene.run('changes()');
  await expectSaid(scene, { status: /^Captured 1 call, .*, breakpoints$/, calls: ['returned'] });
});

async function lineOf(scene: Scene, text: string): Promise<{ lineNumber: number }> {
  const [, line] = /:(\d+):\d+$/.exec(await placeOf(scene, text))!;
  return { lineNumber: Number(line) };
}

test('breakpoints of others pause for them as ever, and stay', async () => {
  const scene = await stage.scene('own window');
  const other = await scene.page.context().newCDPSession(scene.page);
  let pauses = 0;
  other.on('Debugger.paused', () => {
    pauses++;
    void other.send('Debugger.resume');
  });
  await other.send('Debugger.enable');
  const { lineNumber } = await lineOf(scene, 'sell() {');
  await other.send('Debugger.setBreakpointByUrl', { url: scene.page.url(), lineNumber: lineNumber - 1 });
  await scene.panel.arm(await placeOf(scene, 'sell() {'), 2);
  await scene.run('shop.sell(), shop.sell()');
  await expectSaid(scene, { status: /^Captured 2 calls, /, calls: ['returned', 'returned'] });
  expect(pauses).toBe(2);
  await scene.run('shop.sell()');
  expect(pauses).toBe(3);
  await other.detach();
  await expectPutRight(scene);
});
