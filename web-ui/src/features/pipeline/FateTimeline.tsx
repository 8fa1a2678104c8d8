import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { LedgerEntry, LedgerEnvelope } from '../../api/model';
import '../../ui/Facts.css';
import { Badge } from '../../ui/Badge';
import { SdkText } from '../../ui/SdkText';
import { Fault, Skeleton, State } from '../../ui/State';
import { clockTime, exactNumber, utcTime } from '../../ui/format';
import { entryQuery } from './queries';
import { pipelineTexts } from './texts';

const { ledger } = pipelineTexts;
const OUTCOMES: Record<string, string> = ledger.outcomes;
const TONES: Record<string, 'good' | 'quiet' | 'warning' | 'error'> = {
  stored: 'good',
  duplicate: 'quiet',
  dropped: 'warning',
  filtered: 'quiet',
  dead: 'error',
};

/** A fate as a word that can be told apart at a glance. */
export function Outcome({ outcome }: { outcome: string }) {
  return <Badge tone={TONES[outcome] ?? 'quiet'}>{OUTCOMES[outcome] ?? outcome}</Badge>;
}

function Step({ at, name, children }: { at?: string | null; name: string; children: ReactNode }) {
  return (
    <li className="fate-line">
      <span className="meta mono">
        {at && (
          <time dateTime={at} title={utcTime(new Date(at))}>
            {clockTime(new Date(at))}
          </time>
        )}
      </span>
      <b>{name}</b>
      <span className="fate-words">{children}</span>
    </li>
  );
}

function Because({ reason, cause }: { reason: string | null; cause: string | null }) {
  const words = [reason, cause].filter(Boolean).join(': ');
  return words ? <SdkText>{words}</SdkText> : null;
}

function Envelope({ envelope }: { envelope: LedgerEnvelope }) {
  return (
    <section className="card facts" aria-label={envelope.id}>
      <h2 className="mono">{envelope.id}</h2>
      <p className="meta">{utcTime(new Date(envelope.received_at)).slice(0, 10)}</p>
      <ol className="fate-lines">
        <Step at={envelope.received_at} name={ledger.steps.received}>
          {ledger.by(envelope.gateway ?? '–', envelope.endpoint)}
        </Step>
        {envelope.topic !== null && envelope.partition !== null && envelope.offset !== null && (
          <Step name={ledger.steps.log}>
            {ledger.place(envelope.topic, envelope.partition, exactNumber(envelope.offset))}
          </Step>
        )}
        <Step at={envelope.processed_at} name={ledger.steps.processed}>
          {envelope.processed_at ? <Outcome outcome={envelope.fate} /> : ledger.notYet}{' '}
          <Because reason={envelope.reason} cause={envelope.cause} />
        </Step>
        {envelope.items.map((item) => (
          <Step key={item.position} name={ledger.steps.item(item.position, item.type)}>
            <Outcome outcome={item.outcome} /> <Because reason={item.reason} cause={item.cause} />{' '}
            {item.type === 'event' &&
              item.event_id &&
              (item.outcome === 'stored' || item.outcome === 'duplicate') && (
                <Link to="/events/$id" params={{ id: item.event_id }}>
                  {ledger.openEvent}
                </Link>
              )}
          </Step>
        ))}
      </ol>
    </section>
  );
}

function DeadLetters({ letters }: { letters: LedgerEntry['dead_letters'] }) {
  if (letters.length === 0) return null;
  return (
    <section className="card facts">
      <ol className="fate-lines">
        {letters.map((letter) => (
          <Step key={letter.id} at={letter.at} name={ledger.steps.dead}>
            <Because reason={letter.reason} cause={letter.cause} />{' '}
            <Link to="/dead" search={{ letter: letter.id }}>
              {ledger.openLetter}
            </Link>
          </Step>
        ))}
      </ol>
    </section>
  );
}

function Unknown({ entry }: { entry: LedgerEntry }) {
  return (
    <State title={ledger.unknown}>
      <p>{ledger.unknownWords}</p>
      {entry.in_flight !== null && entry.in_flight > 0 && (
        <p>{ledger.inFlight(exactNumber(entry.in_flight))}</p>
      )}
      {entry.refused.length === 0 ? (
        <p>{ledger.notRefused}</p>
      ) : (
        <>
          <h3>{ledger.refusedTitle}</h3>
          <ul>
            {entry.refused.map((total) => (
              <li
                key={`${total.hour}/${total.project_id}/${total.category}/${total.outcome}/${total.reason ?? ''}/${total.source}`}
              >
                {ledger.refused(exactNumber(total.quantity), total.category, total.reason ?? total.outcome)}
              </li>
            ))}
          </ul>
        </>
      )}
    </State>
  );
}

/** Everything the ledger knows of an id, from the request to each item's end. */
export function FateTimeline({ id }: { id: string }) {
  const { data: entry, error, refetch } = useQuery(entryQuery(id));
  if (!entry) return error ? <Fault error={error} retry={() => void refetch()} /> : <Skeleton rows={5} />;
  if (!entry.known) return <Unknown entry={entry} />;
  return (
    <>
      {entry.envelopes.map((envelope) => (
        <Envelope key={envelope.id} envelope={envelope} />
      ))}
      <DeadLetters letters={entry.dead_letters} />
    </>
  );
}
