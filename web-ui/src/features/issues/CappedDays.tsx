import { Link, getRouteApi } from '@tanstack/react-router';
import type { CappedDay, Event, IssueDetail, Path } from '../../api/model';
import { can, useSession } from '../../app/session';
import { exactNumber } from '../../ui/format';
import { Section } from './Section';
import { pageTexts } from './pageTexts';

const route = getRouteApi('/shell/issues/$id');
const { capped: texts } = pageTexts;

/** To an event of the day that is there as a whole. */
function FirstOf({ day }: { day: CappedDay }) {
  const { id } = route.useParams();
  const event = day.first_event_id;
  if (!event) return null;
  return (
    <Link to="/issues/$id" params={{ id }} search={(before) => ({ ...before, event })}>
      {texts.first}
    </Link>
  );
}

function Words({ day }: { day: CappedDay }) {
  return (
    <>
      {texts.day(day.day, exactNumber(day.payloads), exactNumber(day.only_counted))} <FirstOf day={day} />
    </>
  );
}

/** That some events of the issue are only counted, newest day first. */
export function CappedDays({ issue }: { issue: IssueDetail }) {
  const [newest, ...others] = issue.capped_days;
  if (!newest) return null;
  return (
    <div className="capped-days meta">
      <p>
        <Words day={newest} />
      </p>
      {others.length > 0 && (
        <details>
          <summary>{texts.others(others.length)}</summary>
          <ul>
            {others.map((day) => (
              <li key={day.day}>
                <Words day={day} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** In place of the parts of an event of which none are kept. */
export function OnlyCounted({ issue, event }: { issue: IssueDetail; event: Event }) {
  const session = useSession();
  const day = issue.capped_days.find((one) => event.received_at.startsWith(one.day));
  return (
    <Section id="trace" title={texts.title}>
      <div className="card capped-event">
        <p>{texts.words}</p>
        <p className="capped-links">
          {day && <FirstOf day={day} />}
          {can(session, 'project:admin') && (
            <a href={('/api/v1/envelopes/{id}/raw' satisfies Path).replace('{id}', event.envelope_id)}>
              {texts.raw}
            </a>
          )}
        </p>
      </div>
    </Section>
  );
}
