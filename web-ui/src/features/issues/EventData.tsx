import { Link } from '@tanstack/react-router';
import type { Event } from '../../api/model';
import { Copy } from '../../ui/Copy';
import { Pairs } from '../../ui/Pairs';
import { SdkText } from '../../ui/SdkText';
import { bytes } from '../../ui/format';
import { object, pairs, str } from '../../ui/untrusted';
import { Section } from './Section';
import { curlOf, requestOf } from './curl';
import { pageTexts } from './pageTexts';

const LOGS_AROUND_MILLIS = 3_600_000;

function Group({ title, entries }: { title: string; entries: readonly (readonly [string, unknown])[] }) {
  if (entries.length === 0) return null;
  return (
    <div className="data-group">
      <h3>{title}</h3>
      <Pairs entries={entries} label={title} />
    </div>
  );
}

/** What the server was asked for when it failed. */
export function RequestSection({ event }: { event: Event }) {
  const request = requestOf(event);
  if (!request) return null;
  return (
    <Section
      id="request"
      title={pageTexts.request}
      tools={
        <>
          <Copy text={request.url} label={pageTexts.copyUrl} />
          <Copy text={curlOf(request)} label={pageTexts.copyCurl} />
        </>
      }
    >
      <div className="card data">
        <p className="mono data-url">
          <b>{request.method.slice(0, 20)}</b> <SdkText>{request.url}</SdkText>
        </p>
        <Group
          title={pageTexts.query}
          entries={request.queryText ? [['', request.queryText]] : request.query}
        />
        <Group title={pageTexts.headers} entries={request.headers} />
        <Group title={pageTexts.cookies} entries={request.cookies} />
        <Group title={pageTexts.environment} entries={request.environment} />
        {request.body && (
          <div className="data-group">
            <h3>{pageTexts.body}</h3>
            <p className="mono data-body">
              <SdkText>{request.body}</SdkText>
            </p>
          </div>
        )}
      </div>
    </Section>
  );
}

/** The logs of an hour before and behind an event that are of its trace. */
function LogsOfTrace({ event }: { event: Event }) {
  const trace = str(object(object(event.contexts)['trace'])['trace_id']);
  if (!trace) return null;
  const at = Date.parse(event.timestamp);
  return (
    <Link
      to="/logs"
      search={{
        trace,
        start: new Date(at - LOGS_AROUND_MILLIS).toISOString(),
        end: new Date(at + LOGS_AROUND_MILLIS).toISOString(),
      }}
    >
      {pageTexts.logsOfTrace}
    </Link>
  );
}

/** Who it happened to, in which surroundings, and what else the SDK told. */
export function ContextSections({ event }: { event: Event }) {
  const user = pairs(event.user).filter(([, value]) => value !== null && value !== '');
  const tags = Object.entries(event.tags);
  const contexts = Object.entries(object(event.contexts)).filter(
    ([, value]) => Object.keys(object(value)).length > 0,
  );
  const extra = pairs(event.extra);
  const modules = pairs(event.modules);
  const sdk = object(event.sdk);
  const facts = (
    [
      ['transaction', event.transaction],
      ['server_name', event.server_name],
      ['logger', event.logger],
      ['release', event.release],
      ['dist', event.dist],
      ['platform', event.platform],
      ['sdk', [str(sdk['name']), str(sdk['version'])].filter(Boolean).join(' ')],
    ] as const
  ).filter(([, value]) => value);
  return (
    <>
      {user.length > 0 && (
        <Section id="user" title={pageTexts.user}>
          <div className="card data">
            <Pairs entries={user} label={pageTexts.user} />
          </div>
        </Section>
      )}
      {tags.length > 0 && (
        <Section id="tags" title={pageTexts.tags} count={tags.length}>
          <ul className="tag-list">
            {tags.map(([key, value]) => (
              <li key={key} className="tag">
                <span className="tag-key">
                  <SdkText inList>{key}</SdkText>
                </span>
                <span className="tag-value">
                  <SdkText inList>{value}</SdkText>
                </span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section id="contexts" title={pageTexts.contexts} tools={<LogsOfTrace event={event} />}>
        <div className="card data data-columns">
          <Group title={pageTexts.event} entries={facts} />
          {contexts.map(([name, value]) => (
            <Group key={name} title={name} entries={pairs(value)} />
          ))}
        </div>
      </Section>
      {(extra.length > 0 || modules.length > 0) && (
        <Section id="extra" title={pageTexts.extra}>
          <div className="card data">
            <Group title={pageTexts.extra} entries={extra} />
            {modules.length > 0 && (
              <details className="data-group">
                <summary>
                  {pageTexts.modules} <span className="meta">{modules.length}</span>
                </summary>
                <Pairs entries={modules} label={pageTexts.modules} />
              </details>
            )}
          </div>
        </Section>
      )}
    </>
  );
}

/** What may be shown as an image: the server has looked at the bytes; anything with markup in it is a download only. */
const IMAGES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/** Files that came with the event. */
export function Attachments({ event }: { event: Event }) {
  if (event.attachments.length === 0) return null;
  return (
    <Section id="attachments" title={pageTexts.attachments} count={event.attachments.length}>
      <ul className="attachments">
        {event.attachments.map((file) => (
          <li key={file.id} className="card attachment">
            {file.content_type && IMAGES.has(file.content_type) && (
              <a href={file.url} download={file.filename} className="attachment-image">
                <img src={file.url} alt={file.filename} loading="lazy" />
              </a>
            )}
            <a href={file.url} download={file.filename}>
              <SdkText inList>{file.filename}</SdkText>
            </a>
            <span className="meta">
              {file.content_type ?? '–'}, {bytes(file.size)}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
