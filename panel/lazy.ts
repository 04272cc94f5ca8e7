import { signal } from '@preact/signals';

/** A module that is loaded when it is needed first; components that read `value` show again when it is there. */
export class Lazy<Module> {
  readonly #module = signal<Module | null>(null);
  readonly #import: () => Promise<Module>;

  constructor(load: () => Promise<Module>) {
    this.#import = load;
  }

  get value(): Module | null {
    return this.#module.value;
  }

  async load(): Promise<void> {
    this.#module.value ??= await this.#import();
  }
}
