import type { Locator, Page } from 'playwright';
import { inject } from 'vitest';
import { type Launched, launchWithExtension, openOwnWindow } from '../harness/index.ts';
import { type ServedPages, servePages } from './pages.ts';

/** A window of Flambe's own, on a page with a button "Work". */
export class OnWork {
  private constructor(
    readonly launched: Launched,
    readonly page: Page,
    readonly panel: Page,
    private readonly pages: ServedPages,
    private readonly thrown: readonly Error[],
  ) {}

  /** @param html of the page */
  static async open(html: string): Promise<OnWork> {
    const pages = await servePages({ work: html });
    const launched = await launchWithExtension(inject('extension'), { devtools: false });
    await launched.page.goto(pages.url('work'));
    const panel = await openOwnWindow(launched, launched.page);
    const thrown: Error[] = [];
    panel.on('pageerror', (error) => thrown.push(error));
    return new OnWork(launched, launched.page, panel, pages, thrown);
  }

  /** Captures a call of the function `work`, which the button makes. */
  async capture(): Promise<void> {
    await this.panel.getByRole('combobox', { name: 'Function' }).fill('work');
    await this.panel.getByRole('button', { name: 'Capture', exact: true }).click();
    const waiting = this.panel.getByRole('status').getByText(/^Waiting for call 1 of 1/);
    await waiting.waitFor();
    await this.page.getByRole('button', { name: 'Work' }).click();
    await this.box('work').waitFor();
  }

  /** The first box of a function. */
  box(name: string): Locator {
    return this.panel.getByRole('treeitem', { name: new RegExp(`^${name}, `) }).first();
  }

  /** Presses a box, takes back the zoom that this is, and leaves the focus there. */
  async choose(name: string): Promise<void> {
    await this.box(name).click();
    await this.panel.keyboard.press('Escape');
    await this.panel.mouse.move(1, 1);
  }

  view(name: string): Promise<void> {
    return this.panel.getByRole('radio', { name }).check();
  }

  /** Names of the functions whose boxes stand out, each once, in order. */
  standingOut(): Promise<string[]> {
    return this.panel.evaluate(() => {
      const marked = [...document.querySelectorAll('[role=treeitem][class^=match]')];
      return [...new Set(marked.map((one) => one.getAttribute('aria-label')?.split(',')[0] ?? ''))].sort();
    });
  }

  /** Closes all, and throws what the panel threw. */
  async close(): Promise<void> {
    await this.launched.close();
    await this.pages.close();
    for (const error of this.thrown) throw error;
  }
}
