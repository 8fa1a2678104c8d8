import type { RefObject } from 'react';
import type { QueryFault } from './fault';
import { tokenize } from './tokens';

/** What is written in the bar, in colours, and under it where it is wrong. It lies behind the field, whose own text is not seen. */
export function QueryInk({
  query,
  fault,
  ink,
}: {
  query: string;
  fault: QueryFault | undefined;
  ink: RefObject<HTMLDivElement | null>;
}) {
  const position = fault?.position === undefined ? undefined : Math.min(fault.position, query.length);
  return (
    <div className="query-ink" ref={ink} aria-hidden>
      <div className="query-ink-line">
        {tokenize(query).map((token) => (
          <span key={token.start} className={`query-${token.kind}`}>
            {query.slice(token.start, token.end)}
          </span>
        ))}
        {position !== undefined && (
          <span className="query-under">
            {query.slice(0, position)}
            {/* Where something is missing there is nothing to underline but a blank. */}
            <span className="query-fault" data-testid="query-fault">
              {query.slice(position, position + Math.max(fault?.length ?? 1, 1)) || '\u00a0'}
            </span>
          </span>
        )}
      </div>
    </div>
  );
}
