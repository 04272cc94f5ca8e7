import { type Signal, useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { type Caption, noCaption } from '../src/flamegraph/facts.ts';
import {
  type ExportChoices,
  exportPalettes,
  minWidthText,
  readChoices,
  readMinWidth,
  readWidth,
} from './export-choices.ts';
import { OptionsIcon, SaveIcon } from './icons.tsx';
import { Opener } from './opener.tsx';
import { saveSettings } from './settings.ts';
import { Tick } from './tick.tsx';
import { paletteWords } from './view-options.tsx';

interface ExportButtonsProps {
  /** What `readChoices` makes choices of. */
  readonly saved: Signal<unknown>;
  readonly onExport: (choices: ExportChoices, caption: Caption) => void;
}

/** The button "Export SVG", which exports at once, and the one that opens how. */
export function ExportButtons({ saved, onExport }: ExportButtonsProps) {
  const caption = useSignal(noCaption);
  const choices = readChoices(saved.value);
  const change = (part: Partial<ExportChoices>) => {
    saved.value = { ...choices, ...part };
    void saveSettings({ exporting: saved.value });
  };
  const { width, minWidth, palette, leavesOutAddresses } = choices;
  return (
    <>
      <button
        type="button"
        title="Save the graph as one interactive file"
        onClick={() => onExport(choices, caption.value)}
      >
        <SaveIcon /> Export SVG
      </button>
      <Opener name="Export options" title="What the exported file says and how wide it is" icon={<OptionsIcon />}>
        {(['title', 'subtitle', 'note'] as const).map((field) => (
          <label key={field} class="line field">
            {captionWords[field]}
            <input
              value={caption.value[field]}
              placeholder={field === 'title' ? 'The function' : ''}
              onInput={(event) => {
                caption.value = { ...caption.value, [field]: event.currentTarget.value };
              }}
            />
          </label>
        ))}
        <CheckedField
          label="Width"
          title="Of the still drawing, which viewers without scripts show; otherwise the file is as wide as its window"
          text={`${width}`}
          read={readWidth}
          onRead={(width) => change({ width })}
        />
        <CheckedField
          label="Narrowest box"
          title="Narrower ones are left out of the still drawing; zooming shows them all"
          text={minWidthText(minWidth)}
          read={readMinWidth}
          onRead={(minWidth) => change({ minWidth })}
        />
        <label class="line field">
          Colours
          <select
            value={palette}
            onChange={(event) => change({ palette: event.currentTarget.value as ExportChoices['palette'] })}
          >
            {exportPalettes.map((name) => (
              <option key={name} value={name}>
                {name === 'as shown' ? 'As shown' : paletteWords(name)}
              </option>
            ))}
          </select>
        </label>
        <Tick
          words="Leave out addresses"
          title="Of the page and of scripts only the names of files are left"
          isOn={leavesOutAddresses}
          onChange={() => change({ leavesOutAddresses: !leavesOutAddresses })}
        />
      </Opener>
    </>
  );
}

const captionWords = { title: 'Title', subtitle: 'Subtitle', note: 'Note' } as const satisfies Record<
  keyof Caption,
  string
>;

interface CheckedFieldProps<Value> {
  readonly label: string;
  readonly title: string;
  /** Of the value that is in force. */
  readonly text: string;
  /** The value, or in words what is wrong with the text. */
  readonly read: (text: string) => Value | string;
  readonly onRead: (value: Value) => void;
}

/** A field of which only good values come into force. */
function CheckedField<Value extends number | object>({ label, title, text, read, onRead }: CheckedFieldProps<Value>) {
  const typed = useSignal(text);
  const id = useId();
  const value = read(typed.value);
  const problem = typeof value === 'string' ? value : null;
  return (
    <>
      <label class="line field" title={title}>
        {label}
        <input
          value={typed.value}
          spellcheck={false}
          autocomplete="off"
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : id}
          onInput={(event) => {
            typed.value = event.currentTarget.value;
            const value = read(typed.value);
            if (typeof value !== 'string') onRead(value);
          }}
        />
      </label>
      {problem !== null && (
        <p id={id} class="problem" role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
