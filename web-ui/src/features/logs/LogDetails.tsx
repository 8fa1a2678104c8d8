import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ListFilter, ListX } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Log } from '../../api/model';
import { IconButton } from '../../ui/Button';
import { Copy } from '../../ui/Copy';
import { SdkText } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { object, shown } from '../../ui/untrusted';
import { attributeField, logQuery } from './queries';
import { logTexts as texts } from './texts';

export type Narrow = (key: string, value: unknown, isWanted: boolean) => void;

interface PairProps {
  name: string;
  /** What a search calls it; it has no buttons without. */
  field?: string | undefined;
  value: unknown;
  narrow: Narrow;
  children?: ReactNode;
}

function Pair({ name, field, value, narrow, children }: PairProps) {
  return (
    <div className="log-pair">
      <dt>
        <SdkText inList>{name}</SdkText>
      </dt>
      <dd>
        <span className="mono log-value">{children ?? <SdkText>{shown(value)}</SdkText>}</span>
        {field !== undefined && (
          <span className="log-narrow">
            <IconButton label={texts.only(field)} onClick={() => narrow(field, value, true)}>
              <ListFilter aria-hidden />
            </IconButton>
            <IconButton label={texts.without(field)} onClick={() => narrow(field, value, false)}>
              <ListX aria-hidden />
            </IconButton>
          </span>
        )}
      </dd>
    </div>
  );
}

interface LogDetailsProps {
  log: Log;
  project: string;
  narrow: Narrow;
}

/** All that is known of a log. */
export function LogDetails({ log: listed, project, narrow }: LogDetailsProps) {
  const asked = useQuery({ ...logQuery(listed.id), enabled: listed.shortened });
  const log = listed.shortened ? asked.data : listed;
  if (!log)
    return (
      <div className="log-details">
        <Missing asked={asked} rows={3} />
      </div>
    );
  const attributes = Object.entries(object(log.attributes));
  const own = attributes.filter(([key]) => !key.startsWith('sentry.'));
  const ofSdk = attributes.filter(([key]) => key.startsWith('sentry.'));
  const fact = texts.fact;
  return (
    <div className="log-details">
      <div className="log-message">
        <pre className="mono">
          <SdkText limit={4_000}>{log.message}</SdkText>
        </pre>
        <Copy text={log.message} label={texts.copyMessage} />
      </div>
      <h3>{texts.attributes}</h3>
      {own.length === 0 ? (
        <p className="meta">{texts.noAttributes}</p>
      ) : (
        <dl className="log-pairs">
          {own.map(([key, value]) => (
            <Pair key={key} name={key} field={attributeField(key)} value={value} narrow={narrow} />
          ))}
        </dl>
      )}
      <h3>{texts.facts}</h3>
      <dl className="log-pairs">
        <Pair name={fact.time} value={log.timestamp} narrow={narrow} />
        <Pair name={fact.received} value={log.received_at} narrow={narrow} />
        <Pair name={fact.severity} field="severity" value={log.level} narrow={narrow}>
          {`${log.level} (${log.severity_number})`}
        </Pair>
        <Pair name={fact.project} field="project" value={project} narrow={narrow} />
        {log.environment && (
          <Pair name={fact.environment} field="environment" value={log.environment} narrow={narrow} />
        )}
        {log.release && <Pair name={fact.release} field="release" value={log.release} narrow={narrow} />}
        {log.server_address && (
          <Pair name={fact.server} field="server.address" value={log.server_address} narrow={narrow} />
        )}
        {log.sdk && <Pair name={fact.sdk} field="sdk.name" value={log.sdk} narrow={narrow} />}
        {log.trace_id && (
          <Pair name={fact.trace} value={log.trace_id} narrow={narrow}>
            <Link
              to="/logs"
              search={(before) => ({ ...before, query: undefined, trace: log.trace_id ?? '' })}
            >
              {texts.sameTrace}
            </Link>{' '}
            <Link to="/traces/$id" params={{ id: log.trace_id }} preload="intent">
              {texts.openTrace}
            </Link>{' '}
            {log.trace_id}
          </Pair>
        )}
        {log.span_id && <Pair name={fact.span} field="span_id" value={log.span_id} narrow={narrow} />}
        <Pair name={fact.envelope} value={log.envelope_id} narrow={narrow} />
      </dl>
      {ofSdk.length > 0 && (
        <details>
          <summary>
            {texts.attributesOfSdk} <span className="meta">{ofSdk.length}</span>
          </summary>
          <dl className="log-pairs">
            {ofSdk.map(([key, value]) => (
              <Pair key={key} name={key} field={attributeField(key)} value={value} narrow={narrow} />
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}
