import type { Page } from 'playwright';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import type { FlambePanel } from '../harness/index.ts';
import { type InDevTools, openInDevTools } from './in-devtools.ts';
import { type ServedPages, servePages } from './pages.ts';
import { alertOf, arm, isAttached, statusOf, typeTarget } from './panel-talk.ts';

const resizing = `<script>
  let resizes = 0;
  window.onLayout = function onLayout() { document.body.textContent = innerHeight; };
  addEventListener('resize', () => { resizes++; onLayout(); });
</script><body></body>`;

let devtools: InDevTools;
let page: Page;
let panel: FlambePanel;
let pages: ServedPages;

beforeAll(async () => {
  pages = await servePages({ resizing });
  devtools = await openInDevTools((page) => page.goto(pages.url('resizing')));
  ({ page, panel } = devtools);
});
afterAll(async () => {
  await devtools?.close();
  await pages?.close();
});

/** Takes note of the function at a path; gives a question whether it still stands there. */
async function remember(path: string): Promise<() => Promise<boolean>> {
  const isOriginal = await page.evaluateHandle(`((original) => () => original === ${path})(${path})`);
  return () => isOriginal.evaluate((ask) => (ask as () => boolean)());
}

// The first of all: once shown, the browser's bar stays for some seconds, and nothing is resized when it is still there.
test('attaching resizes the page, and that is not captured', async () => {
  await arm(panel, 'onLayout');
  // The browser's bar has taken its room from the page, or nothing would be tested here.
  expect(await page.evaluate<number>('resizes')).toBeGreaterThan(0);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  await statusOf(panel, /^Waiting for call 1 of 1 of onLayout$/);
  await resizeWindow(-40);
  await statusOf(panel, /^Captured 1 call, /);
});

async function resizeWindow(by: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { windowId, bounds } = await session.send('Browser.getWindowForTarget');
  await session.send('Browser.setWindowBounds', { windowId, bounds: { height: bounds.height! + by } });
  await session.detach();
}

