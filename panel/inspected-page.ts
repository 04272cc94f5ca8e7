import type { CaptureFailure } from '../src/capture/errors.ts';
import type { PlaceTarget } from '../src/capture/target.ts';
import { attachToTab } from '../src/cdp/chrome-debugger.ts';
import type { HookNote } from '../src/cdp/janitor.ts';
import { isRefusal, readSelection } from './answers.ts';
import { JanitorPort } from './janitor-port.ts';
import type { Page, Visit } from './page.ts';
import type { PageScript } from './page-script.ts';
import { onTabLoaded } from './tab-loaded.ts';

/** The page that DevTools inspects. Looking at it takes no debugger, so that Chrome's bar shows only for a capture. */
export class InspectedPage implements Page {
  readonly mode = 'devtools';
  readonly #tabId: number;
  readonly #janitor = new JanitorPort();
  #instead: (place: PlaceTarget) => PlaceTarget | null = () => null;

  constructor(tabId: number) {
    this.#tabId = tabId;
  }

  async open(): Promise<void> {}

  evaluate(expression: string): Promise<unknown> {
    return new Promise((resolve, reject) => {
      chrome.devtools.inspectedWindow.eval<unknown>(expression, (result, exception) => {
        if (exception) reject(new Error(exception.isException ? exception.value : exception.description));
        else resolve(result);
      });
    });
  }

  async visit<Result>(use: (visit: Visit) => Promise<Result>): Promise<Result> {
    const session = await attachToTab(this.#tabId);
    const tell = (hook: HookNote | null) => this.#janitor.leave({ state: 'attached', tabId: this.#tabId, hook });
    tell(null);
    try {
      return await use({ session, isFresh: true, onHook: tell });
    } finally {
      await session.detach();
      this.#janitor.close();
    }
  }

  async scriptsOf(urls: ReadonlySet<string>): Promise<PageScript[]> {
    // Here and in own windows, loaded when there is something to name.
    const { devtoolsScripts } = await import('./read-scripts.ts');
    return devtoolsScripts(urls);
  }

  async armedElsewhere(): Promise<CaptureFailure | null> {
    const { armedElsewhere } = await import('./armed-elsewhere.ts');
    return armedElsewhere(this.#tabId);
  }

  onNavigated(listener: () => void): void {
    onTabLoaded(this.#tabId, listener);
  }

  onScriptAdded(listener: () => void): void {
    chrome.devtools.inspectedWindow.onResourceAdded.addListener((resource) => {
      // DevTools says what it is, other than the types of its interface; code that was evaluated by DevTools is none of it.
      const isScript = !('type' in resource) || resource.type === 'script';
      if (isScript && !resource.url.startsWith('debugger:')) listener();
    });
  }

  onSourceSelected(listener: (place: PlaceTarget) => void): void {
    // Undocumented, but the event has said it for years; lines and columns from 0.
    chrome.devtools.panels.sources.onSelectionChanged.addListener((...[selection]: unknown[]) => {
      const place = readSelection(selection);
      if (place) listener(place);
    });
  }

  onAttachment(): void {}

  readonly openSource = (url: string, line: number, column: number): void => {
    // That it answers is undocumented, too.
    chrome.devtools.panels.openResource(url, line - 1, column - 1, (...[answer]: unknown[]) => {
      if (!isRefusal(answer)) return;
      const known = this.#instead({ kind: 'place', source: url, line, column });
      if (known) chrome.devtools.panels.openResource(known.source, known.line - 1, (known.column ?? 1) - 1, () => {});
    });
  };

  onUnknownSource(instead: (place: PlaceTarget) => PlaceTarget | null): void {
    this.#instead = instead;
  }
}
