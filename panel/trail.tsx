import { displayName } from '../src/flamegraph/names.ts';
import type { Edit } from '../src/profile/edits.ts';
import { withGroupFrames } from '../src/profile/group-frames.ts';
import type { FrameTable } from '../src/profile/model.ts';
import { frameGroups } from './frame-groups.ts';
import type { GraphViews, Shown } from './graph-views.ts';
import { UndoIcon } from './icons.tsx';

interface TrailProps {
  readonly views: GraphViews;
  readonly shown: Shown;
}

/** What was done to the tree, one after the other; a click on a step takes back those after it. */
export function Trail({ views, shown: { edits, applied, sight } }: TrailProps) {
  if (edits.length === 0) return null;
  const { frames } = sight.tree;
  const named = withGroupFrames(frames, frameGroups(frames).names);
  return (
    <nav class="row trail" aria-label="Changes of the tree">
      <ol>
        <li>
          <button type="button" class="link" title="Take all changes back" onClick={() => views.keepEdits(0)}>
            Whole call
          </button>
        </li>
        {edits.map((edit, index) => {
          const words = editWords(edit, named);
          const isLast = index === edits.length - 1;
          const isIdle = applied[index] === false;
          return (
            <li key={index} aria-current={isLast ? 'step' : undefined} class={isIdle ? 'idle' : undefined}>
              <button
                type="button"
                class="link"
                disabled={isLast}
                title={isIdle ? 'Nothing here that it applies to' : 'Take back what came after'}
                onClick={() => views.keepEdits(index + 1)}
              >
                {words}
              </button>
            </li>
          );
        })}
      </ol>
      <button
        type="button"
        title="Take the last change back (Backspace)"
        onClick={() => views.keepEdits(edits.length - 1)}
      >
        <UndoIcon /> Undo
      </button>
    </nav>
  );
}

function editWords(edit: Edit, frames: FrameTable): string {
  const name = (frame: number) => displayName(frames, frame);
  switch (edit.kind) {
    case 'focus':
      return `only ${name(edit.path.at(-1)!)} here`;
    case 'focus function':
      return `only ${name(edit.frame)}`;
    case 'hide function':
      return `${name(edit.frame)} hidden`;
    case 'drop':
      return `${name(edit.path.at(-1)!)} dropped here`;
    case 'collapse recursion':
      return 'recursion collapsed';
    case 'collapse group':
      return `${edit.group} in one`;
    case 'only mine':
      return 'only my code';
    case 'merge native':
      return 'native functions merged';
    default:
      return edit satisfies never;
  }
}
