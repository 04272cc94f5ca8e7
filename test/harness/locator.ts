import { type AxNode, type AxQuery, queryAccessibility } from './accessibility.ts';
import type { ChildSession } from './child-session.ts';
import { clickAt, type Held, holdAt, moveTo, type Point, press, type } from './input.ts';
import { waitFor } from './wait.ts';

/** Where input goes and how a point of the panel is found in there. */
export interface InputWindow {
  readonly session: ChildSession;
  /** Top left corner of the panel in the window. */
  origin(): Promise<Point>;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/**
 * Something of the panel, found by role and name each time it is used; every action waits until it is there. Of
 * several that fit, the first one is meant.
 */
export class Locator {
  constructor(
    private readonly panel: ChildSession,
    private readonly window: InputWindow,
    private readonly path: readonly AxQuery[],
  ) {}

  /** Something inside this. */
  byRole(role: string, name?: string | RegExp): Locator {
    return new Locator(this.panel, this.window, [...this.path, { role, name }]);
  }

  /** All that fit now, without waiting. */
  all(): Promise<AxNode[]> {
    return queryAccessibility(this.panel, this.path);
  }

  /** The first that fits, and `condition` if given; waits for it. */
  async node(condition: (node: AxNode) => boolean = () => true): Promise<AxNode> {
    let seen: AxNode[] = [];
    try {
      return await waitFor(this.describe(), async () => {
        seen = await this.all();
        return seen.find(condition);
      });
    } catch (error) {
      throw new Error(`${error instanceof Error ? error.message : error}; last seen: ${JSON.stringify(seen)}`, {
        cause: error,
      });
    }
  }

  /** Waits until nothing fits any more. */
  async gone(): Promise<void> {
    await waitFor(`${this.describe()} to go away`, async () => (await this.all()).length === 0);
  }

  async click(): Promise<void> {
    await clickAt(this.window.session, await this.middle());
  }

  /** Holds the mouse button down on it. */
  async hold(): Promise<Held> {
    return holdAt(this.window.session, await this.middle());
  }

  async hover(): Promise<void> {
    await moveTo(this.window.session, await this.middle());
  }

  /**
   * Clicks into the field and types over what is there, as one does who looks at it: DevTools may take the focus
   * meanwhile, as long as it loads its own panels.
   */
  async fill(text: string): Promise<void> {
    await waitFor(`${this.describe()} to have the value ${text}`, async () => {
      await this.click();
      await press(this.window.session, 'Control+A', ['selectAll']);
      if (text === '') await press(this.window.session, 'Backspace');
      else await type(this.window.session, text);
      return (await this.node()).value === text;
    });
  }

  /** Where it stands in the window, scrolled into view, once it has stopped moving. */
  async box(isMeant: (node: AxNode) => boolean = () => true): Promise<Box> {
    let last = '';
    return waitFor(`${this.describe()} to stand still`, async () => {
      // It may be another element by now.
      const { backendNodeId } = await this.node(isMeant);
      await this.panel.send('DOM.scrollIntoViewIfNeeded', { backendNodeId });
      const { quads } = await this.panel.send('DOM.getContentQuads', { backendNodeId });
      const origin = await this.window.origin();
      const before = last;
      last = JSON.stringify({ quads, origin });
      if (last !== before || !quads[0]) return undefined;
      const [left, top, , , right, bottom] = quads[0] as [number, number, number, number, number, number];
      return { x: origin.x + left, y: origin.y + top, width: right - left, height: bottom - top };
    });
  }

  private async middle(): Promise<Point> {
    const box = await this.box((node) => node.properties.disabled !== true);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }

  private describe(): string {
    return this.path.map(({ role, name }) => `${role} ${name === undefined ? '' : String(name)}`.trim()).join(' › ');
  }
}
