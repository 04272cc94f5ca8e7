import type { CaptureFailure } from '../src/capture/errors.ts';
import { formatTarget, type PlaceTarget } from '../src/capture/target.ts';
import { harmless } from '../src/flamegraph/names.ts';
import type { Alert } from './alert.ts';
import { incompleteAlert, noCallAlert, troubleWords } from './end-words.ts';
import { code, type Phrase, say } from './phrases.ts';
import { cannotAttachAlert, cannotWrapAlert } from './reason-words.ts';
import type { Failure } from './state.ts';

/** Null for what the user wanted. */
export function alertFor(failure: Failure): Alert | null {
  switch (failure.code) {
    case 'no call':
      return noCallAlert(failure.end, failure.job, failure.trouble);
    case 'incomplete':
      return incompleteAlert(failure.end, failure.job, failure.done, failure.trouble);
    case 'hook stays':
      return { what: say`The hook can't be taken off`, ...troubleWords('locked in', failure.job) };
    case 'unreadable file':
      return {
        what: say`${code(failure.name)} can't be opened`,
        why: say`The reason: ${harmless(failure.problem)}.`,
        advice: say`Choose ${failure.expected}.`,
      };
    case 'unexpected':
      return {
        what: say`Flambe failed`,
        why: say`The error: ${code(failure.message)}.`,
        advice: say`This should not happen; the console of this panel says more. Press Capture to try again.`,
      };
    case 'given up':
      return null;
    default:
      return captureAlert(failure);
  }
}

function captureAlert(failure: Exclude<CaptureFailure, { code: 'given up' }>): Alert {
  switch (failure.code) {
    case 'not found':
      return {
        what: refusal(failure),
        why: say`Flambe looks a name up property by property, and came to one that is not there.`,
        advice: say`Choose a function from the list, or use the page until this one exists.`,
        ...(failure.near !== undefined && { suggestion: failure.near }),
      };
    case 'not a function':
      return {
        what: refusal(failure),
        why: say`Only a function can be captured.`,
        advice: say`Choose a function from the list: it has those that the page holds now.`,
      };
    case 'behind getter':
      return {
        what: refusal(failure),
        why: say`A getter is code of the page, and looking at a name must run none.`,
        advice: say`To have it run, once and on Capture, put it in parentheses: ${code(`(${failure.path}).…`)}`,
      };
    case 'no accessor':
      return {
        what: refusal(failure),
        why: say`Only what is there can be captured.`,
        advice: say`Capture ${code(failure.path)}${
          failure.accessor === 'get' ? ', or its setter if it has one' : ', or its getter if it has one'
        }: choose it from the list.`,
      };
    case 'armed already':
      return {
        what: refusal(failure),
        why: say`Another panel or window of Flambe waits for calls of it, or did so until a moment ago.`,
        advice: say`Cancel it there, or wait for a few seconds, then press Capture.`,
      };
    case 'armed elsewhere':
      return {
        what: say`Another panel of Flambe is capturing ${code(failure.target)} in ${failure.where}`,
        why:
          failure.where === 'this page'
            ? say`Only one of them can hold the debugger of a page.`
            : say`The browser runs one trace at a time, in all of its tabs.`,
        advice: say`Cancel it there, or wait until it has ended, then press Capture.`,
      };
    case 'natives replaced':
      return {
        what: say`This page has replaced what a hook stands on`,
        why: say`These are no longer the browser's own: ${code(failure.names.join(', '))}.`,
        advice: say`Reload the page and press Capture before it does so, or switch off whatever script does it.`,
      };
    case 'cannot wrap':
      return { ...cannotWrapAlert(failure.path, failure.reason), ...byPlace(failure.at) };
    case 'no place':
      return {
        what: refusal(failure),
        why: say`Flambe captures calls where they go through a name; the value alone does not say which.`,
        advice: say`Let the expression end with that name, as in ${code('getStore().dispatch')}.`,
        ...byPlace(failure.at),
      };
    case 'no script':
      return {
        what: refusal(failure),
        why: say`The page may load it later, or under another name.`,
        advice: say`Write the end of its address as the Sources panel shows it, as in ${code('src/store.js:88')}.`,
      };
    case 'no such line':
      return {
        what: refusal(failure),
        why: say`What the page has loaded may be older or newer than what you look at, or written otherwise.`,
        advice: say`Take line and column from the Sources panel.`,
      };
    case 'no function there':
      return {
        what: refusal(failure),
        why: say`Code outside of all functions runs once, as its script is loaded.`,
        advice: say`Name a line of the function, or line and column where a line has several.`,
      };
    case 'unreadable script':
      return {
        what: refusal(failure),
        why: engineSays(failure.message),
        advice: say`Name the function by a path, as in ${code('app.store.dispatch')}.`,
      };
    case 'cannot reach':
      return {
        what: refusal(failure),
        why: say`The page has frozen the objects of the language that breakpoints would need.`,
        advice: say`Name the function by a path, as in ${code('app.store.dispatch')}.`,
      };
    case 'no listener':
      return {
        what: refusal(failure),
        why:
          failure.reason === 'gone'
            ? say`The page has removed or replaced it since the list was made.`
            : failure.reason === 'other process'
              ? say`It is in a frame of another site, which the browser runs in a process of its own.`
              : say`It is a function of the browser's own, or of a script without an address.`,
        advice:
          failure.reason === 'gone'
            ? say`Select the element again, and take it from the new list.`
            : say`Wait for the event itself: “Next event” has the time of all its listeners.`,
      };
    case 'cannot apply':
      return {
        what: refusal(failure),
        why: say`Nothing outside of the page's own code holds it.`,
        advice: say`Press Capture, and let the page call it.`,
      };
    case 'syntax':
      return {
        what: refusal(failure),
        why: engineSays(failure.message),
        advice: say`Correct it and press Capture again.`,
      };
    case 'evaluation threw':
      return {
        what: refusal(failure),
        why: engineSays(failure.message),
        advice: say`Check that it works in the Console first. Nothing was captured.`,
      };
    case 'page paused':
      return {
        what: say`The page is paused`,
        why: say`It stands at a breakpoint, and none of its code runs until it goes on.`,
        advice: say`Resume it in the Sources panel, then press Capture.`,
      };
    case 'page busy':
      return {
        what: say`The page does not answer`,
        why: say`Its main thread is busy with something long, so no hook could be set.`,
        advice: say`Wait until the page reacts again, then press Capture.`,
      };
    case 'tracing busy':
      return {
        what: say`Another trace is running`,
        why: say`The browser runs one trace at a time; the Performance panel or another tool has it now.`,
        advice: say`End that recording, then press Capture.`,
      };
    case 'cannot attach':
      return cannotAttachAlert(failure.reason, failure.message);
    case 'not reloaded':
      return {
        what: say`The page was not reloaded`,
        why: say`Something came before that: Cancel, or a dialog of the page in which it was told to stay.`,
        advice: say`Nothing was captured. Press Capture to try again.`,
      };
    case 'detached':
      return {
        what: say`The debugger was detached`,
        why: say`Cancel was pressed in Chrome's bar, or the tab was closed or went where no extension may look; what had been recorded is lost.`,
        advice: say`Press Capture again, and leave the bar until the capture has ended.`,
      };
    case 'navigated':
      return {
        what: say`The page went to another document before the capture began`,
        why: say`The function went with the old document.`,
        advice: say`Wait until the page has loaded, then press Capture.`,
      };
    case 'crashed':
      return {
        what: say`The page crashed before the capture began`,
        why: say`Its process is gone, and the function with it.`,
        advice: say`Reload the page, then press Capture.`,
      };
    case 'bad trace':
      return {
        what: say`The trace could not be read`,
        why: say`Its reader stopped: ${code(failure.message)}.`,
        advice: say`Press Capture again. If it stays so, this version of the browser writes traces that Flambe does not know.`,
      };
    default:
      return failure satisfies never;
  }
}

