import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { ScrubTrial } from '../../api/model';
import { Button } from '../../ui/Button';
import { SdkText } from '../../ui/SdkText';
import { exactNumber } from '../../ui/format';
import { shown } from '../../ui/untrusted';
import { placesOf } from './scrub';
import { scrubTexts } from './scrubTexts';

const { try: texts } = scrubTexts;
const AT_FIRST = 20;

function Value({ name, value }: { name: string; value: unknown }) {
  return (
    <div>
      <dt className="meta">{name}</dt>
      <dd className="mono">
        {value === undefined ? <span className="meta">{texts.gone}</span> : <SdkText>{shown(value)}</SdkText>}
      </dd>
    </div>
  );
}

/** What settings would make of an event: each value that changes, before and after. */
export function ScrubTrialView({ trial, eventId }: { trial: ScrubTrial; eventId: string }) {
  const [isOpen, setOpen] = useState(false);
  const places = placesOf(trial);
  const visible = isOpen ? places : places.slice(0, AT_FIRST);
  return (
    <section className="scrub-trial" aria-live="polite">
      <p>
        {places.length === 0 ? texts.nothing : texts.result(places.length)}{' '}
        <span className="meta">
          {texts.of}{' '}
          <Link to="/events/$id" params={{ id: eventId }} className="mono">
            {eventId.slice(0, 8)}
          </Link>
        </span>
      </p>
      {visible.map(({ path, what, before, after }) => (
        <div key={path} className="card scrub-place" role="group" aria-label={path}>
          <p>
            <span className="mono">
              <SdkText inList>{path}</SdkText>
            </span>{' '}
            <span className="meta">{what.join('; ')}</span>
          </p>
          <dl className="scrub-values">
            <Value name={texts.before} value={before} />
            <Value name={texts.after} value={after} />
          </dl>
        </div>
      ))}
      {visible.length < places.length && (
        <Button look="quiet" onClick={() => setOpen(true)}>
          {texts.all(exactNumber(places.length))}
        </Button>
      )}
    </section>
  );
}
