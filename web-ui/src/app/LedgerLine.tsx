import { useQuery } from '@tanstack/react-query';
import type { Balance } from '../api/model';
import { texts } from '../texts/en';
import { exactNumber, span } from '../ui/format';
import './LedgerLine.css';
import { pipelineQuery } from './queries';

/** Accepted as the sum of what became of it, as a bar. Anything that is there at all has at least a visible sliver. */
export function LedgerBar({ balance }: { balance: Balance }) {
  const parts = [
    ['stored', balance.stored + balance.duplicate],
    ['dropped', balance.dropped],
    ['dead', balance.dead + balance.lost],
    ['flight', balance.in_flight],
  ] as const;
  return (
    <div className="ledger-bar" aria-hidden="true">
      {parts.map(([name, count]) =>
        count > 0 ? <span key={name} className={`ledger-${name}`} style={{ flexGrow: count }} /> : null,
      )}
    </div>
  );
}

/** The face of the product: at the foot of the navigation of every page, whether all that was accepted is accounted for. */
export function LedgerLine() {
  const { data } = useQuery(pipelineQuery);
  const balance = data?.balance;
  const lag = data?.oldest_unprocessed_seconds;
  return (
    <section className="ledger-line" aria-label={texts.ledger.label}>
      {balance ? (
        <>
          <LedgerBar balance={balance} />
          <div className="ledger-figures">
            <span>{texts.ledger.accepted(exactNumber(balance.accepted))}</span>
            {typeof lag === 'number' && <span>{texts.ledger.lag(span(lag))}</span>}
          </div>
          <p className={balance.difference === 0 ? 'meta' : 'ledger-off'}>
            {balance.difference === 0
              ? texts.ledger.balanced
              : texts.ledger.off(exactNumber(Math.abs(balance.difference)))}
          </p>
        </>
      ) : (
        <p className="meta">{texts.ledger.unknown}</p>
      )}
    </section>
  );
}
