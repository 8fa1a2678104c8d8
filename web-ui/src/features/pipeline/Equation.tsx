import type { Balance } from '../../api/model';
import { LedgerBar } from '../../app/LedgerLine';
import { Badge } from '../../ui/Badge';
import { exactNumber, localTime } from '../../ui/format';
import { pipelineTexts } from './texts';

const { equation } = pipelineTexts;
const TERMS = ['stored', 'duplicate', 'dropped', 'dead', 'lost', 'in_flight'] as const;

function Verdict({ balance }: { balance: Balance }) {
  if (balance.difference === 0) return <Badge tone="good">{equation.balanced}</Badge>;
  const count = exactNumber(Math.abs(balance.difference));
  return (
    <Badge tone="error">
      {balance.off_since
        ? equation.offSince(count, localTime(new Date(balance.off_since)))
        : equation.off(count)}
    </Badge>
  );
}

/** Accepted = stored + … + in flight, and whether it is so. What is zero and seldom anything else is left out. */
export function Equation({ balance }: { balance: Balance | null }) {
  if (!balance) return <p className="card equation equation-unknown">{equation.unknown}</p>;
  const terms = TERMS.filter(
    (term) => balance[term] > 0 || term === 'stored' || term === 'dropped' || term === 'dead',
  );
  return (
    <section className="card equation" aria-label={equation.label}>
      <div className="equation-terms">
        <span className="equation-term">
          <b>{exactNumber(balance.accepted)}</b> {equation.accepted}
        </span>
        {terms.map((term, index) => (
          <span key={term} className="equation-term">
            <span className="equation-sign">{index === 0 ? '=' : '+'}</span>{' '}
            <b>{exactNumber(balance[term])}</b> {equation[term]}
          </span>
        ))}
        <Verdict balance={balance} />
      </div>
      <LedgerBar balance={balance} />
    </section>
  );
}
