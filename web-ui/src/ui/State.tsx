import { type ReactNode, useEffect, useState } from 'react';
import { RequestFailed } from '../api/client';
import { texts } from '../texts/en';
import { Button } from './Button';
import './State.css';

interface StateProps {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** Whether it is all there is on the page, whose heading it then has. */
  whole?: boolean | undefined;
}

/** What stands in place of content: why there is none, and what to do about it. */
export function State({ title, children, action, whole }: StateProps) {
  const Heading = whole ? 'h1' : 'h2';
  return (
    <div className="state">
      <Heading>{title}</Heading>
      {children && <div className="state-words">{children}</div>}
      {action && <div className="state-action">{action}</div>}
    </div>
  );
}

/** What went wrong with a request: the server's own sentence, and another try. */
export function Fault({ error, retry, whole }: FaultProps) {
  const failed = error instanceof RequestFailed ? error : undefined;
  const title =
    failed?.status === 403
      ? texts.fault.forbidden
      : failed?.status === 404 || failed?.status === 410
        ? texts.fault.notFound
        : failed?.status === 0
          ? texts.fault.away
          : texts.fault.other;
  return (
    <div role="alert">
      <State title={title} whole={whole} action={retry && <Button onClick={retry}>{texts.tryAgain}</Button>}>
        <p>{error instanceof Error ? error.message : String(error)}</p>
      </State>
    </div>
  );
}

interface FaultProps {
  error: unknown;
  retry?: () => void;
  /** As for {@link State}. */
  whole?: boolean;
}

/** A query that may have brought nothing. */
export interface Asked {
  error: unknown;
  refetch: () => Promise<unknown>;
}

/** In place of what a query has not brought: what went wrong, with another try, or lines while it is on its way. */
export function Missing({ asked, rows }: { asked: Asked; rows?: number }) {
  return asked.error ? (
    <Fault error={asked.error} retry={() => void asked.refetch()} />
  ) : (
    <Skeleton {...(rows === undefined ? {} : { rows })} />
  );
}

const PATIENCE_MILLIS = 150;

/** Nothing for a moment, as most answers are there by then; after that its children. */
export function Patiently({ children }: { children: ReactNode }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MILLIS);
    return () => clearTimeout(timer);
  }, []);
  return late ? children : null;
}

/** Lines in the place of text that is on its way. */
export function Skeleton({ rows = 6, height = 52 }: { rows?: number; height?: number }) {
  return (
    <Patiently>
      <div className="skeleton" aria-busy="true" aria-label={texts.loading} role="status">
        {Array.from({ length: rows }, (_, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- rows without content
          <div key={index} className="skeleton-row" style={{ height }}>
            <span className="skeleton-line" />
          </div>
        ))}
      </div>
    </Patiently>
  );
}
