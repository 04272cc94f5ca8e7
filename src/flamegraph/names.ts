import { type FrameIndex, FrameKind, type FrameTable } from '../profile/model.ts';

/** Longer names are cut for display; the data keeps them whole. */
const longestName = 200;

/** What is invisible, turns the text around it or is no character: controls, bidi controls, half surrogate pairs. */
const harmful = /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Noncharacter_Code_Point}\u2028\u2029]/gu;

/** A text of the page made fit for display: every harmful character is seen as `\ufffd`, and there is an end to it. */
export function harmless(text: string, longest = longestName): string {
  const shown = text.slice(0, longest * 2 + 1).replaceAll(harmful, '\ufffd');
  const characters = [...shown];
  return characters.length <= longest ? shown : `${characters.slice(0, longest - 1).join('')}…`;
}

/** The name of a frame as people see it. */
export function displayName(frames: FrameTable, frame: FrameIndex): string {
  return harmless(frames.name[frame]!) || '(anonymous)';
}

/** `store.js:88`; for frames that have no place in a source, what they are instead. */
export function sourceText(frames: FrameTable, frame: FrameIndex): string {
  const url = frames.url[frame]!;
  if (url === '') return kindText(frames.kind[frame] as FrameKind);
  const line = frames.line[frame]!;
  return line > 0 ? `${fileName(url)}:${line}` : fileName(url);
}

export function kindText(kind: FrameKind): string {
  switch (kind) {
    case FrameKind.script:
      return 'unknown source';
    case FrameKind.native:
      return 'native function';
    case FrameKind.browser:
      return 'work of the browser';
    case FrameKind.engine:
      return 'JavaScript engine';
    case FrameKind.group:
      return 'several functions in one';
    case FrameKind.notSampled:
      return 'no sample covers this time';
    default:
      return kind satisfies never;
  }
}

/** The last part of an address that says something: the file, or the host for a bare page. */
export function fileName(url: string): string {
  const path = url.replace(/[?#].*$/s, '');
  return harmless(/[^/]+\/?$/.exec(path)?.[0] ?? path, 80);
}
