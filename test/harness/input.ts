import type { ChildSession } from './child-session.ts';

/** Bits of Input's `modifiers`. */
const modifierBits = { Alt: 1, Control: 2, Meta: 4, Shift: 8 } as const;

/** Windows virtual key codes of keys that have a name of their own. */
const namedKeys: Readonly<Record<string, number>> = {
  Backspace: 8,
  Tab: 9,
  Enter: 13,
  Escape: 27,
  PageUp: 33,
  PageDown: 34,
  End: 35,
  Home: 36,
  ArrowLeft: 37,
  ArrowUp: 38,
  ArrowRight: 39,
  ArrowDown: 40,
  Delete: 46,
};

/** Something that is held down. */
export interface Held {
  release(): Promise<unknown>;
}

export interface HeldKey extends Held {
  /** What a key does by itself that is held for long. */
  repeat(): Promise<unknown>;
}

/** Presses and releases a key with its modifiers: `Enter`, `a`, `Control+F`, `Shift+Tab`. */
export async function press(session: ChildSession, combination: string, commands: readonly string[] = []) {
  const { release } = await holdKey(session, combination, commands);
  await release();
}

export async function holdKey(
  session: ChildSession,
  combination: string,
  commands: readonly string[] = [],
): Promise<HeldKey> {
  const parts = combination.split(/\+(?=.)/);
  const name = parts.pop()!;
  const modifiers = parts.reduce((bits, part) => bits | modifierBits[part as keyof typeof modifierBits], 0);
  const printable = [...name].length === 1;
  const key = printable && modifiers !== 0 && !parts.includes('Shift') ? name.toLowerCase() : name;
  const types = printable && (modifiers & ~modifierBits.Shift) === 0;
  const event = {
    key,
    code: codeOf(name),
    windowsVirtualKeyCode: virtualKeyOf(name),
    modifiers,
    ...(types && { text: key }),
    ...(name === 'Enter' && { text: '\r' }),
  };
  const goDown = (autoRepeat: boolean) =>
    session.send('Input.dispatchKeyEvent', {
      ...event,
      type: 'text' in event ? 'keyDown' : 'rawKeyDown',
      autoRepeat,
      commands: [...commands],
    });
  await goDown(false);
  return {
    repeat: () => goDown(true),
    release: () => session.send('Input.dispatchKeyEvent', { ...event, type: 'keyUp' }),
  };
}

function codeOf(name: string): string {
  if (/^[a-z]$/i.test(name)) return `Key${name.toUpperCase()}`;
  if (/^\d$/.test(name)) return `Digit${name}`;
  return name === ' ' ? 'Space' : name in namedKeys ? name : '';
}

/** 0 for punctuation: its codes depend on the keyboard, and no test does. */
function virtualKeyOf(name: string): number {
  if (/^[a-z\d ]$/i.test(name)) return name.toUpperCase().charCodeAt(0);
  return namedKeys[name] ?? 0;
}

/** Types text key by key. */
export async function type(session: ChildSession, text: string) {
  for (const character of text) await press(session, character === '\n' ? 'Enter' : character);
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export async function moveTo(session: ChildSession, { x, y }: Point) {
  await session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
}

export async function clickAt(session: ChildSession, point: Point) {
  const { release } = await holdAt(session, point);
  await release();
}

/** Holds the mouse button down there. */
export async function holdAt(session: ChildSession, point: Point): Promise<Held> {
  await moveTo(session, point);
  const button = { ...point, button: 'left', clickCount: 1 } as const;
  await session.send('Input.dispatchMouseEvent', { ...button, type: 'mousePressed', buttons: 1 });
  return {
    release: () => session.send('Input.dispatchMouseEvent', { ...button, type: 'mouseReleased', buttons: 0 }),
  };
}
