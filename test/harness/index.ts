/**
 * The driver of the real extension in a real Chromium: the panel in DevTools' own window (`openFlambePanel`), or as an
 * ordinary tab (`openOwnWindow`). It finds things by role and name and uses real mouse and key events.
 */
export type { AxNode } from './accessibility.ts';
export { areBoxesNamed, boxesNamed } from './boxes.ts';
export { catchDownloads, type Downloads } from './downloads.ts';
export { type Launched, type LaunchOptions, launchWithExtension, targetIdOf } from './launch.ts';
export { openOwnWindow } from './own-window.ts';
export { FlambePanel, openFlambePanel } from './panel.ts';
export { stopServiceWorker, workerContext } from './service-worker.ts';
export { variedJob } from './varied-job.ts';
export { waitFor } from './wait.ts';
