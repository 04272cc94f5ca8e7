import { loadSettings } from './settings.ts';

/** Asked for before the rest of the panel's code runs, so that they come while it does. */
export const savedSettings = loadSettings();
