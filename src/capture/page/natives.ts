/**
 * Runs in the page: gathers the built-in functions that the hook stands on, each under its own name. A page may have
 * replaced or deleted any of them; only the debugger can tell (see ../natives.ts).
 */

/** What the hook needs of the language. */
export function ofLanguage(scope: typeof globalThis = globalThis): Record<string, unknown> {
  const { apply, construct, defineProperty, deleteProperty, get, getOwnPropertyDescriptor, getPrototypeOf } =
    scope.Reflect ?? {};
  const { isExtensible, ownKeys, setPrototypeOf } = scope.Reflect ?? {};
  return {
    apply,
    construct,
    defineProperty,
    deleteProperty,
    get,
    getOwnPropertyDescriptor,
    getPrototypeOf,
    isExtensible,
    ownKeys,
    setPrototypeOf,
    Proxy: scope.Proxy,
    toString: scope.Function?.prototype?.toString,
  };
}

/** The same out of a document of our own, there for a moment and never drawn, whose built-ins the page never saw. */
export function ofMomentaryFrame(): Record<string, unknown> {
  const frame = document.createElement('iframe');
  frame.style.display = 'none';
  document.documentElement.append(frame);
  try {
    return ofLanguage(frame.contentWindow as unknown as typeof globalThis);
  } finally {
    frame.remove();
  }
}

/** What leaves marks. These work for the page's own window only, so there is no other place to take them from. */
export function ofWindow(): Record<string, unknown> {
  const { context, timeStamp, profile, profileEnd } = (globalThis.console ?? {}) as unknown as Record<string, unknown>;
  return { clearTimeout: globalThis.clearTimeout, context, timeStamp, profile, profileEnd };
}
