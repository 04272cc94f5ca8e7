import type { CDPSession } from 'playwright';
import { ChildSession } from './child-session.ts';
import { waitFor } from './wait.ts';

export type DockSide = 'bottom' | 'right' | 'undocked';

/** What is used of DevTools' own modules, which `attachFrontEnd` leaves in the front end's global `modules`. */
interface Modules {
  readonly sdk: {
    readonly TargetManager: { TargetManager: Singleton<{ primaryPageTarget(): Target | null }> };
    readonly DebuggerModel: { readonly DebuggerModel: symbol };
  };
  readonly ui: {
    readonly ViewManager: {
      ViewManager: Singleton<{ views: Map<string, unknown>; showView(id: string): Promise<void> }>;
    };
    readonly InspectorView: {
      InspectorView: Singleton<{ drawerVisible(): boolean; readonly tabbedPane: { readonly selectedTabId: string } }>;
    };
    readonly DockController: {
      DockController: Singleton<{ setDockSide(side: string): void; dockSide(): string | undefined }>;
    };
  };
}
interface Target {
  id(): string;
  model(of: symbol): { isPaused(): boolean; resume(): void } | null;
}
interface Singleton<T> {
  instance(): T;
}
declare const modules: Modules;
declare const InspectorFrontendHost: { closeWindow(): void };

/** What the Sources panel shows, with the cursor in it. */
export interface ShownSource {
  readonly url: string;
  /** From 1. */
  readonly line: number;
  /** Of that line. */
  readonly text: string;
}

/** DevTools' own window: a `devtools://` page in which every panel of an extension is a frame. */
export class FrontEnd {
  private constructor(
    private readonly browserCdp: CDPSession,
    readonly session: ChildSession,
  ) {}

  static async attach(browserCdp: CDPSession, targetId: string): Promise<FrontEnd> {
    const session = await ChildSession.attach(browserCdp, targetId);
    await session.send('DOM.enable');
    // As text, because a bundler would turn import() into a call of its own.
    await session.send('Runtime.evaluate', {
      expression: `(async () => { globalThis.modules = {
        sdk: await import('devtools://devtools/bundled/core/sdk/sdk.js'),
        ui: await import('devtools://devtools/bundled/ui/legacy/legacy.js'),
      }; })()`,
      awaitPromise: true,
    });
    return new FrontEnd(browserCdp, session);
  }

  /** Target id of the page that this window inspects; undefined while it has not met it yet. */
  inspectedTarget(): Promise<string | undefined> {
    return this.session.evaluate(() => modules.sdk.TargetManager.TargetManager.instance().primaryPageTarget()?.id());
  }

  /** Waits until the window has come to rest: for half a second it loads nothing, and no task of it takes long. */
  async rested(): Promise<void> {
    await this.session.evaluate(
      (quiet) =>
        new Promise<void>((resolve) => {
          let timer = setTimeout(resolve, quiet);
          new PerformanceObserver(() => {
            clearTimeout(timer);
            timer = setTimeout(resolve, quiet);
          }).observe({ entryTypes: ['longtask', 'resource'] });
        }),
      500,
    );
  }

  /** Shows the tab that the extension added; false while it has added none. */
  showExtensionTab(extensionId: string): Promise<boolean> {
    return this.session.evaluate(async (prefix) => {
      const manager = modules.ui.ViewManager.ViewManager.instance();
      const id = [...manager.views.keys()].find((view) => view.startsWith(prefix));
      if (id) await manager.showView(id);
      return id !== undefined;
    }, `chrome-extension://${extensionId}`);
  }

  /** Shows one of DevTools' own panels, such as `timeline`, which is Performance. */
  async showPanel(id: string): Promise<void> {
    await this.session.evaluate((id) => modules.ui.ViewManager.ViewManager.instance().showView(id), id);
  }

  async dock(side: DockSide): Promise<void> {
    await this.session.evaluate(
      (side) => modules.ui.DockController.DockController.instance().setDockSide(side),
      side as string,
    );
    await waitFor(`DevTools to dock: ${side}`, async () => (await this.dockSide()) === side);
  }

  dockSide(): Promise<string | undefined> {
    return this.session.evaluate(() => modules.ui.DockController.DockController.instance().dockSide());
  }

  /** Whether the console drawer is open, which Esc opens unless the panel stops it. */
  drawerIsOpen(): Promise<boolean> {
    return this.session.evaluate(() => modules.ui.InspectorView.InspectorView.instance().drawerVisible());
  }

  /** Waits until the page stands at a breakpoint, which takes DevTools to the Sources panel. */
  async paused(): Promise<void> {
    await waitFor('the page to be paused', () =>
      this.session.evaluate(() => {
        const target = modules.sdk.TargetManager.TargetManager.instance().primaryPageTarget();
        const { selectedTabId } = modules.ui.InspectorView.InspectorView.instance().tabbedPane;
        return target?.model(modules.sdk.DebuggerModel.DebuggerModel)?.isPaused() && selectedTabId === 'sources';
      }),
    );
  }

  /** Lets a paused page go on. */
  async resume(): Promise<void> {
    await this.session.evaluate(() => {
      const target = modules.sdk.TargetManager.TargetManager.instance().primaryPageTarget();
      target?.model(modules.sdk.DebuggerModel.DebuggerModel)?.resume();
    });
  }

  /** What the Sources panel shows; null while another panel is open. */
  async shownSource(): Promise<ShownSource | null> {
    const { result } = await this.session.send('Runtime.evaluate', {
      // As text, too.
      expression: `(async () => {
        const { SourcesPanel } = await import('devtools://devtools/bundled/panels/sources/sources.js');
        const { selectedTabId } = modules.ui.InspectorView.InspectorView.instance().tabbedPane;
        if (selectedTabId !== 'sources') return null;
        const frame = SourcesPanel.SourcesPanel.instance().sourcesView().currentSourceFrame();
        if (!frame) return null;
        const { doc, selection } = frame.textEditor.state;
        const { number, text } = doc.lineAt(selection.main.head);
        return { url: frame.uiSourceCode().url(), line: number, text };
      })()`,
      awaitPromise: true,
      returnByValue: true,
    });
    return result.value as ShownSource | null;
  }

  /** PNG of the whole window; where it is docked, the inspected page's room in it is blank. */
  async screenshot(): Promise<Buffer> {
    const { data } = await this.session.send('Page.captureScreenshot', { format: 'png' });
    return Buffer.from(data, 'base64');
  }

  /** Closes the window as its own cross does, and waits until it and the panels in it are gone. */
  async close(): Promise<void> {
    const { targetId } = this.session;
    // The answer may be lost with the window.
    await this.session.evaluate(() => InspectorFrontendHost.closeWindow()).catch(() => undefined);
    await waitFor('DevTools to close', async () => {
      const { targetInfos } = await this.browserCdp.send('Target.getTargets', { filter: [{}] });
      return !targetInfos.some((target) => target.targetId === targetId || target.parentId === targetId);
    });
  }
}
