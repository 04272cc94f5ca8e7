// Before all else, for the answer takes a while.
import './saved-settings.ts';
import { render } from 'preact';
import { App, captureView } from './app.tsx';
import { Controller } from './controller.ts';
import { firstPaint } from './first-paint.ts';
import { GraphViews } from './graph-views.ts';
import { keepKeys } from './keys.ts';
import { OriginalNames } from './original-names.ts';
import { findPage, type Page } from './page.ts';
import { savedSettings } from './saved-settings.ts';
import { showing } from './shown.ts';
import { keepInSight } from './sights.ts';
import { followTheme } from './theme.ts';

followTheme(document.documentElement);
keepKeys(document.documentElement);

const root = document.getElementById('app')!;
const page = findPage(new URL(location.href));
if (page) void show(page);
else
  render(
    <p class="empty">
      This window works on a tab that its address names, as in <code>panel/index.html?tab=12</code>. In DevTools, open
      the tab Flambe instead.
    </p>,
    root,
  );

/** No part of the module's own evaluation, which whatever is loaded later has to wait for. */
async function show(page: Page): Promise<void> {
  const settings = await savedSettings;
  const controller = new Controller(page);
  const names = new OriginalNames(page, controller.sources, settings.originalNames);
  const views = new GraphViews(settings.look);
  const shown = showing(controller.state, names);
  keepInSight(views, controller.state, shown);
  render(<App controller={controller} shown={shown} views={views} settings={settings} />, root);
  await firstPaint();
  void captureView.load();
  await controller.open();
}
