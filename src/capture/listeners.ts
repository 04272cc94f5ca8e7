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

/** Without a list: nothing is selected, or what is in a frame, whose document has that address. */
export type ListenerAnswer = ListenerList | 'nothing' | { readonly inFrame: string };

/** Which row of which group. */
export interface ListenerAddress extends Pick<ListenerRow, 'source' | 'type' | 'index' | 'name'> {
  /** Address of the document of the frame that it is in; null for the page's own. */
  readonly frame: string | null;
  readonly path: readonly NodeStep[];
}

/**
 * Text to evaluate in the page where the console's own functions are known: gives a {@link ListenerAnswer} for an
 * element, by default the one that is selected in DevTools, as a JSON value. Elements of a frame are listed by the frame.
 */
export function listListenersExpression(element = '$0'): string {
  return `${listenersCode}.list(${element}, getEventListeners)`;
}

/** Where the function of a listener stands in its source. Throws a CaptureError where it is gone, or has no source. */
export async function placeOfListener(session: CdpSession, address: ListenerAddress): Promise<PlaceTarget> {
  const [place] = await placesOf(session, [address]);
  if (place instanceof CaptureError) throw place;
  return place!;
}

/** The same for many, with null for those that have none. */
export async function placesOfListeners(
  session: CdpSession,
  addresses: readonly ListenerAddress[],
): Promise<(PlaceTarget | null)[]> {
  const places = await placesOf(session, addresses);
  return places.map((place) => (place instanceof CaptureError ? null : place));
}

async function placesOf(
  session: CdpSession,
  addresses: readonly ListenerAddress[],
): Promise<(PlaceTarget | CaptureError)[]> {
  const scripts = await Scripts.enable(session);
  const frames = new Map<string | null, Promise<Remote | null>>([[null, Promise.resolve(new Remote(session))]]);
  const locate = async (address: ListenerAddress) => {
    const remote = frames.get(address.frame) ?? inFrame(session, address.frame!);
    frames.set(address.frame, remote);
    return placeOf(session, await remote, scripts, address);
  };
  try {
    return await Promise.all(
      addresses.map((address) =>
        locate(address).catch((error: unknown) => {
          if (error instanceof CaptureError && error.failure.code === 'no listener') return error;
          throw error;
        }),
      ),
    );
  } finally {
    await Promise.all([new Remote(session).release(), scripts.disable()]);
  }
}

/** The first frame with a document of that address; null where this process has none. */
async function inFrame(session: CdpSession, address: string): Promise<Remote | null> {
  const contexts: Remote[] = [];
  const stopListening = session.on('Runtime.executionContextCreated', ({ context: { id, auxData } }) => {
    if (auxData?.isDefault) contexts.push(new Remote(session, id));
  });
  try {
    await session.send('Runtime.enable');
    for (const context of contexts) if ((await context.value('location.href')) === address) return context;
    return null;
  } finally {
    stopListening();
    await session.send('Runtime.disable');
  }
}

async function placeOf(
  session: CdpSession,
  remote: Remote | null,
  scripts: Scripts,
  address: ListenerAddress,
): Promise<PlaceTarget> {
  const { type } = address;
  if (!remote) throw new CaptureError({ code: 'no listener', type, reason: 'other process' });
  const fn = await (address.source === 'listener' ? listenerAt(session, remote, address) : handlerAt(remote, address));
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
