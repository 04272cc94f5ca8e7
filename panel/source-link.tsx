import { harmless } from '../src/flamegraph/names.ts';
import type { Page } from './page.ts';

interface SourceLinkProps {
  readonly page: Page;
  readonly url: string;
  /** From 1; 0 where unknown. */
  readonly line: number;
  readonly column: number;
  /** Such as `store.js:88`. */
  readonly text: string;
  /** To be said besides, when one points at it. */
  readonly also?: string;
  /** Whether Tab leads to it. */
  readonly isTabStop?: boolean;
}

/** A place in a source; a link where DevTools can show it. */
export function SourceLink({ page, url, line, column, text, also, isTabStop = true }: SourceLinkProps) {
  const { openSource } = page;
  const whole = line > 0 ? `${harmless(url)}:${line}:${column}` : harmless(url);
  if (!openSource || url === '') return <span title={whole || undefined}>{text}</span>;
  return (
    <button
      type="button"
      class="link"
      title={also === undefined ? `Open ${whole}` : `Open ${whole}\n${also}`}
      tabIndex={isTabStop ? 0 : -1}
      onClick={() => openSource(url, Math.max(line, 1), Math.max(column, 1))}
    >
      {text}
    </button>
  );
}
