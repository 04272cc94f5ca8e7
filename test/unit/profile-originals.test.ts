import { expect, test } from 'vitest';
import { buildCalls, ProfileBuilder } from '../../src/profile/build.ts';
import { FrameKind } from '../../src/profile/model.ts';
import { withOriginals } from '../../src/profile/originals.ts';

const builder = new ProfileBuilder();
const t = builder.frame({ name: 't', url: 'http://x/a.js', line: 1, column: 2345, kind: FrameKind.script });
const e = builder.frame({ name: 'e', url: 'http://x/a.js', line: 1, column: 99, kind: FrameKind.script });
const sort = builder.frame({ name: 'sort', kind: FrameKind.native });
const { frames } = builder.finish({ targetFrame: t, hookFrames: null, calls: buildCalls([]), askedInterval: 100 });
const rank = { name: 'rankRecipes', url: 'http://x/src/rank.ts', line: 14, column: 17 };

const row = (of: typeof frames, frame: number) =>
  [of.name[frame], of.url[frame], of.line[frame], of.column[frame], of.kind[frame]].join(' ');

test('a frame has its original name and place in the row where it was', () => {
  const named = withOriginals(frames, new Map([[t, rank]]));
  expect(row(named, t)).toBe(`rankRecipes http://x/src/rank.ts 14 17 ${FrameKind.script}`);
  expect(named.name).toHaveLength(frames.name.length);
});

test('a frame without an original is as it was', () => {
  const named = withOriginals(frames, new Map([[t, rank]]));
  for (const frame of [0, e, sort]) expect(row(named, frame)).toBe(row(frames, frame));
});

test('the table that it came of is left alone', () => {
  withOriginals(frames, new Map([[e, rank]]));
  expect(row(frames, e)).toBe(`e http://x/a.js 1 99 ${FrameKind.script}`);
});

test('two frames may be copies of one function', () => {
  const named = withOriginals(frames, new Map([t, e].map((frame) => [frame, rank])));
  expect(row(named, t)).toBe(row(named, e));
});
