import { type AxNode, type FlambePanel, waitFor } from '../harness/index.ts';

/** What tests do in the panel again and again. */

/** Types a target over what is there, and leaves the list of options. */
export async function typeTarget(panel: FlambePanel, text: string): Promise<void> {
  await panel.byRole('combobox', 'Function').fill(text);
  await panel.press('Escape');
  await panel.byRole('listbox', 'Functions').gone();
}

/** Waits for a status line, and gives its text. Its error tells what the panel says went wrong instead. */
export async function statusOf(panel: FlambePanel, expected: RegExp): Promise<string> {
  let alert: AxNode | undefined;
  const status = await panel
    .byRole('status')
    .node(({ text }) => expected.test(text))
    .catch(async (error: Error) => {
      [alert] = await panel.byRole('alert').all();
      if (alert) throw new Error(`The panel says: ${alert.text}`, { cause: error });
      throw error;
    });
  return status.text;
}

/** Presses Tab, looking each time where it has led, until something of that role has the focus; eight times at most. */
export async function tabTo(panel: FlambePanel, role: string): Promise<void> {
  const focusedNow = () => panel.evaluate(() => [...document.querySelectorAll('*')].indexOf(document.activeElement!));
  for (let presses = 0; presses < 24; presses++) {
    const before = await focusedNow();
    await panel.press('Tab');
    await waitFor('Tab to lead on', async () => (await focusedNow()) !== before);
    if ((await panel.byRole(role).all()).some(({ properties }) => properties.focused === true)) return;
  }
  throw new Error(`Tab does not lead to a ${role}`);
}

/** Waits for the alert, and gives what it says. */
export async function alertOf(panel: FlambePanel, expected: RegExp): Promise<string> {
  return (await panel.byRole('alert').node(({ text }) => expected.test(text))).text;
}

/** Presses Capture on a target and waits until the hook stands. */
export async function arm(panel: FlambePanel, target: string, calls = 1): Promise<void> {
  await typeTarget(panel, target);
  await panel.byRole('spinbutton', 'Calls').fill(String(calls));
  await panel.click('button', 'Capture');
  await statusOf(panel, new RegExp(`^Waiting for call 1 of ${calls} of `));
}

/** Whether Flambe's debugger is attached to the tab: only then the browser takes its commands. */
export async function isAttached(panel: FlambePanel): Promise<boolean> {
  return panel.evaluate(() =>
    chrome.debugger
      .sendCommand({ tabId: chrome.devtools.inspectedWindow.tabId }, 'Runtime.evaluate', { expression: '1' })
      .then(
        () => true,
        () => false,
      ),
  );
}
