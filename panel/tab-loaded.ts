/** Called each time that a tab has loaded a document: its scripts have run, unlike at the moment of the navigation. */
export function onTabLoaded(tabId: number, listener: () => void): void {
  chrome.tabs.onUpdated.addListener((updated, { status }) => {
    if (updated === tabId && status === 'complete') listener();
  });
}