describe('Run', () => {
  beforeAll(async () => {
    await page.goto(inject('demoUrl'));
    await panel.click('button', 'Apply');
    await typeTarget(panel, 'app.store.search');
  });

  async function run(args: string, repeat = 1): Promise<void> {
    await panel.byRole('textbox', 'Arguments').fill(args);
    await panel.byRole('spinbutton', 'Repeat').fill(String(repeat));
    await panel.click('button', 'Run');
  }
  const result = (text: RegExp) => panel.byRole('code').node((node) => text.test(node.text));

  test('shows the value as DevTools shows it', async () => {
    await run('"flame graph"');
    await result(/^\(60\) \[(\{…\}, ){2}/);
    await statusOf(panel, /^Captured 1 call, /);
    expect((await panel.byRole('treeitem').node()).name).toMatch(/^search, [\d.]+ ms, 100 % of call$/);
    await run('"flame graph", 0');
    await result(/^\[\]$|^\(0\) \[\]$|^Array\(0\)/);
  });

  test('shows an exception', async () => {
    await run('null');
    await result(/^TypeError: Cannot read properties of null/);
    expect(
      (
        await panel
          .byRole('listbox', 'Calls')
          .byRole('option', /^Call 1 .* threw/)
          .all()
      ).length,
    ).toBe(1);
  });

  test('repeats', async () => {
    await run('"chess opening"', 3);
    await statusOf(panel, /^Captured 3 calls, /);
    expect((await panel.byRole('listbox', 'Calls').byRole('option').all()).length).toBe(4);
  });

  test('says what is wrong with the arguments', async () => {
    await run('"flame');
    await alertOf(panel, /"flame is not JavaScript/);
    await run('nowhere.at.all');
    await alertOf(panel, /nowhere\.at\.all threw an exception.*nowhere is not defined/);
    expect(await isAttached(panel)).toBe(false);
  });
});

describe('Capture ends', () => {
  let isOriginal: () => Promise<boolean>;

  beforeEach(async () => {
    isOriginal = await remember('marked.parse');
  });

  test('when it is cancelled before any call', async () => {
    await arm(panel, 'marked.parse', 3);
    expect(await isOriginal()).toBe(false);
    await panel.click('button', 'Cancel');
    await statusOf(panel, /^Cancelled before any call of marked\.parse$/);
    expect(await panel.byRole('alert').all()).toEqual([]);
    expect(await isOriginal()).toBe(true);
    expect(await isAttached(panel)).toBe(false);
  });

  test('when it is cancelled, with the calls that are there', async () => {
    await arm(panel, 'marked.parse', 3);
    await page.getByRole('button', { name: 'Render README' }).click();
    await statusOf(panel, /^Waiting for call 2 of 3/);
    await panel.click('button', 'Cancel');
    await statusOf(panel, /^Captured 1 of 3 calls, /);
    expect((await panel.byRole('listbox', 'Calls').byRole('option').all()).length).toBe(2);
    expect(await panel.byRole('alert').all()).toEqual([]);
    expect(await isOriginal()).toBe(true);
  });

  test('when the time is over, and says what may be wrong', async () => {
    await panel.byRole('spinbutton', 'Timeout (s)').fill('1');
    await arm(panel, 'marked.parse', 3);
    await alertOf(panel, /^No call of marked\.parse within 1 second.*a reference of its own.*Timeout 0 waits for ever/);
    expect(await isOriginal()).toBe(true);
    expect(await isAttached(panel)).toBe(false);
    await panel.byRole('spinbutton', 'Timeout (s)').fill('15');
  });
});

describe('A press that was meant for Cancel starts no capture', () => {
  beforeAll(() => page.goto(inject('demoUrl')));

  const start = (name: 'Capture' | 'Cancel') => panel.byRole('button', name);
  const endCapture = async () => {
    await page.getByRole('button', { name: 'Render README' }).click();
    await statusOf(panel, /^Captured 1 call, /);
  };

  /** How the press comes, from a capture that is armed to its end. */
  const presses: Readonly<Record<string, () => Promise<unknown>>> = {
    'the mouse button goes up after the end': async () => {
      const mouse = await start('Cancel').hold();
      await endCapture();
      await mouse.release();
    },
    'the key goes up after the end': async () => {
      // Not before it would have cancelled.
      await start('Cancel').node(({ properties }) => properties.disabled !== true);
      const key = await panel.hold(' ');
      await endCapture();
      await key.release();
    },
    'the key that cancelled is held on': async () => {
      await start('Cancel').node(({ properties }) => properties.disabled !== true);
      const key = await panel.hold('Enter');
      await statusOf(panel, /^Cancelled before any call/);
      await start('Capture').node();
      for (let times = 0; times < 3; times++) await key.repeat();
      await key.release();
    },
    'the mouse comes a moment too late': async () => {
      await start('Cancel').node(({ properties }) => properties.disabled !== true);
      const pressed = pressOnceOver();
      await endCapture();
      await pressed;
    },
  };

  /** Presses the button with the mouse in the moment in which it is Capture again. */
  function pressOnceOver(): Promise<void> {
    return panel.evaluate(
      () =>
        new Promise<void>((done) => {
          const button = document.querySelector('.start')!;
          let wasCancel = button.getAttribute('type') === 'button';
          new MutationObserver((_, observer) => {
            if (button.getAttribute('type') === 'button') wasCancel = true;
            else if (wasCancel) {
              observer.disconnect();
              button.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
              button.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }));
              done();
            }
          }).observe(button, { attributes: true });
        }),
    );
  }

  test.each(Object.entries(presses))('%s', async (_, press) => {
    await arm(panel, 'marked.parse');
    await press();
    await panel.settled();
    expect(await start('Cancel').all()).toEqual([]);
    await statusOf(panel, /^(Captured 1 call|Cancelled before any call)/);
    await start('Capture').node(({ properties }) => properties.focused === true);
    // One that is meant for it does.
    await start('Capture').node(({ properties }) => properties.disabled !== true);
    await panel.press('Enter');
    await statusOf(panel, /^Waiting for call 1 of 1 of /);
    await panel.click('button', 'Cancel');
    await statusOf(panel, /^Cancelled before any call/);
  });

  test('the mouse comes a moment too late, after a call that came at once', async () => {
    await typeTarget(panel, 'marked.parse');
    const calls = await page.evaluateHandle<number>("setInterval(() => marked.parse('*at once*'), 5)");
    const pressed = pressOnceOver();
    await panel.click('button', 'Capture');
    await pressed;
    await calls.evaluate((id) => clearInterval(id));
    await panel.settled();
    expect(await start('Cancel').all()).toEqual([]);
    await statusOf(panel, /^Captured 1 call, /);
  });
});

test('nothing was thrown in the panel', () => {
  expect(panel.exceptions).toEqual([]);
});
