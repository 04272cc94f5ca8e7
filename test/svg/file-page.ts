import type { Browser, Locator, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { boxesNamed } from '../harness/boxes.ts';
import { launchBrowser, openShelf, type Shelf, watchForFaults } from './browser.ts';

/** Exported files in a browser, by their names on a shelf; a page for each test. */
export class FilePage {
  page!: Page;
  shelf!: Shelf;
  #browser!: Browser;
  #faults!: () => Promise<string[]>;

  /** To be called once in a file, outside of tests. */
  static use(files: Readonly<Record<string, string>>): FilePage {
    const here = new FilePage();
    beforeAll(async () => {
      here.#browser = await launchBrowser();
      here.shelf = await openShelf();
      for (const [name, content] of Object.entries(files)) await here.shelf.put(name, content);
    });
    afterAll(async () => {
      await here.#browser?.close();
      await here.shelf?.close();
    });
    beforeEach(async () => {
      here.page = await here.#browser.newPage({ viewport: { width: 1000, height: 400 }, reducedMotion: 'reduce' });
      here.#faults = await watchForFaults(here.page);
    });
    afterEach(async () => {
      expect(await here.#faults()).toEqual([]);
      await here.page.close();
    });
    return here;
  }

  open(name: string, fragment = ''): Promise<unknown> {
    return this.page.goto(this.shelf.fileUrl(name) + fragment);
  }

  item(name: string): Locator {
    return this.page.getByRole('treeitem', { name: new RegExp(`^${name},`) });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  get searchBox(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search frames' });
  }

  /** What is drawn, in the order of the tree. */
  async names(): Promise<string> {
    await boxesNamed(this.page);
    const labels = await this.page
      .getByRole('treeitem')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!));
    return labels.map((label) => label.split(',')[0]).join(' ');
  }

  /** What stands in the search box. */
  searched(): Promise<string> {
    return this.searchBox.evaluate((box) => (box as HTMLInputElement).value);
  }

  matched(): Promise<string | null> {
    return this.page.getByRole('status').textContent();
  }

  focused(): Promise<string | undefined> {
    return this.page.evaluate(() => document.activeElement?.getAttribute('aria-label')?.split(',')[0]);
  }

  /** The fragment of the address, decoded. */
  async fragment(): Promise<string[][]> {
    return [...new URLSearchParams(new URL(this.page.url()).hash.slice(1))];
  }
}
