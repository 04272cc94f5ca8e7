import type { FrameTable } from '../src/profile/model.ts';
import type { OriginalNames } from './original-names.ts';
import { saveSettings } from './settings.ts';

interface OriginalNamesToggleProps {
  readonly names: OriginalNames;
  readonly frames: FrameTable;
}

/** Chooses between the names that people wrote and those that the browser runs; there where they differ. */
export function OriginalNamesToggle({ names, frames }: OriginalNamesToggleProps) {
  const { areWanted, isSlow } = names;
  if (names.of(frames).size === 0) return isSlow.value && <span role="status">Looking for original names …</span>;
  return (
    <label class="original-names" title="Names and places in the sources that people wrote, by their source maps">
      <input
        class="tick"
        type="checkbox"
        checked={areWanted.value}
        onChange={(event) => {
          areWanted.value = event.currentTarget.checked;
          void saveSettings({ originalNames: areWanted.value });
        }}
      />
      Original names
    </label>
  );
}
