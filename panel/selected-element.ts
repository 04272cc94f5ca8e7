import { signal } from '@preact/signals';
import {
  type ListenerAnswer,
  type ListenerGroup,
  type ListenerList,
  type ListenerRow,
  listListenersExpression,
  type NodeStep,
} from '../src/capture/listeners.ts';
import type { Page } from './page.ts';

/** What is known of the listeners of the selected element. */
export type Selection = Listed | 'nothing' | 'in a frame';

export interface Listed {
  /** Address of the document of the frame that the element is in; null for the page's own. */
  readonly frame: string | null;
  readonly groups: ListenerList;
  /** Of a frame of another site, which has a selected element of its own: DevTools does not say which was selected last. */
  readonly otherFrame: string | null;
}

/** The listeners of the element that is selected in DevTools. Looking takes no debugger. */
export class SelectedElement {
  /** Null until the page has answered first. */
  readonly selection = signal<Selection | null>(null);
  readonly #page: Page;
  #looks = 0;

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
    const look = ++this.#looks;
    let selection: Selection = 'nothing';
    try {
      selection = await this.#selection();
    } catch (error) {
      console.debug('The page was not asked for listeners:', error);
    }
    if (look === this.#looks) this.selection.value = selection;
  }

  async #selection(): Promise<Selection> {
    const expression = listListenersExpression();
    const answer = readAnswer(await this.#page.evaluate(expression));
    const ownFrame = answer !== 'nothing' && 'inFrame' in answer ? answer.inFrame : null;
    const frame = await frameWithSelection(expression, ownFrame);
    if (ownFrame !== null) {
      const groups = await inFrame(ownFrame, expression);
      return isList(groups) ? { frame: ownFrame, groups, otherFrame: frame?.url ?? null } : 'in a frame';
    }
    // DevTools has the body selected in the page until something else is.
    if (isList(answer) && !(frame && /^body\b/.test(answer[0]?.label ?? '')))
      return { frame: null, groups: answer, otherFrame: frame?.url ?? null };
    return frame ? { frame: frame.url, groups: frame.groups, otherFrame: null } : 'nothing';
  }
}

/** What is selected in a frame of another site, the page is not told: the frames are asked one by one. */
async function frameWithSelection(
  expression: string,
  except: string | null,
): Promise<{ url: string; groups: ListenerList } | null> {
  const { getResources } = chrome.devtools.inspectedWindow;
  const resources = await new Promise<chrome.devtools.inspectedWindow.Resource[]>((resolve) => getResources(resolve));
  for (const resource of resources) {
    if (!('type' in resource) || resource.type !== 'document') continue;
    if (resource.url === '' || resource.url === except) continue;
    const answer = await inFrame(resource.url, `window === top ? 'nothing' : ${expression}`);
    if (isList(answer)) return { url: resource.url, groups: answer };
  }
  return null;
}

/** What the first frame with a document of that address answers. */
async function inFrame(frameURL: string, expression: string): Promise<ListenerAnswer> {
  const answer = await new Promise<unknown>((resolve) => {
    chrome.devtools.inspectedWindow.eval<unknown>(expression, { frameURL }, (result, exception) => {
      resolve(exception ? 'nothing' : result);
    });
  });
  return readAnswer(answer);
}

function isList(answer: ListenerAnswer): answer is ListenerList {
  return answer !== 'nothing' && !('inFrame' in answer);
}

/** The page may have replaced whatever our code in it relies on. */
function readAnswer(answer: unknown): ListenerAnswer {
  if (answer === 'nothing') return answer;
  if (Array.isArray(answer)) return answer.map(readGroup);
  return { inFrame: String(asRecord(answer).inFrame) };
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
