import type { Page } from 'playwright';
import { type FlambePanel, waitFor } from '../harness/index.ts';
import { typeTarget } from './panel-talk.ts';

export type Mode = 'own window' | 'DevTools';

interface Doors {
  fill(role: 'combobox' | 'spinbutton', name: string, text: string): Promise<void>;
  press(button: string): Promise<void>;
  /** Of everything of a role, now; of the options, only of the calls'. */
  texts(role: 'status' | 'alert' | 'option'): Promise<string[]>;
  evaluate<Result>(pageFunction: () => Result | Promise<Result>): Promise<Result>;
  close(): Promise<void>;
  /** What the panel threw and nobody caught. */
  readonly exceptions: readonly unknown[];
}

/** What a user does to the panel and sees of it, the same in a window of its own and in DevTools. */
export class Hands {
  static inOwnWindow(panel: Page): Hands {
    const exceptions: Error[] = [];
    panel.on('pageerror', (error) => exceptions.push(error));
    return new Hands('own window', {
      fill: (role, name, text) => panel.getByRole(role, { name, exact: true }).fill(text),
      press: (name) => panel.getByRole('button', { name, exact: true }).click(),
      texts: (role) => {
        const within = role === 'option' ? panel.getByRole('listbox', { name: 'Calls' }) : panel;
        return within.getByRole(role).allTextContents();
      },
      evaluate: (pageFunction) => panel.evaluate(pageFunction),
      close: () => panel.close(),
      exceptions,
    });
  }

  static inDevTools(panel: FlambePanel): Hands {
    return new Hands('DevTools', {
      fill: (role, name, text) => (role === 'combobox' ? typeTarget(panel, text) : panel.byRole(role, name).fill(text)),
      press: (name) => panel.click('button', name),
      texts: async (role) => {
        const found = role === 'option' ? panel.byRole('listbox', 'Calls').byRole(role) : panel.byRole(role);
        return (await found.all()).map(({ text }) => text);
      },
      evaluate: (pageFunction) => panel.evaluate(pageFunction),
      close: () => panel.closeDevTools(),
      exceptions: panel.exceptions,
    });
  }

  private constructor(
    readonly mode: Mode,
    private readonly doors: Doors,
  ) {}

  press(button: string): Promise<void> {
    return this.doors.press(button);
  }

  /** Presses Capture. */
  async capture(target: string, calls = 3, timeout = '15'): Promise<void> {
    await this.fill(target, calls, timeout);
    await this.press('Capture');
  }

  async fill(target: string, calls = 3, timeout = '15'): Promise<void> {
    await this.doors.fill('combobox', 'Function', target);
    await this.doors.fill('spinbutton', 'Calls', String(calls));
    await this.doors.fill('spinbutton', 'Timeout (s)', timeout);
  }

  /** Presses Capture, and waits until the hook stands. */
  async arm(target: string, calls = 3, timeout = '15'): Promise<void> {
    await this.capture(target, calls, timeout);
    await this.says(new RegExp(`^Waiting for call 1 of ${calls} of `));
  }

  /** Waits until the status says that. */
  says(expected: RegExp): Promise<void> {
    return this.#see('status', expected);
  }

  /** Waits for an alert that says that. @param patience in milliseconds */
  warns(expected: RegExp, patience?: number): Promise<void> {
    return this.#see('alert', expected, patience);
  }

  /** Alerts, but for what is said of calls that are too short for this computer's sampler. */
  async alerts(): Promise<string[]> {
    return (await this.doors.texts('alert')).filter((text) => !/^(No sample|Too short)/.test(text));
  }

  /** How the calls ended that are shown, in order. */
  async outcomes(): Promise<string[]> {
    const [, ...calls] = await this.doors.texts('option');
    return calls.map((text) => /returned|threw|unfinished|end not seen|$/.exec(text)![0]);
  }

  /** Milliseconds from a click to the first frame with what it brings; the shortest of five, the rest is the computer's. */
  async answerTime(): Promise<number> {
    const times: number[] = [];
    for (let look = 0; look < 5; look++) {
      const drawn = this.evaluate(
        () =>
          new Promise<number>((resolve) => {
            const whenDrawn = (event: Event) =>
              requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - event.timeStamp)));
            addEventListener('click', whenDrawn, { once: true });
          }),
      );
      const [time] = await Promise.all([drawn, this.press('Apply')]);
      times.push(time);
    }
    return Math.min(...times);
  }

  evaluate<Result>(pageFunction: () => Result | Promise<Result>): Promise<Result> {
    return this.doors.evaluate(pageFunction);
  }

  close(): Promise<void> {
    return this.doors.close();
  }

  get exceptions(): readonly unknown[] {
    return this.doors.exceptions;
  }

  async #see(role: 'status' | 'alert', expected: RegExp, patience = 20_000): Promise<void> {
    const hasIt = async () => (await this.doors.texts(role)).some((text) => expected.test(text));
    await waitFor(`${role} ${expected}`, hasIt, { timeout: patience }).catch(async (cause: unknown) => {
      const said = [...(await this.doors.texts('status')), ...(await this.doors.texts('alert'))];
      throw new Error(`Instead of ${expected} the panel says: ${said.join(' | ')}`, { cause });
    });
  }
}
