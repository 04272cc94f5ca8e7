import { buildCalls, ProfileBuilder } from '../../src/profile/build.ts';
import { Folding } from '../../src/profile/fold.ts';
import { type CallTable, type CallTree, FrameKind, type Profile } from '../../src/profile/model.ts';

/** A capture as a picture gave it. */
export interface PicturedCapture {
  readonly profile: Profile;
  readonly calls: CallTable;
  readonly folding: Folding;
}

/**
 * A capture from a picture: samples as columns, each stack from its bottom down to the frame that ran; calls and clocked
 * work of the browser as ranges of time. Times in µs.
 *
 *     at      100      200      300
 *             onClick  onClick  (garbage collector)
 *             HOOK     HOOK
 *             target   target
 *             reduce   append()
 *     call    50..350
 *     call    400..500 600..700 on 2
 *     work    210..240 Layout
 *     work    250..260 (garbage collector) on 2
 *
 * `HOOK` is a frame of the hook, `target` the target's own, a name in parentheses at the bottom one of V8's pseudo frames,
 * a name with `()` native; anything else is a function of app.js at a line of its own. A column without a stack is a
 * sample that found none. Threads are 1 unless said otherwise: by `on 2`, for samples by a line `on` below the times.
 */
export function captureOf(picture: string): PicturedCapture {
  const lines = picture.split('\n').filter((line) => line.trim() !== '');
  const header = lines.find((line) => /^ *at\b/.test(line)) ?? '';
  const columns = [...header.matchAll(/\d+/g)].map(({ index, 0: time }) => ({ index, time: Number(time) }));
  const cells = (line: string) =>
    columns.map(({ index }, i) => line.slice(index, columns[i + 1]?.index ?? line.length).trim());

  const builder = new ProfileBuilder();
  const target = builder.frame({ name: 'target', url: 'app.js', line: 1, column: 1, kind: FrameKind.script });
  const hook = builder.frame({ name: '', url: 'hook.js', line: 1, column: 1, kind: FrameKind.script });
  const stacks = columns.map(() => -1);
  let threads = columns.map(() => 1);
  const clocked: Parameters<typeof buildCalls>[0][number][] = [];
  for (const line of lines) {
    const [label = '', ...words] = line.trim().split(/\s+/);
    const ranges = words.filter((word) => word.includes('..')).map(rangeOf);
    const thread = Number(/ on (\d+)$/.exec(line)?.[1] ?? 1);
    if (line === header) continue;
    if (label === 'on') threads = cells(line).map(Number);
    else if (label === 'call') clocked.push({ thread, outcome: 'returned', intervals: ranges });
    else if (label === 'work') {
      const name = line.replace(/^.*\.\.\d+ +/, '').replace(/ on \d+$/, '');
      const kind = name.startsWith('(') ? FrameKind.engine : FrameKind.browser;
      for (const { start, end } of ranges) builder.work(builder.frame({ name, kind }), start, end, thread);
    } else {
      for (const [i, name] of cells(line).entries()) {
        if (name === '') continue;
        const frame = name === 'HOOK' ? hook : name === 'target' ? target : frameOf(builder, name, stacks[i]! < 0);
        stacks[i] = builder.stack(stacks[i]!, frame);
      }
    }
  }
  for (const [i, { time }] of columns.entries()) builder.sample(time, stacks[i]!, threads[i]!);
  const calls = buildCalls(clocked);
  const profile = builder.finish({ targetFrame: target, hookFrames: [hook], calls, askedInterval: 100 });
  return { profile, calls, folding: new Folding(profile, calls) };
}

function rangeOf(word: string): { start: number; end: number } {
  const [start, end] = word.split('..').map(Number);
  return { start: start!, end: end! };
}

function frameOf(builder: ProfileBuilder, name: string, isBottom: boolean): number {
  if (isBottom && name.startsWith('(')) return builder.frame({ name, kind: FrameKind.engine });
  if (name.endsWith('()')) return builder.frame({ name, kind: FrameKind.native });
  const line = 2 + ([...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 0) % 100_000);
  return builder.frame({ name, url: 'app.js', line, column: 1, kind: FrameKind.script });
}

/**
 * A call tree as a picture, a node a line: its name, its self time of its total (one number where they are the same),
 * and its samples.
 *
 *     target 10/400 ×4
 *       reduce 390 ×3
 */
export function drawTree(tree: CallTree): string {
  const rows = Array.from(tree.frame, (frame, node) => {
    const [self, total, samples] = [tree.self[node]!, tree.total[node]!, tree.samples[node]!];
    const time = self === total ? `${total}` : `${self}/${total}`;
    const indent = '  '.repeat(tree.depth[node]!);
    return `${indent}${tree.frames.name[frame]} ${time}${samples > 0 ? ` ×${samples}` : ''}`;
  });
  return rows.join('\n');
}

/** A picture written with a margin, without it. */
export function picture(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const margin = Math.min(...lines.map((line) => /^ */.exec(line)![0].length));
  return lines.map((line) => line.slice(margin).trimEnd()).join('\n');
}

/** The tree of the first call of a pictured capture. */
export function foldCall(capture: string): string {
  return drawTree(captureOf(capture).folding.call(0));
}

export function foldAll(capture: string): string {
  return drawTree(captureOf(capture).folding.all());
}
