import type { FrameTable } from '../src/profile/model.ts';
import type { OriginalNames } from './original-names.ts';
import { saveSettings } from './settings.ts';
import { Tick } from './tick.tsx';

interface OriginalNamesToggleProps {
  readonly names: OriginalNames;
  readonly frames: FrameTable;
}

/** Chooses between the names that people wrote and those that the browser runs; there where they differ. */
export function OriginalNamesToggle({ names, frames }: OriginalNamesToggleProps) {
  const { areWanted, isSlow } = names;
  if (names.of(frames).size === 0) return isSlow.value && <span role="status">Looking for original names …</span>;
  return (
    <Tick
      words="Original names"
      title="Names and places in the sources that people wrote, by their source maps"
      isOn={areWanted.value}
      onChange={(isOn) => {
        areWanted.value = isOn;
        void saveSettings({ originalNames: isOn });
      }}
    />
  );
}
