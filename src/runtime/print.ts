/** Pixels: as wide as makes labels as large on paper as the text of a letter. */
const paperWidth = 720;

/** Lets a file fill its paper: all rows of what is zoomed to, over the whole width, without what could be pressed. */
export function printWell(root: SVGSVGElement, main: HTMLElement, host: HTMLElement, redraw: () => void): void {
  const window = root.ownerDocument.defaultView!;
  const setSize = (height: number) => {
    root.setAttribute('viewBox', `0 0 ${paperWidth} ${height}`);
    // A hundred of these are as wide as the paper; what is higher than a page goes on on the next one.
    root.style.height = `${(100 / paperWidth) * height}vw`;
  };
  window.addEventListener('beforeprint', () => {
    main.classList.add('paper');
    setSize(paperWidth);
    redraw();
    host.style.height = `${host.querySelector('svg')!.getAttribute('height')}px`;
    redraw();
    setSize(main.offsetHeight);
  });
  window.addEventListener('afterprint', () => {
    main.classList.remove('paper');
    root.removeAttribute('viewBox');
    host.style.height = '';
    root.style.height = '';
    redraw();
  });
}
