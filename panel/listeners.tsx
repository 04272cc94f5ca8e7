import { useEffect, useMemo } from 'preact/hooks';
import type { ListenerAnswer, ListenerGroup, ListenerRow } from '../src/capture/listeners.ts';
import { harmless } from '../src/flamegraph/names.ts';
import { formatCount } from '../src/flamegraph/units.ts';
import type { Controller } from './controller.ts';
import type { FromPageProps } from './from-page.tsx';
import { RecordIcon } from './icons.tsx';
import { SelectedElement } from './selected-element.ts';

/** What an event of the element that is selected in DevTools passes, each listener with "Capture". */
export function Listeners({ controller, onLeave }: FromPageProps) {
  const selected = useMemo(() => new SelectedElement(controller.page), [controller]);
  useEffect(() => selected.follow(), [selected]);
  const answer = selected.listeners.value;
  return (
    <section aria-label="Listeners of the selected element">
      <div class="row">
        <strong title="Of the element selected in the Elements panel, and of all that its events pass on their way up">
          Listeners of the selected element
        </strong>
        <span role="status" class="listed">
          {answerWords(answer)}
        </span>
      </div>
      {Array.isArray(answer) && (
        <table aria-label="Listeners">
          {answer.map((group: ListenerGroup, index: number) => (
            <Group key={index} controller={controller} group={group} onLeave={onLeave} />
          ))}
        </table>
      )}
    </section>
  );
}

function answerWords(answer: ListenerAnswer | null): string {
  if (answer === null) return '';
  if (answer === 'nothing') return 'Select an element in the Elements panel';
  if (answer === 'in a frame') return 'It is in a frame, whose listeners can\u2019t be listed from here';
  const count = answer.reduce((sum, { listeners }) => sum + listeners.length, 0);
  return count === 0 ? 'No listener hears of its events' : formatCount(count, 'listener');
}

interface GroupProps extends FromPageProps {
  readonly group: ListenerGroup;
}

function Group({ controller, group: { label, path, listeners, delegated }, onLeave }: GroupProps) {
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={4}>
          <code>{harmless(label, 120)}</code>
          {path === null && ' · out of reach, in a closed shadow root or off the document'}
          {delegated > 0 && ` · and ${formatCount(delegated, 'listener')} of a framework, which call its handlers`}
          {listeners.length + delegated === 0 && ' · no listener of its own'}
        </th>
      </tr>
      {listeners.map((row) => (
        <tr key={`${row.source} ${row.type} ${row.index}`}>
          <td class="what">{harmless(row.type, 80)}</td>
          <td class="name">
            <code>{nameOf(row)}</code>
          </td>
          <td class="how">{howWords(row)}</td>
          <td class="capture">
            {path !== null && row.isFunction && (
              <CaptureButton
                controller={controller}
                label={label}
                row={row}
                onCapture={() => {
                  void controller.captureListener({ ...row, path });
                  onLeave();
                }}
              />
            )}
          </td>
        </tr>
      ))}
    </tbody>
  );
}

interface CaptureButtonProps {
  readonly controller: Controller;
  readonly label: string;
  readonly row: ListenerRow;
  readonly onCapture: () => void;
}

function CaptureButton({ controller, label, row, onCapture }: CaptureButtonProps) {
  const { running, recording } = controller.state.value;
  return (
    <button
      type="button"
      aria-label={`Capture ${nameOf(row)}, ${harmless(row.type, 80)} of ${harmless(label, 120)}`}
      title="Capture its next calls, where it stands in its source"
      disabled={running !== null || recording !== null}
      onClick={onCapture}
    >
      <RecordIcon /> <span class="label">Capture</span>
    </button>
  );
}

function nameOf({ name, isFunction }: ListenerRow): string {
  if (!isFunction) return '(an object)';
  return harmless(name) || '(anonymous)';
}

function howWords({ source, useCapture, once, passive }: ListenerRow): string {
  const words = [
    source !== 'listener' && source,
    useCapture ? 'capture' : 'bubble',
    once && 'once',
    passive && 'passive',
  ];
  return words.filter(Boolean).join(', ');
}
