import { signal, useSignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { ListenerAddress, ListenerGroup, ListenerRow } from '../src/capture/listeners.ts';
import { displayName, harmless, sourceText } from '../src/flamegraph/names.ts';
import { formatCount } from '../src/flamegraph/units.ts';
import { shortPath } from '../src/sources/urls.ts';
import type { Controller } from './controller.ts';
import type { FromPageProps } from './from-page.tsx';
import { RecordIcon } from './icons.tsx';
import { addressesOf, type ListenerPlaces, placed } from './listener-places.ts';
import { type Listed, SelectedElement, type Selection } from './selected-element.ts';
import { SourceLink } from './source-link.tsx';
import { Tick } from './tick.tsx';

/** Whether the user wants to see where listeners stand; asked for once, it is for all elements selected later. */
const wantsPlaces = signal(false);

/** What an event of the element that is selected in DevTools passes, each listener with "Capture". */
export function Listeners({ controller, names, onLeave }: FromPageProps) {
  const selected = useMemo(() => new SelectedElement(controller.page), [controller]);
  useEffect(() => selected.follow(), [selected]);
  const selection = selected.selection.value;
  const listed = isListed(selection) ? selection : null;
  const places = usePlaces(listed, { controller, names, onLeave });
  return (
    <section aria-label="Listeners of the selected element">
      <div class="row">
        <strong title="Of the element selected in the Elements panel, and of all that its events pass on their way up">
          Listeners of the selected element
        </strong>
        <span role="status" class="listed">
          {selectionWords(selection)}
        </span>
        <Tick
          words="Places"
          title="Where each listener stands in its source. To learn that, Flambe attaches the debugger for a moment, and Chrome shows its bar."
          isOn={wantsPlaces.value}
          onChange={(isOn) => {
            wantsPlaces.value = isOn;
          }}
        />
      </div>
      {listed && (
        <table aria-label="Listeners">
          {listed.groups.map((group, index) => (
            <Group key={index} {...{ controller, names, onLeave, group, places }} addresses={addressesOf(listed)} />
          ))}
        </table>
      )}
    </section>
  );
}

function isListed(selection: Selection | null): selection is Listed {
  return typeof selection === 'object' && selection !== null;
}

/** Null while they are not known. */
function usePlaces(listed: Listed | null, { controller, names }: FromPageProps): ListenerPlaces | null {
  const known = useSignal<{ readonly of: Listed; readonly places: ListenerPlaces } | null>(null);
  const isWanted = wantsPlaces.value;
  useEffect(() => {
    if (!isWanted || !listed || known.value?.of === listed) return;
    const addresses = addressesOf(listed);
    void controller.locateListeners([...addresses.values()]).then((found) => {
      if (!found) return;
      const places = placed(addresses.keys(), found);
      known.value = { of: listed, places };
      return names.read('listeners', places.frames);
    });
  }, [controller, names, isWanted, listed, known]);
  return isWanted && known.value?.of === listed ? (known.value?.places ?? null) : null;
}

function selectionWords(selection: Selection | null): string {
  if (selection === null) return '';
  if (selection === 'nothing') return 'Select an element in the Elements panel';
  if (selection === 'in a frame') return 'It is in a frame, whose listeners can\u2019t be listed from here';
  const { groups, frame, otherFrame } = selection;
  const count = groups.reduce((sum, { listeners }) => sum + listeners.length, 0);
  const parts = [
    count === 0 ? 'No listener hears of its events' : formatCount(count, 'listener'),
    frame !== null && `in the frame ${harmless(shortPath(frame), 60)}`,
    otherFrame !== null &&
      `without what is selected in the frame ${harmless(shortPath(otherFrame), 60)}, which is of another site`,
  ];
  return parts.filter((part) => part !== false).join(' · ');
}

interface GroupProps extends FromPageProps {
  readonly group: ListenerGroup;
  readonly addresses: ReadonlyMap<ListenerRow, ListenerAddress>;
  readonly places: ListenerPlaces | null;
}

function Group({ controller, names, onLeave, group, addresses, places }: GroupProps) {
  const { label, path, listeners, delegated } = group;
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
      {listeners.map((row) => {
        const address = addresses.get(row);
        const frame = places?.frameByRow.get(row);
        const shown = places && frame !== undefined ? { ...places, frame } : null;
        const name = shown ? displayName(names.shown(shown.frames), shown.frame) : nameOf(row);
        return (
          <tr key={`${row.source} ${row.type} ${row.index}`}>
            <td class="what">{harmless(row.type, 80)}</td>
            <td class="name">
              <code>{name}</code> {shown && <Place {...{ controller, names }} {...shown} />}
            </td>
            <td class="how">{howWords(row)}</td>
            <td class="capture">
              {address && (
                <CaptureButton
                  controller={controller}
                  label={`Capture ${name}, ${harmless(row.type, 80)} of ${harmless(label, 120)}`}
                  onCapture={() => {
                    void controller.captureListener(address);
                    onLeave();
                  }}
                />
              )}
            </td>
          </tr>
        );
      })}
    </tbody>
  );
}

interface PlaceProps extends Pick<FromPageProps, 'controller' | 'names'>, Pick<ListenerPlaces, 'frames'> {
  readonly frame: number;
}

/** `store.ts:88:12`, with what ran in the title where that is something else. */
function Place({ controller, names, frames, frame }: PlaceProps) {
  const shown = names.shown(frames);
  const { url, line, column } = shown;
  const isOriginal = shown !== frames && names.of(frames).has(frame);
  return (
    <SourceLink
      page={controller.page}
      url={url[frame]!}
      line={line[frame]!}
      column={column[frame]!}
      text={placeText(shown, frame)}
      {...(isOriginal && { also: `generated: ${displayName(frames, frame)} ${placeText(frames, frame)}` })}
    />
  );
}

function placeText(frames: ListenerPlaces['frames'], frame: number): string {
  return `${sourceText(frames, frame)}:${frames.column[frame]}`;
}

interface CaptureButtonProps {
  readonly controller: Controller;
  readonly label: string;
  readonly onCapture: () => void;
}

function CaptureButton({ controller, label, onCapture }: CaptureButtonProps) {
  const { running, recording } = controller.state.value;
  return (
    <button
      type="button"
      aria-label={label}
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
