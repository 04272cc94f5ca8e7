import type { Locator, Page } from 'playwright';
import { boxesNamed, waitFor } from '../../harness/index.ts';

export interface ArmOptions {
  readonly calls?: number;
  /** Seconds. */
  readonly timeout?: number;
  /** Milliseconds that a call must last to be kept. */
  readonly longerThan?: number;
}

/** A call as the panel shows it. */
export interface ShownCall {
  /** `returned`, `threw` … */
  readonly outcome: string;
  /** As far as the shown digits go. */
  readonly milliseconds: number;
}

/** ms until a test gives up waiting for the panel. */
const patience = 10_000;

/** Flambe's panel in a window of its own, used as people use it. */
export class OwnWindow {
  readonly panel: Page;
  /** What the panel threw and nobody caught. */
  readonly errors: Error[] = [];

  constructor(panel: Page) {
    this.panel = panel;
    panel.setDefaultTimeout(patience);
    panel.on('pageerror', (error) => this.errors.push(error));
  }

  get function(): Locator {
    return this.panel.getByRole('combobox', { name: 'Function' });
  }

  /** Types a target over what is there; with `pick`, takes it from the list, where an option begins with that path. */
  async name(target: string, { pick = false } = {}): Promise<void> {
    await this.function.fill(target);
    if (pick) {
      await this.option(target).click();
      await waitFor('the option in the field', async () => (await this.function.inputValue()) === target);
    } else await this.function.press('Escape');
  }

  /** The option of a function in the open list. */
  option(path: string): Locator {
    const literally = path.replaceAll(/[^\w\s]/g, '\\$&');
    const options = this.panel.getByRole('listbox', { name: 'Functions' }).getByRole('option');
    return options.filter({ hasText: new RegExp(`^${literally} [a-z ]+$`) });
  }

  /** Presses Capture on the target that stands in the field. */
  async press({ calls = 1, timeout = 0, longerThan = 0 }: ArmOptions = {}): Promise<void> {
    await this.#set('Calls', calls);
    await this.#set('Timeout (s)', timeout);
    const least = this.panel.getByRole('spinbutton', { name: 'Keep only calls longer than (ms)' });
    if (longerThan > 0 && !(await least.isVisible()))
      await this.panel.getByRole('button', { name: 'Options', exact: true }).click();
    if (await least.isVisible()) await least.fill(String(longerThan));
    // What it says from here on is about this capture.
    const dismiss = this.panel.getByRole('button', { name: 'Dismiss' });
    if (await dismiss.isVisible()) await dismiss.click();
    await this.panel.getByRole('button', { name: 'Capture', exact: true }).click();
  }

  /** Presses Capture and waits until the hook stands. */
  async arm(target: string, options: ArmOptions = {}): Promise<void> {
    await this.name(target);
    await this.press(options);
    await this.status(/^Waiting for call 1 of /);
  }

  /** Waits for a status line, and gives it. Its error tells what the panel says instead. */
  async status(expected: RegExp): Promise<string> {
    const statuses = this.panel.getByRole('status');
    const line = statuses.filter({ hasText: expected });
    await line
      .or(this.#alert)
      .first()
      .waitFor()
      .catch(() => undefined);
    if (await line.isVisible()) return (await line.textContent())!;
    const said = [...(await this.#alert.allTextContents()), ...(await statuses.allTextContents())];
    throw new Error(`Instead of ${expected} the panel says: ${said.join(' | ')}`);
  }

  /** Waits for the alert, and gives what it says. */
  async alert(): Promise<string> {
    return (await this.#alert.textContent())!;
  }

  /** Ends a capture with what is there; nothing where none is under way. */
  async cancel(): Promise<void> {
    const cancel = this.panel.getByRole('button', { name: 'Cancel', exact: true });
    if (await cancel.isVisible()) await cancel.click();
    await this.panel.getByRole('button', { name: 'Capture', exact: true }).waitFor();
  }

  /** The calls that were captured. */
  async calls(): Promise<ShownCall[]> {
    const options = this.panel.getByRole('listbox', { name: 'Calls' }).getByRole('option', { name: /^Call / });
    return (await options.allTextContents()).map((text) => {
      const [, time, unit, outcome] = /^Call \d+ ([\d.]+) (µs|ms|s) ([a-z ]+)/.exec(text)!;
      return { outcome: outcome!.trim(), milliseconds: Number(time) * { µs: 0.001, ms: 1, s: 1000 }[unit!]! };
    });
  }

  /** What the first box of the flame graph is called. */
  async root(): Promise<string> {
    await boxesNamed(this.panel);
    const name = await this.panel.getByRole('treeitem').first().getAttribute('aria-label');
    return /^(.*), [\d.]+ (?:µs|ms|s), 100 % of call$/s.exec(name!)![1]!;
  }

  /** Calls too short for samples are no error, but are told of in the same role. */
  get #alert(): Locator {
    return this.panel.getByRole('alert').filter({ hasNotText: /^(Too short to sample|No sample in)/ });
  }

  async #set(label: string, value: number): Promise<void> {
    await this.panel.getByRole('spinbutton', { name: label, exact: true }).fill(String(value));
  }
}
