import type { Page } from 'playwright';
import { ChildSession } from './child-session.ts';
import { type DockSide, FrontEnd } from './front-end.ts';
import { type HeldKey, holdKey, press, type } from './input.ts';
import { type Launched, targetIdOf } from './launch.ts';
import { Locator } from './locator.ts';
import { waitFor } from './wait.ts';

/** The Flambe panel in the real DevTools window of a page. */
export class FlambePanel {
  constructor(
    readonly devtools: FrontEnd,
    private readonly document: ChildSession,
  ) {}

  /** Something of the panel by its role and name, as a screen reader knows it. */
  byRole(role: string, name?: string | RegExp): Locator {
    const window = { session: this.devtools.session, origin: () => this.origin() };
    return new Locator(this.document, window, [{ role, name }]);
  }

  click(role: string, name?: string | RegExp): Promise<void> {
    return this.byRole(role, name).click();
  }

  /** Types to whatever has the focus. */
  type(text: string): Promise<void> {
    return type(this.devtools.session, text);
  }

  /** Presses a key, such as `Enter` or `Control+F`, on whatever has the focus. */
  press(combination: string): Promise<void> {
    return press(this.devtools.session, combination);
  }

  /** Holds a key down on whatever has the focus. */
  hold(key: string): Promise<HeldKey> {
    return holdKey(this.devtools.session, key);
  }

  /** Calls a function in the panel's document, with JSON arguments and a JSON result. */
  evaluate<Args extends unknown[], Result>(
    pageFunction: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ): Promise<Result> {
    return this.document.evaluate(pageFunction, ...args);
  }

  /** Waits until what has changed is drawn. */
  settled(): Promise<void> {
    return this.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))));
  }

  /** PNG of the whole DevTools window; where it is docked, the inspected page's room in it is blank. */
  screenshot(): Promise<Buffer> {
    return this.devtools.screenshot();
  }

  /** What the panel threw and nobody caught. */
  get exceptions(): readonly string[] {
    return this.document.exceptions;
  }

  closeDevTools(): Promise<void> {
    return this.devtools.close();
  }

  /** Top left corner of the panel in the DevTools window. */
  private async origin() {
    const { session } = this.devtools;
    const { backendNodeId } = await session.send('DOM.getFrameOwner', { frameId: this.document.targetId });
    const { quads } = await session.send('DOM.getContentQuads', { backendNodeId });
    const [x, y] = quads[0] as [number, number];
    return { x, y };
  }
}

interface OpenOptions {
  readonly dock?: DockSide;
  /** Whether DevTools comes to rest before the tab is shown, as it has when a user gets to it. */
  readonly rests?: boolean;
}

/** Shows the Flambe tab in the DevTools window that the browser opened for `page`. */
export async function openFlambePanel(
  { browserCdp, extensionId }: Launched,
  page: Page,
  { dock = 'bottom', rests = false }: OpenOptions = {},
): Promise<FlambePanel> {
  const inspected = await targetIdOf(page);
  const targets = async () => (await browserCdp.send('Target.getTargets', { filter: [{}] })).targetInfos;

  const attached = new Map<string, FrontEnd>();
  const devtools = await waitFor('the DevTools window of the page', async () => {
    const all = await targets();
    // Before a front end has let the extension in, loading its modules out of their order makes it deaf to extensions.
    const hasExtension = (frontEnd: string) =>
      all.some(({ parentId, url }) => parentId === frontEnd && url.startsWith(`chrome-extension://${extensionId}/`));
    for (const { targetId, type, url } of all) {
      if (type !== 'page' || !url.startsWith('devtools://') || !hasExtension(targetId)) continue;
      const frontEnd = attached.get(targetId) ?? (await FrontEnd.attach(browserCdp, targetId));
      attached.set(targetId, frontEnd);
      if ((await frontEnd.inspectedTarget()) === inspected) return frontEnd;
    }
    return undefined;
  });
  await devtools.dock(dock);
  if (rests) await devtools.rested();
  await waitFor('the Flambe tab in DevTools', () => devtools.showExtensionTab(extensionId));
  const frame = await waitFor('the panel’s document', async () =>
    (await targets()).find(
      ({ parentId, url }) =>
        parentId === devtools.session.targetId && url.startsWith(`chrome-extension://${extensionId}/panel/index.html`),
    ),
  );
  return new FlambePanel(devtools, await ChildSession.attach(browserCdp, frame.targetId));
}
