import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import './Menu.css';

export interface MenuEntry {
  /** Where labels do not tell entries apart. */
  id?: string;
  label: string;
  run: () => void;
  icon?: ReactNode;
  /** A second line, smaller. */
  hint?: string;
  /** The key that does the same. */
  keys?: string;
  danger?: boolean;
  /** Closes the menu though more than one can be chosen, as it leads somewhere else. */
  closes?: boolean;
  /** Marked with a tick; with any entry that says yes or no, all make room for it. */
  checked?: boolean;
}

interface MenuProps {
  /** A button; its own words name the menu. */
  trigger: ReactElement<Record<string, unknown>>;
  entries: (MenuEntry | 'line')[];
  align?: 'start' | 'end';
  /** Stays open after a click, where more than one can be chosen. */
  multiple?: boolean;
}

/** A flat list of actions; none of them opens another list. */
export function Menu({ trigger, entries, align = 'start', multiple = false }: MenuProps) {
  const ticks = entries.some((entry) => entry !== 'line' && entry.checked !== undefined);
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="pos" sideOffset={4} align={align}>
          <Base.Popup className="menu">
            {entries.map((entry, index) =>
              entry === 'line' ? (
                // oxlint-disable-next-line react/no-array-index-key -- lines have nothing else that tells them apart
                <Base.Separator className="menu-line" key={`line-${index}`} />
              ) : (
                <Base.Item
                  key={entry.id ?? entry.label}
                  className={entry.danger ? 'menu-item menu-danger' : 'menu-item'}
                  onClick={entry.run}
                  closeOnClick={entry.closes ?? !multiple}
                  {...(entry.checked === undefined ? {} : { 'aria-current': entry.checked })}
                >
                  {ticks && <span className="menu-tick">{entry.checked && <Check aria-hidden />}</span>}
                  {entry.icon}
                  <span className="menu-words">
                    <span>{entry.label}</span>
                    {entry.hint && <span className="meta">{entry.hint}</span>}
                  </span>
                  {entry.keys && <kbd className="key">{entry.keys}</kbd>}
                </Base.Item>
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
