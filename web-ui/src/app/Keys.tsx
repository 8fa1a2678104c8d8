import { useState } from 'react';
import { texts } from '../texts/en';
import { Dialog } from '../ui/Dialog';
import { CheckField } from '../ui/Field';
import { type Hotkey, capsOf, setSingleKeys, singleKeysOn, useRegistered } from '../ui/hotkeys';
import './Keys.css';

function groups(hotkeys: readonly Hotkey[]): Map<string, Hotkey[]> {
  const byGroup = new Map<string, Hotkey[]>();
  const seen = new Set<string>();
  for (const hotkey of hotkeys.toReversed()) {
    if (!seen.has(hotkey.keys)) {
      seen.add(hotkey.keys);
      byGroup.set(hotkey.group, [hotkey, ...(byGroup.get(hotkey.group) ?? [])]);
    }
  }
  return byGroup;
}

function Caps({ keys }: { keys: string }) {
  return (
    <span className="caps">
      {capsOf(keys).map((cap, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the same key may be pressed twice
        <kbd key={index} className="key">
          {cap}
        </kbd>
      ))}
    </span>
  );
}

/** All keys of the page that is open, from the one registry that also runs them. */
export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const registered = useRegistered();
  const [single, setSingle] = useState(singleKeysOn);
  return (
    <Dialog open={open} onClose={onClose} title={texts.keys.title}>
      {[...groups(registered)].map(([group, hotkeys]) => (
        <section key={group} className="keys-group">
          <h3>{group}</h3>
          <dl>
            {hotkeys.map((hotkey) => (
              <div key={hotkey.keys} className="keys-row">
                <dt>
                  <Caps keys={hotkey.keys} />
                </dt>
                <dd>{hotkey.label}</dd>
              </div>
            ))}
            {group === texts.keys.everywhere && (
              <div className="keys-row">
                <dt>
                  <Caps keys="F6" />
                </dt>
                <dd>{texts.keys.toasts}</dd>
              </div>
            )}
          </dl>
        </section>
      ))}
      <CheckField
        label={texts.keys.singleKeys}
        checked={single}
        onChange={(e) => {
          setSingle(e.target.checked);
          setSingleKeys(e.target.checked);
        }}
      />
    </Dialog>
  );
}
