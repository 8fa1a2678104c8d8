import { Link } from '@tanstack/react-router';
import type { FiltersTrial } from '../../api/model';
import { SdkText } from '../../ui/SdkText';
import { filterTexts as texts } from './filterTexts';

/** What filters would have dropped of stored events, by filter, with examples. */
export function FilterPreview({ trial, isOutdated }: { trial: FiltersTrial; isOutdated: boolean }) {
  const { days, events, looked_at: lookedAt, filtered, transactions } = trial;
  const { transactions_looked_at: transactionsLookedAt, transactions_filtered: transactionsFiltered } = trial;
  return (
    <section className="card filter-preview" aria-label={texts.previewTitle}>
      <div role="status">
        <h2>{filtered === 0 ? texts.none(lookedAt, days) : texts.dropped(filtered, lookedAt, days)}</h2>
        {transactions > 0 && <p>{texts.ofTransactions(transactionsFiltered, transactionsLookedAt)}</p>}
      </div>
      {isOutdated && <p className="meta">{texts.outdated}</p>}
      {lookedAt < events && <p className="meta">{texts.newest(lookedAt, events)}</p>}
      {transactionsLookedAt < transactions && (
        <p className="meta">{texts.newestTransactions(transactionsLookedAt, transactions)}</p>
      )}
      <ul>
        {trial.by_filter.map((one) => (
          <li key={one.filter}>
            <code>{one.filter}</code> {texts.of(one.events, one.issues, one.transactions)}
            <ul>
              {one.examples.map((example) => (
                <li key={example.event_id}>
                  <Link
                    to="/issues/$id"
                    params={{ id: example.issue_id }}
                    search={{ event: example.event_id }}
                  >
                    <SdkText>{example.title}</SdkText>
                  </Link>
                </li>
              ))}
              {one.transaction_examples.map((name) => (
                <li key={name}>
                  <SdkText>{name}</SdkText>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
