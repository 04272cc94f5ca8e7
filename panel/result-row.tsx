import type { AppliedResult } from '../src/capture/record.ts';
import type { CallIndex } from '../src/profile/model.ts';
import { ChevronIcon } from './icons.tsx';
import { valueText } from './values.ts';

/** What came back of the calls that Flambe made; of all calls, the last one's. */
export function ResultRow({
  results,
  call,
}: {
  readonly results: readonly AppliedResult[];
  readonly call: CallIndex | 'all';
}) {
  const result = results.at(call === 'all' ? -1 : call);
  if (!result) return null;
  const [first = '', ...others] = valueText(result.value).split('\n');
  const which = call === 'all' && results.length > 1 ? 'The last call' : 'The call';
  const line = (
    <>
      {which} {result.outcome} <code class={result.outcome}>{first}</code>
    </>
  );
  return (
    <div class="result">
      {others.length === 0 ? (
        <div class="row">{line}</div>
      ) : (
        <details>
          <summary class="row">
            <ChevronIcon /> {line}
          </summary>
          <pre>{others.join('\n')}</pre>
        </details>
      )}
    </div>
  );
}
