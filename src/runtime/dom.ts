const svgNamespace = 'http://www.w3.org/2000/svg';
const htmlNamespace = 'http://www.w3.org/1999/xhtml';

export type Attributes = Readonly<Record<string, string | number>>;

/** A new SVG element; text goes in by `textContent`, never as markup. */
export function svgElement<Name extends keyof SVGElementTagNameMap>(
  document: Document,
  name: Name,
  attributes: Attributes = {},
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(svgNamespace, name);
  setAttributes(element, attributes);
  return element;
}

/** A new HTML element, in an SVG document too. */
export function htmlElement<Name extends keyof HTMLElementTagNameMap>(
  document: Document,
  name: Name,
  attributes: Attributes = {},
): HTMLElementTagNameMap[Name] {
  const element = document.createElementNS(htmlNamespace, name) as HTMLElementTagNameMap[Name];
  setAttributes(element, attributes);
  return element;
}

export function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}
