/** The text of a `data:` address, as source maps are written into scripts; null where it is none. */
export function dataUrlMap(url: string): string | null {
  const [, options, data] = /^data:([^,]*),(.*)$/s.exec(url) ?? [];
  if (options === undefined || data === undefined) return null;
  try {
    if (!/;\s*base64\s*$/i.test(options)) return decodeURIComponent(data);
    const bytes = Uint8Array.from(atob(decodeURIComponent(data)), (character) => character.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch {
    return null;
  }
}
