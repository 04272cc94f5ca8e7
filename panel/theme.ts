/**
 * Follows DevTools' theme, and the system's where there is no DevTools. All colours are `light-dark()` pairs in
 * styles.css, so one property decides.
 */
export function followTheme(root: HTMLElement): void {
  const panels = typeof chrome.devtools === 'undefined' ? undefined : chrome.devtools.panels;
  const show = (themeName: string) => {
    root.style.colorScheme = themeName === 'dark' ? 'dark' : 'light';
  };
  if (!panels) return;
  show(panels.themeName);
  panels.setThemeChangeHandler(show);
}
