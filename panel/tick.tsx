interface TickProps {
  readonly words: string;
  readonly title?: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
}

/** A checkbox with its words. */
export function Tick({ words, title, isOn, onChange, onKeyDown }: TickProps) {
  return (
    <label class="tick" title={title}>
      <input
        type="checkbox"
        checked={isOn}
        onChange={(event) => onChange(event.currentTarget.checked)}
        onKeyDown={onKeyDown}
      />
      {words}
    </label>
  );
}
