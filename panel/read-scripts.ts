import { type Script, Scripts } from '../src/capture/scripts.ts';
import { within } from '../src/capture/within.ts';
import type { CdpSession } from '../src/cdp/session.ts';
import { scriptsWithin } from '../src/sources/documents.ts';
import { textBegin } from '../src/sources/lines.ts';
import { mapUrlOf } from '../src/sources/map-comment.ts';
import type { PageScript } from './page-script.ts';

/** A page in a long task answers too late to be waited for: others may want the debugger. */
const answerMilliseconds = 2000;

/** Scripts of those addresses through the debugger; none where the page is busy. */
export async function debuggerScripts(session: CdpSession, urls: ReadonlySet<string>): Promise<PageScript[]> {
  const enabling = Scripts.enable(session);
  if (!(await within(answerMilliseconds, enabling))) {
    void enabling.then(
      (late) => late.disable(),
      () => undefined,
    );
    return [];
  }
  const scripts = await enabling;
  const read = async (script: Script): Promise<PageScript> => {
    const { url, hash, begin, sourceMapUrl: mapUrl } = script;
    return { url, hash, begin, mapUrl, text: await scripts.textOf(script) };
  };
  try {
    return await Promise.all(scripts.all.filter(({ url }) => urls.has(url)).map(read));
  } finally {
    await scripts.disable();
  }
}

/** Scripts of those addresses as DevTools holds them, for which it takes neither the debugger nor the network. */
export async function devtoolsScripts(urls: ReadonlySet<string>): Promise<PageScript[]> {
  // DevTools says addresses without `./`, V8 as they were given.
  const asGiven = new Map(Array.from(urls, (url) => [URL.canParse(url) ? new URL(url).href : url, url]));
  const { getResources } = chrome.devtools.inspectedWindow;
  const resources = await new Promise<chrome.devtools.inspectedWindow.Resource[]>((resolve) => getResources(resolve));
  const read = async (resource: chrome.devtools.inspectedWindow.Resource): Promise<PageScript[]> => {
    const url = asGiven.get(resource.url);
    if (url === undefined || !('type' in resource)) return [];
    const { type } = resource;
    if (type !== 'script' && type !== 'document') return [];
    const content = await new Promise<string | null>((resolve) => resource.getContent(resolve));
    if (!content) return [];
    const found = type === 'script' ? [{ text: content, begin: textBegin }] : scriptsWithin(content);
    return Promise.all(
      found.map(async ({ text, begin }) => ({ url, text, begin, hash: await hashOf(text), mapUrl: mapUrlOf(text) })),
    );
  };
  return (await Promise.all(resources.map(read))).flat();
}

async function hashOf(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
