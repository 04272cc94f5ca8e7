/** A number that the user types. */
export interface NumberField {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly isWhole: boolean;
  readonly about: string;
}

export const fields = {
  calls: { label: 'Calls', min: 1, max: 1000, isWhole: true, about: 'How many calls of the function to capture' },
  timeout: {
    label: 'Timeout (s)',
    min: 0,
    max: 3600,
    isWhole: false,
    about: 'Give up after so many seconds in which no call runs; 0 waits for ever',
  },
  longerThan: {
    label: 'Keep only calls longer than (ms)',
    min: 0,
    max: 60_000,
    isWhole: false,
    about: 'Shorter calls pass by and do not count; 0 keeps all',
  },
  repeat: { label: 'Repeat', min: 1, max: 1000, isWhole: true, about: 'How often to call the function' },
} as const satisfies Record<string, NumberField>;

/** The number that was typed; null when it is none or out of bounds. */
export function readNumber(text: string, { min, max, isWhole }: NumberField): number | null {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!(number >= min && number <= max)) return null;
  return isWhole && !Number.isInteger(number) ? null : number;
}

/** What is wrong with the typed text; null when nothing is. */
export function numberProblem(text: string, field: NumberField): string | null {
  if (readNumber(text, field) !== null) return null;
  return `${field.label} takes a ${field.isWhole ? 'whole ' : ''}number from ${field.min} to ${field.max}`;
}
