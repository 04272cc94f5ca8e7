import { signal } from '@preact/signals';
import {
  type ListenerAnswer,
  type ListenerGroup,
  type ListenerRow,
  listListenersExpression,
  type NodeStep,
} from '../src/capture/listeners.ts';
import type { Page } from './page.ts';

/** The listeners of the element that is selected in DevTools. Looking takes no debugger. */
export class SelectedElement {
  /** Null until the page has answered first. */
  readonly listeners = signal<ListenerAnswer | null>(null);
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Lists anew whenever another element is selected, until the returned function is called. */
  follow(): () => void {
    const { onSelectionChanged } = chrome.devtools.panels.elements;
    const look = () => void this.look();
    onSelectionChanged.addListener(look);
    look();
    return () => onSelectionChanged.removeListener(look);
  }

  async look(): Promise<void> {
    try {
      this.listeners.value = readAnswer(await this.#page.evaluate(listListenersExpression()));
    } catch (error) {
      console.debug('The page was not asked for listeners:', error);
      this.listeners.value = 'nothing';
    }
  }
}

/** The page may have replaced whatever our code in it relies on. */
function readAnswer(answer: unknown): ListenerAnswer {
  if (answer === 'nothing' || answer === 'in a frame') return answer;
  return asList(answer).map(readGroup);
}

function readGroup(answer: unknown): ListenerGroup {
  const { label, path, listeners, delegated } = asRecord(answer);
  return {
    label: String(label),
    path: path === null ? null : asList(path).map(readStep),
    listeners: asList(listeners).map(readRow),
    delegated: Number(delegated),
  };
}

function readStep(answer: unknown): NodeStep {
  return answer === 'shadow' || answer === 'window' ? answer : Number(answer);
}

function readRow(answer: unknown): ListenerRow {
  const { source, type, index, name, useCapture, once, passive, isFunction } = asRecord(answer);
  return {
    source: source === 'React' || source === 'Preact' ? source : 'listener',
    type: String(type),
    index: Number(index),
    name: String(name),
    useCapture: useCapture === true,
    once: once === true,
    passive: passive === true,
    isFunction: isFunction === true,
  };
}

function asList(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new TypeError('The page answered with no list');
  return value;
}

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new TypeError('The page answered with no object');
  return { ...value };
}
