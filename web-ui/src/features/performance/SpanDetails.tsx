import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button } from '../../ui/Button';
import { Pairs } from '../../ui/Pairs';
import { SdkText } from '../../ui/SdkText';
import { pairs } from '../../ui/untrusted';
import { TraceErrors } from './TraceErrors';
import { NO_WORD } from './queries';
import { performanceTexts } from './texts';
import { type SpanNode, ownTime } from './tree';
import { milliseconds } from './words';

const { trace: texts } = performanceTexts;

interface SpanDetailsProps {
  node: SpanNode;
  /** When the trace began. */
  begin: number;
  project: string;
  onZoom: () => void;
}

/** All that is known of one span. */
export function SpanDetails({ node, begin, project, onZoom }: SpanDetailsProps) {
  const { transaction, span } = node;
  const { facts } = texts;
  const said = (text: string | null | undefined) => (text ? <SdkText inList>{text}</SdkText> : undefined);
  const rows: [string, ReactNode][] = [
    [facts.project, project],
    [facts.operation, said(node.op)],
    [facts.status, said(node.status)],
    [facts.begin, milliseconds(node.begin - begin)],
    [facts.duration, milliseconds(node.duration)],
    [facts.own, milliseconds(ownTime(node))],
    [facts.origin, said(span?.origin)],
    [facts.release, said(transaction?.release)],
    [facts.environment, said(transaction?.environment)],
    [facts.id, <code key="id">{node.id}</code>],
    [facts.parent, node.parent && <code key="parent">{node.parent}</code>],
  ];
  const data = pairs(span?.data);
  const tags = pairs(transaction?.tags);
  return (
    <aside className="card span-details" aria-label={texts.details}>
      <h2>
        <SdkText limit={400}>{node.title || texts.unnamed}</SdkText>
      </h2>
      <div className="span-actions">
        <Button onClick={onZoom}>{texts.zoomTo}</Button>
        {transaction && (
          <Link
            to="/performance/endpoint"
            search={{
              of: project,
              name: transaction.name,
              op: transaction.op || NO_WORD,
              method: transaction.http_method || NO_WORD,
            }}
          >
            {texts.endpoint}
          </Link>
        )}
      </div>
      {node.errors.length > 0 && (
        <div className="span-part">
          <h3>{texts.errors}</h3>
          <TraceErrors errors={node.errors} />
        </div>
      )}
      <dl className="span-facts">
        {rows.map(
          ([name, value]) =>
            value !== undefined && (
              <div key={name} className="span-fact">
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {data.length > 0 && (
        <div className="span-part">
          <h3>{texts.data}</h3>
          <Pairs entries={data} label={texts.data} />
        </div>
      )}
      {tags.length > 0 && (
        <div className="span-part">
          <h3>{texts.tags}</h3>
          <Pairs entries={tags} label={texts.tags} />
        </div>
      )}
    </aside>
  );
}
