import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Event } from '../../api/model';
import { traceQuery } from '../../app/queries';
import { counted } from '../../ui/format';
import { object, str } from '../../ui/untrusted';
import { Section } from './Section';
import { traceTexts } from './traceTexts';

/** The trace that an event belongs to, as 32 hex digits. */
export function traceIdOf(event: Event): string | undefined {
  const id = str(object(object(event.contexts)['trace'])['trace_id'])
    ?.replaceAll('-', '')
    .toLowerCase();
  return id && /^[0-9a-f]{32}$/.test(id) ? id : undefined;
}

/** What else happened in the trace of the event. */
export function TraceSection({ event }: { event: Event }) {
  const id = traceIdOf(event);
  const { data: trace } = useQuery({ ...traceQuery(id ?? ''), enabled: id !== undefined });
  if (id === undefined || !trace) return null;
  const parts = [...trace.transactions, ...trace.spans, ...trace.errors];
  // The event alone is no more than what the page shows already.
  if (parts.length < 2) return null;
  const projects = new Set(parts.map((part) => part.project_id)).size;
  return (
    <Section id="spans" title={traceTexts.title}>
      <div className="card data">
        <p>
          {[
            counted(trace.transactions.length, 'transaction'),
            counted(trace.spans.length, 'span'),
            counted(trace.errors.length, 'error'),
          ].join(', ')}{' '}
          {traceTexts.in(counted(projects, 'project'))}
        </p>
        <p>
          <Link to="/traces/$id" params={{ id }} preload="intent">
            {traceTexts.open}
          </Link>
        </p>
      </div>
    </Section>
  );
}
