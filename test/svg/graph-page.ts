import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { CallTree } from '../../src/profile/model.ts';
import type { FlameGraph } from '../../src/runtime/graph.ts';
import { boxesNamed } from '../harness/boxes.ts';
import { packedText } from '../unit/exported.ts';
import { graphOf } from '../unit/facts.ts';
import { launchBrowser, watchForFaults } from './browser.ts';
import type * as pageModule from './page.ts';
import pageCode from './page.ts?iife';

declare global {
  var flambe: typeof pageModule;
  var graph: FlameGraph;
  /** Callbacks in the order of their calls, and keys that came as far as the document. */
  var events: unknown[][];
}

/** A page for each test with an empty graph, `graph`, between two buttons; what its callbacks are told is in `events`. */
export class GraphPage {
  page!: Page;
  #browser!: Browser;
  #faults!: () => Promise<string[]>;

  /** To be called once in a file, outside of tests. */
  static use(options: BrowserContextOptions = {}): GraphPage {
    const here = new GraphPage();
    beforeAll(async () => {
      here.#browser = await launchBrowser();
    });
    afterAll(() => here.#browser?.close());
    beforeEach(() => here.#open(options));
    afterEach(async () => {
      expect(await here.#faults()).toEqual([]);
      await here.page.close();
    });
    return here;
  }

  async #open(options: BrowserContextOptions): Promise<void> {
    this.page = await this.#browser.newPage({
      viewport: { width: 800, height: 300 },
      reducedMotion: 'reduce',
      ...options,
    });
    this.#faults = await watchForFaults(this.page);
    await this.page.setContent(`<!doctype html>
      <style>body { margin: 0 } #host { height: 200px; color-scheme: light }</style>
      <button>before</button><div id="host"></div><button>after</button>`);
    await this.page.evaluate(`globalThis.flambe = ${pageCode}`);
    await this.page.evaluate(() => {
      globalThis.events = [];
      document.head.append(Object.assign(document.createElement('style'), { textContent: flambe.liveStyle }));
      const log =
        (name: string) =>
        (...args: unknown[]) =>
          void events.push([name, ...args]);
      globalThis.graph = flambe.createFlameGraph(
        document.querySelector('#host')!,
        { orientation: 'icicle', paint: flambe.paintBy('source') },
        {
          onHover: log('hover'),
          onSelect: log('select'),
          onZoom: log('zoom'),
          onMatch: log('match'),
          onOpen: log('open'),
          onMenu: log('menu'),
        },
      );
      document.addEventListener('keydown', ({ key }) => void events.push(['document', key]));
    });
  }

  /** Shows a tree, and waits until all of it that can be seen is drawn and named. */
  async show(tree: CallTree): Promise<void> {
    const text = packedText(graphOf(tree));
    await this.page.evaluate(async (text) => {
      graph.show(flambe.planOf(flambe.unpackGraph(text).tree));
      // Slivers come with the second frame.
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    }, text);
    await boxesNamed(this.page);
  }

  items(): Locator {
    return this.page.getByRole('treeitem');
  }

  item(name: string): Locator {
    return this.page.getByRole('treeitem', { name: new RegExp(`^${name},`) });
  }

  async box(name: string): Promise<{ x: number; y: number; width: number; height: number }> {
    return (await this.item(name).boundingBox())!;
  }

  /** What is drawn, in the order of the tree. */
  async names(): Promise<string> {
    const labels = await this.items().evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!));
    return labels.map((label) => label.split(',')[0]).join(' ');
  }

  /** The name of the box that has the focus. */
  focused(): Promise<string | undefined> {
    return this.page.evaluate(() => document.activeElement?.getAttribute('aria-label')?.split(',')[0]);
  }

  eventsOf(name: string): Promise<unknown[][]> {
    return this.page.evaluate((name) => events.filter(([first]) => first === name), name);
  }
}
