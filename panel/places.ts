import type { TargetFunction } from '../src/capture/record.ts';
import { sourceText } from '../src/flamegraph/names.ts';
import { FrameKind } from '../src/profile/model.ts';

/** `store.js:88`, as the graph writes it. */
export function placeOf({ name, url, line, column }: TargetFunction): string {
  const kind = url === '' ? FrameKind.native : FrameKind.script;
  const frames = {
    name: [name],
    url: [url],
    line: Int32Array.of(line),
    column: Int32Array.of(column),
    kind: Uint8Array.of(kind),
  };
  return sourceText(frames, 0);
}
