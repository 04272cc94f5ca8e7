import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { Action } from './graph-actions.ts';

interface BoxMenuProps {
  readonly groups: readonly (readonly Action[])[];
  /** CSS pixels of the window. */
  readonly at: { readonly x: number; readonly y: number };
  readonly onClose: () => void;
}

const margin = 4;
/** What a fieldset is anyway; Chromium takes the items in it for those of the menu only where it says so. */
const group = { role: 'group' } as const;

/** What can be done with a box. Arrows move, Enter does, Escape and Tab close. */
export function BoxMenu({ groups, at, onClose }: BoxMenuProps) {
  const menu = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const { style, offsetWidth, offsetHeight } = menu.current!;
    style.left = `${Math.max(Math.min(at.x, innerWidth - offsetWidth - margin), margin)}px`;
    style.top = `${Math.max(Math.min(at.y, innerHeight - offsetHeight - margin), margin)}px`;
    menu.current!.querySelector<HTMLElement>('[role=menuitem]')?.focus();
  }, [at]);

  useEffect(() => {
    const leave = (event: Event) => {
      if (!menu.current!.contains(event.target as Node)) onClose();
    };
    addEventListener('pointerdown', leave, true);
    addEventListener('blur', onClose);
    return () => {
      removeEventListener('pointerdown', leave, true);
      removeEventListener('blur', onClose);
    };
  }, [onClose]);

  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...menu.current!.querySelectorAll<HTMLElement>('[role=menuitem]')];
    const at = items.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) items[to % items.length]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else if (event.key === 'Enter' || event.key === ' ') return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={menu} class="menu" role="menu" aria-label="Actions" tabIndex={-1} onKeyDown={onKeyDown}>
      {groups.map((actions) => (
        <fieldset {...group} key={actions[0]!.words}>
          {actions.map(({ words, key, does }) => (
            <button
              type="button"
              key={words}
              role="menuitem"
              tabIndex={-1}
              aria-keyshortcuts={key}
              onClick={() => {
                onClose();
                does();
              }}
            >
              <span>{words}</span>
              {key && (
                <span class="key" aria-hidden="true">
                  {key}
                </span>
              )}
            </button>
          ))}
        </fieldset>
      ))}
    </div>
  );
}
