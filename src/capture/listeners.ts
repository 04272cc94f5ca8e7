import type { Protocol } from 'devtools-protocol';
import type { CdpSession } from '../cdp/session.ts';
import { CaptureError } from './errors.ts';
import listenersCode from './page/listeners.ts?iife';
import { Remote } from './remote.ts';
import { type Script, Scripts } from './scripts.ts';
import type { PlaceTarget } from './target.ts';
import { within } from './within.ts';

const TELLING_MILLISECONDS = 500;

/** A child by its index, the open shadow root of an element, or the window instead of the document. */
export type NodeStep = number | 'shadow' | 'window';

/** Something that hears of events. Hostile data, like every name of the page. */
export interface ListenerRow {
  /** A listener, or a handler that a framework calls. */
  readonly source: 'listener' | 'React' | 'Preact';
  /** Such as `click`; of a framework's handler the property's name, such as `onClick`. */
  readonly type: string;
  /** Among the listeners of the type. */
  readonly index: number;
  /** Empty where it has none. */
  readonly name: string;
  readonly useCapture: boolean;
  readonly once: boolean;
  readonly passive: boolean;
  /** False for an object whose `handleEvent` is no plain property. */
  readonly isFunction: boolean;
}

export interface ListenerGroup {
  /** Such as `button#save`, `document`. */
  readonly label: string;
  /** From the document down; null where there is no way to it. */
  readonly path: readonly NodeStep[] | null;
  readonly listeners: readonly ListenerRow[];
  /** Listeners of a framework's own, which call its handlers. */
  readonly delegated: number;
}

/** What an event of a node passes, the node first. */
export type ListenerList = readonly ListenerGroup[];

/** What there is to say when none can be listed: nothing is selected, or what is in a document of its own. */
export type ListenerAnswer = ListenerList | 'nothing' | 'in a frame';

/** Which row of which group. */
export interface ListenerAddress extends Pick<ListenerRow, 'source' | 'type' | 'index' | 'name'> {
  readonly path: readonly NodeStep[];
}

/**
 * Text to evaluate in the page where the console's own functions are known: gives a {@link ListenerAnswer} for an
 * element, by default the one that is selected in DevTools, as a JSON value.
 */
export function listListenersExpression(element = '$0'): string {
  return `${listenersCode}.list(${element}, getEventListeners)`;
}

/** Where the function of a listener stands in its source. Throws a CaptureError where it is gone, or has no source. */
export async function placeOfListener(session: CdpSession, address: ListenerAddress): Promise<PlaceTarget> {
  const remote = new Remote(session);
  const scripts = await Scripts.enable(session);
  const { type } = address;
  try {
    const fn = await (address.source === 'listener'
      ? listenerAt(session, remote, address)
      : handlerAt(remote, address));
    const nameOf = `function () { return ${listenersCode}.nameOf(this); }`;
    if (fn === undefined || (await remote.callForValue(fn, nameOf)) !== address.name)
      throw new CaptureError({ code: 'no listener', type, reason: 'gone' });
    const location = await locationOf(remote, fn);
    const url = location && (await addressOf(scripts, location.scriptId));
    if (!location || !url) throw new CaptureError({ code: 'no listener', type, reason: 'no source' });
    return {
      kind: 'place',
      source: url,
      line: location.lineNumber + 1,
      column: (location.columnNumber ?? 0) + 1,
    };
  } finally {
    await Promise.all([remote.release(), scripts.disable()]);
  }
}

async function handlerAt(remote: Remote, address: ListenerAddress): Promise<string | undefined> {
  return (await remote.evaluate(`${listenersCode}.handlerAt(${JSON.stringify(address)})`)).objectId;
}

/** The console's own functions are kept from extensions, so the browser itself is asked. */
async function listenerAt(
  session: CdpSession,
  remote: Remote,
  { path, type, index }: ListenerAddress,
): Promise<string | undefined> {
  const { objectId: target } = await remote.evaluate(`${listenersCode}.targetAt(${JSON.stringify(path)})`);
  if (target === undefined) return undefined;
  const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId: target });
  const { originalHandler, handler } = listeners.filter((listener) => listener.type === type)[index] ?? {};
  const listener = (originalHandler ?? handler)?.objectId;
  if (listener === undefined) return undefined;
  return (await remote.call(listener, `function () { return ${listenersCode}.functionOf(this); }`)).objectId;
}

/** Null where there is none. The browser may tell of a script a little later than it answers. */
async function addressOf(scripts: Scripts, wanted: string): Promise<string | null> {
  const isWanted = ({ scriptId }: Script) => scriptId === wanted;
  const told = new Promise<void>((resolve) => {
    scripts.onLoaded((script) => {
      if (isWanted(script)) resolve();
    });
  });
  if (!scripts.all.some(isWanted)) await within(TELLING_MILLISECONDS, told);
  return scripts.all.find(isWanted)?.url || null;
}

/** Of a bound function or a proxy, the place of the one behind it. */
async function locationOf(remote: Remote, fn: string): Promise<Protocol.Debugger.Location | null> {
  for (let objectId: string | undefined = fn; objectId !== undefined; ) {
    const { internalProperties = [] } = await remote.properties(objectId);
    const internal = (...wanted: string[]) => internalProperties.find(({ name }) => wanted.includes(name))?.value;
    const location: Protocol.Debugger.Location | undefined = internal('[[FunctionLocation]]')?.value;
    if (location) return location;
    objectId = internal('[[TargetFunction]]', '[[Target]]')?.objectId;
  }
  return null;
}
