import { termOf } from '../../app/query/narrow';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Drawer } from '../../ui/Dialog';
import { SdkText, cut, visible } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { When } from '../../ui/When';
import { eventQuery } from './queries';
import { eventTexts } from './texts';

interface PeekProps {
  id: string;
  issue: number;
  title: string;
  onTerm: (term: string) => void;
  onClose: () => void;
}

const FACTS = ['culprit', 'message', 'environment', 'release', 'transaction', 'platform'] as const;

/** A look at an event beside the list. */
export default function EventPeek({ id, issue, title, onTerm, onClose }: PeekProps) {
  const asked = useQuery(eventQuery(id));
  const event = asked.data;
  return (
    <Drawer open onClose={onClose} title={visible(cut(title, 120))}>
      <div className="event-peek">
        <Link
          to="/issues/$id"
          params={{ id: issue }}
          search={{ event: id }}
          className="button button-primary"
        >
          {eventTexts.openEvent}
        </Link>
        {!event ? (
          <Missing asked={asked} rows={4} />
        ) : (
          <>
            <dl className="event-facts">
              <dt>{eventTexts.sentAt}</dt>
              <dd>
                <When at={event.timestamp} form="local" />
              </dd>
              {FACTS.map((name) => {
                const value = event[name as keyof typeof event];
                return typeof value === 'string' && value !== '' ? (
                  <div key={name}>
                    <dt>{eventTexts.column(name)}</dt>
                    <dd>
                      <SdkText limit={300}>{value}</SdkText>
                    </dd>
                  </div>
                ) : null;
              })}
            </dl>
            {Object.keys(event.tags ?? {}).length > 0 && (
              <section>
                <h3>{eventTexts.tags}</h3>
                <ul className="event-tags">
                  {Object.entries(event.tags ?? {}).map(([key, value]) => (
                    <li key={key}>
                      <button
                        type="button"
                        className="group-link"
                        title={eventTexts.include(termOf(key, value))}
                        onClick={() => onTerm(termOf(key, value))}
                      >
                        <SdkText inList>{`${key}: ${value}`}</SdkText>
                      </button>
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </div>
    </Drawer>
  );
}
