import type { ComponentChildren } from 'preact';
import { type PaletteName, palettes } from '../src/flamegraph/palette.ts';
import type { Edit } from '../src/profile/edits.ts';
import type { GraphViews } from './graph-views.ts';
import { ColorsIcon } from './icons.tsx';
import { Opener } from './opener.tsx';
import { Tick } from './tick.tsx';

const ownPalettes: Partial<Record<PaletteName, string>> = {
  source: 'By source',
  'self time': 'By self time',
  'color-blind': 'For colour-blind eyes',
};

export function paletteWords(name: PaletteName): string {
  return ownPalettes[name] ?? `FlameGraph: ${name}`;
}

type WholeEdit = Extract<Edit, { kind: 'only mine' | 'collapse recursion' | 'merge native' }>;

/** Edits of the whole tree, which are on or off. */
export const wholeEdits: readonly { readonly edit: WholeEdit; readonly key: string; readonly words: string }[] = [
  { edit: { kind: 'only mine' }, key: 'm', words: 'Only my code' },
  { edit: { kind: 'collapse recursion' }, key: 'r', words: 'Collapse recursion' },
  { edit: { kind: 'merge native' }, key: 'e', words: 'Merge native functions into callers' },
];

interface ViewOptionsProps {
  readonly views: GraphViews;
  /** What the colours mean. */
  readonly children: ComponentChildren;
}

/** The button that opens colours and what changes the whole tree. */
export function ViewOptions({ views, children }: ViewOptionsProps) {
  const { palette } = views.look.value;
  const inForce = new Set(views.edits.value.map(({ kind }) => kind));

  return (
    <Opener name="View options" title="Colours, and what to leave out of the whole tree" icon={<ColorsIcon />}>
      <label class="line">
        Colours
        <select
          value={palette}
          onChange={(event) => views.change({ palette: event.currentTarget.value as PaletteName })}
        >
          {palettes.map((name) => (
            <option key={name} value={name}>
              {paletteWords(name)}
            </option>
          ))}
        </select>
      </label>
      {children}
      {wholeEdits.map(({ edit, key, words }) => (
        <Tick
          key={edit.kind}
          words={words}
          title={`${words} (${key.toUpperCase()})`}
          isOn={inForce.has(edit.kind)}
          onChange={() => views.toggle(edit)}
        />
      ))}
    </Opener>
  );
}
