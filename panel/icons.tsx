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
