import { useState } from 'react';
import type { Event } from '../../api/model';
import { Button } from '../../ui/Button';
import { SdkText } from '../../ui/SdkText';
import { exactNumber } from '../../ui/format';
import './Changed.css';
import { Section } from './Section';
import { type Change, changesOf, faultsOf } from './changes';
import { pageTexts } from './pageTexts';

const { changes: texts } = pageTexts;
const AT_FIRST = 12;

function Changes({ title, changes }: { title: string; changes: readonly Change[] }) {
  const [isOpen, setOpen] = useState(false);
  if (changes.length === 0) return null;
  const shown = isOpen ? changes : changes.slice(0, AT_FIRST);
  return (
    <div className="data-group">
      <h3>{title}</h3>
      <ul aria-label={title}>
        {shown.map(({ path, what }, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- a value may be of no use twice
          <li key={place} className="change">
            <span className="mono change-path">
              <SdkText inList>{path}</SdkText>
            </span>
            <span>
              <SdkText inList>{what.join('; ')}</SdkText>
            </span>
          </li>
        ))}
      </ul>
      {shown.length < changes.length && (
        <Button look="quiet" onClick={() => setOpen(true)}>
          {texts.all(exactNumber(changes.length))}
        </Button>
      )}
    </div>
  );
}

/** How many places of an event are not as they were sent. */
export function changeCount(event: Event): number {
  const { changes, omitted } = changesOf(event['_meta']);
  return changes.length + omitted + faultsOf(event.errors).length;
}

/** What of the event is not as it was sent: taken out, replaced, shortened, or of no use. */
export function Changed({ event }: { event: Event }) {
  const { changes, omitted } = changesOf(event['_meta']);
  const count = changeCount(event);
  if (count === 0) return null;
  return (
    <Section id="changed" title={texts.title} count={count}>
      <div className="card data">
        <Changes title={texts.changed} changes={changes} />
        {omitted > 0 && <p className="meta">{texts.omitted(exactNumber(omitted))}</p>}
        <Changes title={texts.unused} changes={faultsOf(event.errors)} />
      </div>
    </Section>
  );
}
