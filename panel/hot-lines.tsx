import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { SeenCalls } from '../src/capture/recorded.ts';
import { displayName } from '../src/flamegraph/names.ts';
import { formatCount, formatDuration, formatPercent } from '../src/flamegraph/units.ts';
import { type CallIndex, type CallTree, type FrameIndex, FrameKind } from '../src/profile/model.ts';
import { useDismissal } from './dismissal.ts';
import { type HotLine, hasLines, hotLines, placeKey, placesOf } from './function-lines.ts';
import { CloseIcon, LinesIcon } from './icons.tsx';
import type { OriginalNames } from './original-names.ts';
import type { Page } from './page.ts';
import { SourceLink } from './source-link.tsx';

/** Lines that are listed; further ones have next to nothing. */
const mostLines = 50;

interface HotLinesProps {
  readonly page: Page;
  readonly capture: SeenCalls;
  readonly call: CallIndex | 'all';
  /** As it was captured. */
  readonly tree: CallTree;
  readonly names: OriginalNames;
  /** Of the box that one looks at; it may be none of the tree's own. Null for a box of many functions. */
  readonly frame: FrameIndex | null;
}

/** The button that opens the lines of a function; there where the sampler tells of lines. */
export function HotLines(props: HotLinesProps) {
  const { capture, call, tree, frame } = props;
  const root = useRef<HTMLSpanElement>(null);
  /** The function whose lines are shown, whatever one points at meanwhile. */
  const opened = useSignal<FrameIndex | null>(null);
  const close = () => {
    opened.value = null;
  };
  useDismissal(root, opened.value !== null, close);
  useEffect(close, [capture, call]);
  const isKnown = useMemo(() => hasLines(capture), [capture]);
  const isWritten = frame !== null && tree.frames.kind[frame] === FrameKind.script && tree.frames.line[frame]! > 0;
  if (!isKnown || (opened.value === null && !isWritten)) return null;
  return (
    <span ref={root} class="lines">
      <button
        type="button"
        class="small"
        title="At which lines of the function its own time went"
        aria-expanded={opened.value !== null}
        aria-controls="hot-lines"
        onClick={() => {
          opened.value = opened.value === null ? frame : null;
        }}
      >
        <LinesIcon /> <span class="label">Lines</span>
      </button>
      {opened.value !== null && <LineSheet {...props} key={opened.value} frame={opened.value} onClose={close} />}
    </span>
  );
}

interface Listed {
  /** Of the source that they are of. */
  readonly url: string;
  readonly lines: readonly HotLine[];
}

function LineSheet({
  page,
  capture,
  call,
  tree,
  names,
  frame,
  onClose,
}: HotLinesProps & { readonly frame: FrameIndex; readonly onClose: () => void }) {
  const listed = useSignal<Listed | null>(null);
  const frames = names.shown(tree.frames);
  useEffect(() => {
    let isWanted = true;
    void (async () => {
      const lines = await linesOf({ capture, call }, tree, names, frame);
      if (isWanted) listed.value = lines;
    })();
    return () => {
      isWanted = false;
    };
  }, [capture, call, frames, frame]);
  const place = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    // Right above the row of the button, which a low dock cuts off.
    const row = place.current!.parentElement!.closest('.row')!;
    place.current!.style.bottom = `${innerHeight - row.getBoundingClientRect().top}px`;
  }, []);
  const name = displayName(frames, frame);
  const { url, lines } = listed.value ?? { url: '', lines: [] };
  return (
    <section ref={place} id="hot-lines" class="hot-lines" aria-label={`Lines of ${name}`}>
      <header>
        <strong>{name}</strong>
        <button type="button" class="icon-only" aria-label="Close the lines" onClick={onClose}>
          <CloseIcon />
        </button>
      </header>
      {listed.value === null && <p>Looking for its lines …</p>}
      {listed.value?.lines.length === 0 && <p>No sample stood in the function itself.</p>}
      {lines.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Self</th>
              <th scope="col">Share of its self time</th>
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, mostLines).map(({ line, self, share, samples }) => (
              <tr key={line} title={formatCount(samples, 'sample')}>
                <td>
                  {line > 0 ? (
                    <SourceLink page={page} url={url} line={line} column={1} text={`${line}`} />
                  ) : (
                    'not known'
                  )}
                </td>
                <td>{formatDuration(self)}</td>
                <td>
                  <span class="share" style={{ '--share': share }} /> {formatPercent(share)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {lines.length > mostLines && <p>{formatCount(lines.length - mostLines, 'more line')} with less</p>}
    </section>
  );
}

/** In the original source where its names are shown and its map is at hand. */
async function linesOf(
  calls: { readonly capture: SeenCalls; readonly call: CallIndex | 'all' },
  { frames }: CallTree,
  names: OriginalNames,
  frame: FrameIndex,
): Promise<Listed> {
  const url = frames.url[frame]!;
  const original = names.areWanted.value ? names.of(frames).get(frame) : undefined;
  const mapped = original && names.mappedScript(frames, url);
  if (original && mapped) {
    // Loaded when it is needed first: most code has no map.
    const { originalLines } = await import('./original-lines.ts');
    const places = placesOf(calls, frame);
    const lines = await originalLines(mapped, original.url, [...places.values()]);
    if (lines) {
      const lineByKey = new Map([...places.keys()].map((key, at) => [key, lines[at]!]));
      const inSource = (line: number, column: number) => lineByKey.get(placeKey(line, column))!;
      return { url: original.url, lines: hotLines(calls, frame, inSource) };
    }
  }
  return { url, lines: hotLines(calls, frame) };
}
