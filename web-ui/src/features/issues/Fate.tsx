import { useQuery } from '@tanstack/react-query';
import type { LedgerEnvelope } from '../../api/model';
import { Missing } from '../../ui/State';
import { clockTime, exactNumber, utcTime } from '../../ui/format';
import { Section } from './Section';
import { fateQuery } from './pageQueries';
import { pageTexts } from './pageTexts';

interface Step {
  at: string | null;
  name: string;
  words: string;
}

function stepsOf(envelope: LedgerEnvelope, eventId: string): Step[] {
  const { fateRow } = pageTexts;
  const item = envelope.items.find((one) => one.event_id === eventId) ?? envelope.items[0];
  return [
    {
      at: envelope.received_at,
      name: fateRow.received,
      words: pageTexts.gateway(envelope.gateway ?? '–', envelope.endpoint),
    },
    ...(envelope.topic !== null && envelope.partition !== null && envelope.offset !== null
      ? [
          {
            at: null,
            name: fateRow.log,
            words: pageTexts.place(envelope.topic, envelope.partition, exactNumber(envelope.offset)),
          },
        ]
      : []),
    {
      at: envelope.processed_at,
      name: fateRow.processed,
      words: [envelope.fate, envelope.reason].filter(Boolean).join(': '),
    },
    ...(item
      ? [
          {
            at: null,
            name: fateRow.item,
            words: pageTexts.itemFate(item.type, item.outcome, item.reason),
          },
        ]
      : []),
  ];
}

/** The way of the event through the pipeline, from the ledger. */
export function Fate({ eventId }: { eventId: string }) {
  const asked = useQuery(fateQuery(eventId));
  const envelope = asked.data?.envelopes[0];
  return (
    <Section id="fate" title={pageTexts.fate}>
      {!asked.data ? (
        <Missing asked={asked} rows={4} />
      ) : envelope ? (
        <ol className="card fate" aria-label={pageTexts.fateWords}>
          {stepsOf(envelope, eventId).map((step) => (
            <li key={step.name} className="fate-step">
              <span className="meta mono">
                {step.at && (
                  <time dateTime={step.at} title={utcTime(new Date(step.at))}>
                    {clockTime(new Date(step.at))}
                  </time>
                )}
              </span>
              <b>{step.name}</b>
              <span>{step.words}</span>
            </li>
          ))}
        </ol>
      ) : (
        <p className="meta">{pageTexts.noFate}</p>
      )}
    </Section>
  );
}
