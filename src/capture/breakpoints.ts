import type { CdpSession } from '../cdp/session.ts';
import type { Script } from './scripts.ts';
import type { SourceFunction } from './source-function.ts';

/** Lines and columns from 0, as the protocol has it. */
interface Location {
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** Where a function is entered and where it returns. */
export interface Doors {
  readonly entry: Location;
  readonly returns: readonly Location[];
}

/** V8 knows the doors of a function. Null for one without code of its own, such as a class that writes no constructor. */
export async function findDoors(
  session: CdpSession,
  { scriptId }: Script,
  { fn: { line, column }, end }: SourceFunction,
): Promise<Doors | null> {
  const { locations } = await session.send('Debugger.getPossibleBreakpoints', {
    start: { scriptId, lineNumber: line - 1, columnNumber: column - 1 },
    restrictToFunction: true,
  });
  const all = locations.map(({ lineNumber, columnNumber = 0, type }) => ({ lineNumber, columnNumber, type }));
  const [entry] = all;
  // What has no code of its own is answered with that around it.
  const isOwn = entry && !isBefore(toPlace(entry), { line, column }) && isBefore(toPlace(entry), end);
  return isOwn ? { entry, returns: all.filter(({ type }) => type === 'return') } : null;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

function toPlace({ lineNumber, columnNumber }: Location): Place {
  return { line: lineNumber + 1, column: columnNumber + 1 };
}

function isBefore(a: Place, b: Place): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

/**
 * Breakpoints that tell a hook in the page (`PlaceHook` of page/place-hook.ts) of what goes through a function's doors.
 * Their conditions are never fulfilled, so nothing ever pauses. They go with the Debugger domain.
 */
export class Breakpoints {
  readonly #session: CdpSession;
  readonly #id: string;
  readonly #hookUrl: string;

  constructor(session: CdpSession, id: string, hookUrl: string) {
    this.#session = session;
    this.#id = id;
    this.#hookUrl = hookUrl;
  }

  /** The page-side object, reached by syntax alone, whatever the names around it mean. */
  get hook(): string {
    return `(async function* () {})["flambe ${this.#id}"]`;
  }

  async setIn({ scriptId }: Script, doors: Doors): Promise<void> {
    await this.#forEach(doors, (place, condition) =>
      this.#session.send('Debugger.setBreakpoint', { location: { scriptId, ...place }, condition }),
    );
  }

  /** In every script of an address that the page loads from now on, in another document too. */
  async setInComing({ url }: Script, doors: Doors): Promise<void> {
    // An address as such would have V8 look for the text that stood there after a statement, and move what stands before it.
    const urlRegex = `^${url.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}$`;
    await this.#forEach(doors, (place, condition) =>
      this.#session.send('Debugger.setBreakpointByUrl', { urlRegex, ...place, condition }),
    );
  }

  async #forEach(
    { entry, returns }: Doors,
    set: (place: Location, condition: string) => Promise<unknown>,
  ): Promise<void> {
    const at = ({ lineNumber, columnNumber }: Location, method: 'enter' | 'exit') =>
      set({ lineNumber, columnNumber }, `${this.hook}?.${method}()\n//# sourceURL=${this.#hookUrl}`);
    // The entry last, so that no call begins whose end would not be seen.
    await Promise.all([...returns.map((place) => at(place, 'exit')), at(entry, 'enter')]);
  }
}
