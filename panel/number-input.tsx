import type { Controller } from './controller.ts';
import { fields, numberProblem } from './numbers.ts';

/** A spinbutton. What is wrong with its text is said in the status line. */
export function NumberInput({
  controller,
  name,
}: {
  readonly controller: Controller;
  readonly name: keyof typeof fields;
}) {
  const field = fields[name];
  const text = controller.state.value.form[name];
  return (
    <label class="number">
      {field.label}
      <input
        type="number"
        min={field.min}
        max={field.max}
        step={field.isWhole ? 1 : 'any'}
        required
        title={field.about}
        value={text}
        aria-invalid={numberProblem(text, field) !== null}
        onInput={(event) => controller.type(name, event.currentTarget.value)}
      />
    </label>
  );
}
