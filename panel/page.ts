import type { CaptureFailure } from '../src/capture/errors.ts';
import type { PlaceTarget } from '../src/capture/target.ts';
import type { HookNote } from '../src/cdp/janitor.ts';
import type { CdpSession } from '../src/cdp/session.ts';
import { InspectedPage } from './inspected-page.ts';
import { OwnWindowPage } from './own-window-page.ts';
import type { PageScript } from './page-script.ts';

/** A time with the debugger attached. */
export interface Visit {
  readonly session: CdpSession;
  /** The debugger was attached for this visit, so Chrome's bar is just about to move the page. */
  readonly isFresh: boolean;
  /** Keeps the janitor informed of the hook that stands in the page; null when it is off. */
  readonly onHook: (hook: HookNote | null) => void;
}

/** The page that the panel works on. */
export interface Page {
  /** DevTools' inspected page, visited only to capture; or a tab that an own window of Flambe stays attached to. */
  readonly mode: 'devtools' | 'own window';
  /** Makes the page ready to be looked at. Rejects with an AttachError. */
  open(): Promise<void>;
  /** Evaluates in the page's top frame; gives a JSON value. Rejects when the page can't be reached or the code throws. */
  evaluate(expression: string): Promise<unknown>;
  /** Attaches where need be. Rejects with an AttachError, or as `use` does. */
  visit<Result>(use: (visit: Visit) => Promise<Result>): Promise<Result>;
  /** The page's scripts of those addresses, as far as they can be had without attaching. */
  scriptsOf(urls: ReadonlySet<string>): Promise<PageScript[]>;
  /** What another panel has armed, where that is why we may not attach or trace; null where it is not. */
  armedElsewhere(): Promise<CaptureFailure | null>;
  /** Called after the page has loaded another document. */
  onNavigated(listener: () => void): void;
  /** Called, in DevTools, when the document has loaded another script. */
  onScriptAdded(listener: () => void): void;
  /** Called, in DevTools, with the place of the cursor in the Sources panel, each time that it has moved. */
  onSourceSelected(listener: (place: PlaceTarget) => void): void;
  /** Called when an own window was attached and detached. */
  onAttachment(listener: (isAttached: boolean) => void): void;
  /** Shows a place (line and column from 1) in DevTools; null where there is no DevTools. */
  readonly openSource: ((url: string, line: number, column: number) => void) | null;
  /** Asked, in DevTools, what to show instead of a place that DevTools does not know; null for nothing. */
  onUnknownSource(instead: (place: PlaceTarget) => PlaceTarget | null): void;
}

/** The page that this panel was opened for; null when its address names none. */
export function findPage(address: URL): Page | null {
  if (typeof chrome.devtools !== 'undefined') return new InspectedPage(chrome.devtools.inspectedWindow.tabId);
  const tab = address.searchParams.get('tab');
  return tab !== null && /^\d+$/.test(tab) ? new OwnWindowPage(Number(tab)) : null;
}