/** The one sentence that says why a target will not do. */
export function refusal(failure: CaptureFailure): Phrase {
  switch (failure.code) {
    case 'not found':
      return failure.near === undefined
        ? say`No ${/^[\w$]+$/.test(failure.path) ? 'global ' : ''}${code(failure.path)} in this page`
        : say`No ${code(failure.path)}: did you mean ${code(failure.near)}?`;
    case 'not a function':
      return say`${code(failure.path)} is ${typeWords(failure.type)}`;
    case 'behind getter':
      return say`${code(failure.path)} is behind a getter, which Flambe won't run`;
    case 'no accessor':
      return say`${code(failure.path)} has no ${failure.accessor === 'get' ? 'getter' : 'setter'}`;
    case 'armed already':
      return say`${code(failure.path)} is being captured already`;
    case 'no place':
      return say`${code(failure.text)} gives a function, but not the place that calls go through`;
    case 'no script':
      return say`The page has loaded no script ${code(failure.source)}`;
    case 'no such line':
      return say`${code(failure.source)} has ${failure.lines} lines, and none numbered ${failure.line}`;
    case 'no function there':
      return say`There is no function at ${code(formatTarget(failure.target))}`;
    case 'unreadable script':
      return say`${code(failure.source)} can't be read`;
    case 'cannot reach':
      return say`${code(failure.path)} can't be reached by breakpoints`;
    case 'no listener':
      return failure.reason === 'gone'
        ? say`The listener of ${code(failure.type)} is no longer there`
        : failure.reason === 'other process'
          ? say`The listener of ${code(failure.type)} is out of reach`
          : say`The listener of ${code(failure.type)} has no source`;
    case 'cannot apply':
      return say`${code(failure.path)} can't be called from here`;
    case 'syntax':
      return say`${code(failure.text)} is not JavaScript`;
    case 'evaluation threw':
      return say`Evaluating ${code(failure.text)} threw an exception`;
    case 'given up':
      return say`Cancelled while the trace was read: nothing of it is shown`;
    default:
      return captureAlert(failure).what;
  }
}

/** The message may be the page's own words, and may go on with a stack. */
function engineSays(message: string): Phrase {
  return say`The page says: ${code(message.split('\n')[0]!)}.`;
}

function typeWords(type: string): string {
  if (type === 'undefined' || type === 'null') return type;
  return `${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}`;
}

/** Breakpoints need neither a name nor a place to take. */
function byPlace(at: PlaceTarget | undefined): Pick<Alert, 'advice' | 'suggestion'> | undefined {
  if (!at) return undefined;
  return {
    advice: say`Capture it by its place in the source instead: breakpoints that never pause do it, at some 0.4 ms a call.`,
    suggestion: formatTarget(at),
  };
}
