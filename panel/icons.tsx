import type { ComponentChildren } from 'preact';

/** One set, drawn on 16 pixels in the colour of the text. */
function Icon({ children }: { readonly children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      {children}
    </svg>
  );
}

export const RecordIcon = () => (
  <Icon>
    <circle class="record" cx="8" cy="8" r="5" />
  </Icon>
);

export const StopIcon = () => (
  <Icon>
    <rect class="record" x="4" y="4" width="8" height="8" />
  </Icon>
);

export const LinesIcon = () => (
  <Icon>
    <path fill="none" stroke="currentColor" stroke-width="1.5" d="M3 4h10M3 8h4M3 12h7" />
  </Icon>
);

export const ReloadIcon = () => (
  <Icon>
    <path fill="none" stroke="currentColor" stroke-width="1.5" d="M12.5 5.5A5 5 0 1 0 13 8M13 2.5v3.3H9.7" />
  </Icon>
);

export const RunIcon = () => (
  <Icon>
    <path fill="currentColor" d="M5 3.2v9.6L12.6 8z" />
  </Icon>
);

export const ChevronIcon = () => (
  <Icon>
    <path fill="none" stroke="currentColor" stroke-width="1.5" d="m4.5 6.5 3.5 3.5 3.5-3.5" />
  </Icon>
);

export const TableIcon = () => (
  <Icon>
    <path fill="none" stroke="currentColor" stroke-width="1.5" d="M2.5 3.5h11v9h-11zm0 3h11m-7 0v6" />
  </Icon>
);

/** A film camera: what goes on, not one function. */
export const CameraIcon = () => (
  <Icon>
    <path class="record" d="M1.5 5h8.5v6H1.5zM11 7l3.5-2v6L11 9z" />
  </Icon>
);

/** Sliders. */
export const OptionsIcon = () => (
  <Icon>
    <path fill="none" stroke="currentColor" stroke-width="1.5" d="M2 4.5h7m3 0h2M2 11.5h2m3 0h7M10.5 2.5v4m-5 3v4" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon>
    <path fill="none" stroke="currentColor" stroke-width="1.5" d="m4 4 8 8m0-8-8 8" />
  </Icon>
);

export const SearchIcon = () => (
  <Icon>
    <path
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      d="M11 7A4 4 0 1 1 3 7a4 4 0 0 1 8 0zm-1.2 2.8L13.5 13.5"
    />
  </Icon>
);

/** A pointer on a field. */
export const FromPageIcon = () => (
  <Icon>
    <path fill="none" stroke="currentColor" stroke-width="1.5" d="M6.5 13.2h-4v-10h11v4.3" />
    <path fill="currentColor" d="m7 7.2 7.2 2.9-3 1.1-1.1 3z" />
  </Icon>
);

export const ZoomOutIcon = () => (
  <Icon>
    <path
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      d="M2.5 4v8m11-8v8M5 8h6M7 5.8 4.8 8 7 10.2M9 5.8 11.2 8 9 10.2"
    />
  </Icon>
);

export const SaveIcon = () => (
  <Icon>
    <path fill="none" stroke="currentColor" stroke-width="1.5" d="M8 2.5v7.5M4.8 7 8 10.2 11.2 7M2.5 13.2h11" />
  </Icon>
);

export const ErrorIcon = () => (
  <Icon>
    <circle class="error" cx="8" cy="8" r="6.5" />
    <path class="mark" d="M8 4.2v4.6m0 1.4v1.6" />
  </Icon>
);

export const InfoIcon = () => (
  <Icon>
    <circle class="info" cx="8" cy="8" r="6.5" />
    <path class="mark" d="M8 4.2v1.6m0 1.4v4.6" />
  </Icon>
);

/** Boxes that hang from a wide one. */
export const IcicleIcon = () => (
  <Icon>
    <path fill="currentColor" d="M2 3h12v2.5H2zM2 6.8h7v2.5H2zM2 10.5h4V13H2z" />
  </Icon>
);

/** Boxes that stand on a wide one. */
export const FlameIcon = () => (
  <Icon>
    <path fill="currentColor" d="M2 10.5h12V13H2zM2 6.8h7v2.5H2zM2 3h4v2.5H2z" />
  </Icon>
);

/** Boxes one after the other. */
export const ChartIcon = () => (
  <Icon>
    <path
      fill="currentColor"
      d="M2 3h12v2.5H2zM2 6.8h4v2.5H2zM7.5 6.8h2v2.5h-2zM11 6.8h3v2.5h-3zM3.5 10.5h2V13h-2zM11 10.5h1.5V13H11z"
    />
  </Icon>
);

/** Boxes above and below one. */
export const SandwichIcon = () => (
  <Icon>
    <path fill="currentColor" d="M2 6.8h12v2.5H2z" />
    <path fill="none" stroke="currentColor" d="M2.5 3.5h4v2h-4zm6 0h5v2h-5zm-6 7h6v2h-6zm8 0h3v2h-3z" />
  </Icon>
);

/** Boxes upside down. */
export const BottomUpIcon = () => (
  <Icon>
    <path fill="none" stroke="currentColor" stroke-width="1.5" d="M8 13.5v-10M4.8 6.2 8 3l3.2 3.2" />
    <path fill="currentColor" d="M2 11.5h3.5v2H2zm8.5 0H14v2h-3.5z" />
  </Icon>
);

export const UndoIcon = () => (
  <Icon>
    <path
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      d="M5.5 3 2.7 5.8l2.8 2.8M3 5.8h6.5a3.5 3.5 0 0 1 0 7H6"
    />
  </Icon>
);

/** A palette of swatches. */
export const ColorsIcon = () => (
  <Icon>
    <path fill="currentColor" d="M2.5 2.5h5v5h-5zm6 6h5v5h-5z" />
    <path fill="none" stroke="currentColor" d="M9 3h4.5v4H9zM3 9h4v4.5H3z" />
  </Icon>
);

export const HelpIcon = () => (
  <Icon>
    <path fill="none" stroke="currentColor" stroke-width="1.5" d="M5.7 6.2A2.3 2.3 0 1 1 8 8.6v1.2" />
    <circle fill="currentColor" cx="8" cy="12" r="0.9" />
  </Icon>
);

/** Three dots. */
export const MoreIcon = () => (
  <Icon>
    <path fill="currentColor" d="M3 6.8h2.4v2.4H3zm3.8 0h2.4v2.4H6.8zm3.8 0H13v2.4h-2.4z" />
  </Icon>
);

export const PlusIcon = () => (
  <Icon>
    <path fill="none" stroke="currentColor" stroke-width="1.5" d="M8 3.5v9M3.5 8h9" />
  </Icon>
);

export const CopyIcon = () => (
  <Icon>
    <path fill="none" stroke="currentColor" stroke-width="1.5" d="M5.5 5.5v-3h8v8h-3m-8-5h8v8h-8z" />
  </Icon>
);
