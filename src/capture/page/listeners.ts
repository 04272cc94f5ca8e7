/**
 * Runs in the page: which listeners an event of an element passes. `getEventListeners` is the console's. Reads what
 * frameworks keep by property descriptors alone.
 */
import type { ListenerAddress, ListenerAnswer, ListenerGroup, ListenerRow, NodeStep } from '../listeners.ts';

type Listeners = Readonly<
  Record<
    string,
    readonly { listener: object; useCapture: boolean; passive: boolean; once: boolean; type: string }[] | undefined
  >
>;
export type GetEventListeners = (target: EventTarget) => Listeners;

const { getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;

/** Events that stay where they are dispatched, unless somebody captures them on the way, or that no element gets. */
const ofOneTarget = new Set(
  'focus blur load unload error abort scroll scrollend toggle beforetoggle mouseenter mouseleave pointerenter pointerleave resize message messageerror popstate hashchange beforeunload pagehide pageshow pageswap pagereveal DOMContentLoaded readystatechange visibilitychange storage online offline languagechange'.split(
    ' ',
  ),
);

/** What an event of the selected node would pass: the node first, the window last. */
export function list(selected: unknown, getEventListeners: GetEventListeners): ListenerAnswer {
  if (typeof selected !== 'object' || selected === null || !('nodeType' in selected)) return 'nothing';
  const itsDocument = documentOf(selected as Node);
  // The console's function passes over listeners of other realms.
  if (itsDocument !== document) return { inFrame: itsDocument.URL };
  const groups: ListenerGroup[] = [];
  const way = wayOf(selected as Node);
  for (const target of way) {
    const isSelected = target === way[0];
    const rows = rowsOf(target, isSelected, getEventListeners);
    if (rows.listeners.length > 0 || rows.delegated > 0 || isSelected)
      groups.push({ label: labelOf(target), path: pathOf(target), ...rows });
  }
  return groups;
}

/** What a framework calls for a row of the list; null where that is no longer there. */
export function handlerAt({ path, source, type }: ListenerAddress): object | null {
  const target = targetAt(path);
  const handlers = target ? handlersOf(target) : [];
  return handlers.find((handler) => handler.source === source && handler.type === type)?.fn ?? null;
}

/** All that an event passes from a node up: shadow roots and their hosts too. */
function wayOf(node: Node): EventTarget[] {
  const way: EventTarget[] = [];
  for (let at: Node | null = node; at; at = aboveOf(at)) way.push(at);
  if (way.at(-1) === document) way.push(window);
  return way;
}

function documentOf(node: Node): Document {
  return node.ownerDocument ?? (node as Document);
}

function aboveOf(node: Node): Node | null {
  return node.parentNode ?? (isShadow(node) ? node.host : null);
}

function isShadow(node: Node): node is ShadowRoot {
  return node.nodeType === Node.DOCUMENT_FRAGMENT_NODE && 'host' in node;
}

function isWindow(target: EventTarget): target is Window {
  return !('nodeType' in target);
}

function rowsOf(
  target: EventTarget,
  isSelected: boolean,
  getEventListeners: GetEventListeners,
): Pick<ListenerGroup, 'listeners' | 'delegated'> {
  const listeners: ListenerRow[] = [];
  let delegated = 0;
  const handlers = handlersOf(target);
  const proxies = handlers.filter(({ source }) => source === 'Preact').map(({ event }) => event);
  const isRoot = !isWindow(target) && ownKeys(target).some((key) => String(key).startsWith('_reactListening'));
  const byType = getEventListeners(target);
  for (const type of Object.keys(byType))
    for (const [index, { listener, useCapture, once, passive }] of byType[type]!.entries()) {
      const fn = functionOf(listener);
      const name = fn ? nameOf(fn) : '';
      // Preact's own function has no name, and stands there once for each handler.
      const proxied = name === '' ? proxies.indexOf(type) : -1;
      if (proxied >= 0) proxies.splice(proxied, 1);
      if ((isRoot && name.startsWith('bound ')) || proxied >= 0) delegated++;
      else if (isSelected || useCapture || !ofOneTarget.has(type))
        listeners.push({ source: 'listener', type, index, name, useCapture, once, passive, isFunction: fn !== null });
    }
  for (const { source, type, fn } of handlers)
    listeners.push({
      source,
      type,
      index: 0,
      name: nameOf(fn),
      useCapture: type.endsWith('Capture'),
      once: false,
      passive: false,
      isFunction: true,
    });
  return { listeners, delegated };
}

interface Handler {
  readonly source: 'React' | 'Preact';
  /** Such as `onClick`. */
  readonly type: string;
  /** Such as `click`. */
  readonly event: string;
  readonly fn: object;
}

/** What a framework will call for an element's events, though it listens elsewhere or through functions of its own. */
function handlersOf(target: EventTarget): Handler[] {
  const handlers: Handler[] = [];
  if (isWindow(target)) return handlers;
  for (const key of ownKeys(target)) {
    if (typeof key !== 'string') continue;
    // Preact 11 has them under `__e`, version 10 under `l`, both by its minifier's choice.
    const source = key.startsWith('__reactProps$') ? 'React' : key === '__e' || key === 'l' ? 'Preact' : null;
    const kept = source && ownValue(target, key);
    if (!source || typeof kept !== 'object' || kept === null) continue;
    for (const name of ownKeys(kept)) {
      // Version 10 wrote `clickfalse` where `onClick` stands now.
      const event = typeof name === 'string' && /^(?:on([A-Z]\w*?)(?:Capture)?|([a-z]\w*?)(?:true|false))$/.exec(name);
      const fn = event && ownValue(kept, name);
      if (event && typeof fn === 'function')
        handlers.push({ source, type: String(name), event: (event[1] ?? event[2]!).toLowerCase(), fn });
    }
  }
  return handlers;
}

function ownValue(object: object, key: PropertyKey): unknown {
  return getOwnPropertyDescriptor(object, key)?.value;
}

/** The function that a listener is, or its method that is called; null where only a getter could tell. */
export function functionOf(listener: object): object | null {
  if (typeof listener === 'function') return listener;
  for (let at: object | null = listener; at; at = getPrototypeOf(at)) {
    const property = getOwnPropertyDescriptor(at, 'handleEvent');
    if (property) return typeof property.value === 'function' ? property.value : null;
  }
  return null;
}

export function nameOf(fn: object): string {
  const name = ownValue(fn, 'name');
  return typeof name === 'string' ? name : '';
}

/** `button#save.primary`, as people tell elements apart. */
function labelOf(target: EventTarget): string {
  if (isWindow(target)) return 'window';
  const node = target as Node;
  if (isShadow(node)) return 'shadow root';
  if (node.nodeType === Node.DOCUMENT_NODE) return 'document';
  if (node.nodeType !== Node.ELEMENT_NODE) return node.nodeName;
  const { localName, id, classList } = node as Element;
  return [localName, id && `#${id}`, ...Array.from(classList, (name) => `.${name}`)].join('');
}

/** From the document down; null where nobody gets there from outside: in what is detached, or closed. */
function pathOf(target: EventTarget): NodeStep[] | null {
  if (isWindow(target)) return ['window'];
  const steps: NodeStep[] = [];
  for (let at = target as Node; at !== document; ) {
    if (isShadow(at)) {
      if (at.mode === 'closed') return null;
      steps.unshift('shadow');
      at = at.host;
    } else {
      const { parentNode } = at;
      if (!parentNode) return null;
      steps.unshift(Array.prototype.indexOf.call(parentNode.childNodes, at));
      at = parentNode;
    }
  }
  return steps;
}

export function targetAt(path: readonly NodeStep[]): EventTarget | null {
  let at: Node | null = document;
  for (const step of path) {
    if (!at) return null;
    if (step === 'window') return window;
    if (step === 'shadow') at = (at as Element).shadowRoot;
    else at = at.childNodes[step] ?? null;
  }
  return at;
}
