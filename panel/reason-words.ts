import type { CaptureFailure } from '../src/capture/errors.ts';
import type { Alert } from './alert.ts';
import { code, say } from './phrases.ts';

type WrapReason = (CaptureFailure & { code: 'cannot wrap' })['reason'];

/** Why the function of a path can't be hooked. */
export function cannotWrapAlert(path: string, reason: WrapReason): Alert {
  const what = say`${code(path)} can't be captured`;
  const caller = say`Capture a function that calls it: it shows up in that one's graph.`;
  switch (reason) {
    case 'const':
      return {
        what,
        why: say`It is a const, and a hook has to take the function's place for a while.`,
        advice: caller,
      };
    case 'read-only':
      return {
        what,
        why: / \([gs]et\)$/.test(path)
          ? say`It is an accessor that can't be redefined, as bundlers make them of what a module exports.`
          : say`It is read-only, and a hook has to take its place for a while.`,
        advice: caller,
      };
    case 'not extensible':
      return { what, why: say`Its owner is frozen or sealed, so that no hook can be put there.`, advice: caller };
    case 'module':
      return { what, why: say`A module exports it, and nothing from outside can replace that.`, advice: caller };
    case 'eval':
      return {
        what,
        why: say`Called in any other way than by its own name, it no longer sees the variables around the call.`,
        advice: say`Capture the function that calls it.`,
      };
    case 'private static':
      return {
        what,
        why: say`The class has private static members, which break behind a hook.`,
        advice: say`Capture one of its methods instead, such as ${code(`${path}.prototype.…`)}`,
      };
    case 'proxy refused':
      return { what, why: say`Its owner is a proxy that does not let the function be replaced.`, advice: caller };
    default:
      return reason satisfies never;
  }
}

type AttachReason = (CaptureFailure & { code: 'cannot attach' })['reason'];

/** Why a page can't be looked at. */
export function cannotAttachAlert(reason: AttachReason, message: string): Alert {
  const what = say`This page can't be debugged`;
  switch (reason) {
    case 'chrome page':
      return {
        what,
        why: say`Chrome keeps extensions away from its own pages, from DevTools and from the Web Store.`,
        advice: say`Open an ordinary web page and use Flambe there.`,
      };
    case 'other extension':
      return {
        what,
        why: say`Another extension has put a frame of its own into it, as password managers do; Chrome then lets no other one in.`,
        advice: say`Switch that extension off for this site, or use a profile without it, and reload the page.`,
      };
    case 'file access':
      return {
        what: say`Flambe may not look at files yet`,
        why: say`Chrome asks for a switch before an extension sees pages from ${code('file:')}.`,
        advice: say`Open ${code('chrome://extensions')}, Details of Flambe, switch on “Allow access to file URLs”, then reload the page.`,
      };
    case 'policy':
      return {
        what,
        why: say`A policy of whoever administers this browser forbids it.`,
        advice: say`Use Flambe on another site, or in a browser without that policy.`,
      };
    case 'already attached':
      return {
        what: say`Flambe is attached to this page already`,
        why: say`Another panel or window of Flambe works on the same tab.`,
        advice: say`Close that one, or end its capture, then try again here.`,
      };
    case 'no tab':
      return {
        what: say`The tab is gone`,
        why: say`It was closed, or replaced by another.`,
        advice: say`Open Flambe again from the tab that you want to look at.`,
      };
    case 'other':
      return {
        what,
        why: say`The browser says: ${code(message)}.`,
        advice: say`Reload the page and press Capture again.`,
      };
    default:
      return reason satisfies never;
  }
}
