import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useLive } from '../../app/live';
import type { Project } from '../../api/model';
import { Button } from '../../ui/Button';
import { exactNumber } from '../../ui/format';
import { firstEventQuery, outcomesQuery, refusals } from './queries';
import { type Sent, sendTestEvent } from './testEvent';
import { setupTexts } from './texts';

function Lamp({ on, label }: { on: boolean; label: string }) {
  return (
    <li className={on ? 'lamp lamp-on' : 'lamp'}>
      {label}
      <span className="sr-only">{on ? setupTexts.lampOn : setupTexts.lampOff}</span>
    </li>
  );
}

function words(sent: Sent): string {
  switch (sent.kind) {
    case 'accepted':
      return setupTexts.testSent;
    case 'refused':
      return setupTexts.testRefused(sent.status, sent.why);
    case 'blocked':
      return setupTexts.testBlocked;
  }
}

/** Waits for the first event, says what came instead and why it was not taken, and turns when there is one. */
export function Waiting({ project, dsn }: { project: Project; dsn: string }) {
  const { data: event, refetch } = useQuery(firstEventQuery(project.id));
  const isWaiting = !event;
  const { data: outcomes = [] } = useQuery(outcomesQuery(project.id, isWaiting));
  const [sent, setSent] = useState<Sent>();
  const [isSending, setSending] = useState(false);
  const link = useRef<HTMLAnchorElement>(null);
  const wasWaiting = useRef(false);
  useLive('event.stored', ({ project_id }) => {
    if (project_id === project.id && isWaiting) void refetch();
  });
  useEffect(() => {
    if (isWaiting) wasWaiting.current = true;
    else if (wasWaiting.current) link.current?.focus();
  }, [isWaiting]);
  const send = async () => {
    setSending(true);
    setSent(await sendTestEvent(dsn));
    setSending(false);
  };
  const refused = refusals(outcomes);
  const wasAccepted =
    !isWaiting || sent?.kind === 'accepted' || outcomes.some((one) => one.source === 'processor');
  const wasSeen = wasAccepted || refused.length > 0 || sent?.kind === 'refused';
  return (
    <aside className="card waiting" aria-live="polite">
      <h2>{isWaiting ? setupTexts.waiting : setupTexts.arrived}</h2>
      {isWaiting && <p className="meta">{setupTexts.waitingWords}</p>}
      <ul className="lamps">
        <Lamp on={wasSeen} label={setupTexts.lamps.seen} />
        <Lamp on={wasAccepted} label={setupTexts.lamps.accepted} />
        <Lamp on={!isWaiting} label={setupTexts.lamps.processed} />
        <Lamp on={!isWaiting} label={setupTexts.lamps.issue} />
      </ul>
      {isWaiting && refused.length > 0 && (
        <div className="refused">
          <h3>{setupTexts.refusedTitle}</h3>
          <ul>
            {refused.map((one) => (
              <li key={`${one.hour}${one.category}${one.outcome}${one.reason}`}>
                {setupTexts.refused(exactNumber(one.quantity), one.category, one.outcome, one.reason)}
                {one.reason && setupTexts.reasons[one.reason] && (
                  <p className="meta">{setupTexts.reasons[one.reason]}</p>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
      {sent && isWaiting && (
        <p className={sent.kind === 'accepted' ? 'meta' : 'field-error'}>{words(sent)}</p>
      )}
      {event && (
        <Link ref={link} to="/issues/$id" params={{ id: event.issue_id }} className="button button-primary">
          {setupTexts.open}
        </Link>
      )}
      <Button busy={isSending} onClick={() => void send()}>
        {setupTexts.sendTest}
      </Button>
    </aside>
  );
}
