import { Link } from '@tanstack/react-router';
import type { FiltersTrial } from '../../api/model';
import { SdkText } from '../../ui/SdkText';
import { filterTexts as texts } from './filterTexts';

/** What filters would have dropped of stored events, by filter, with examples. */
export function FilterPreview({ trial, isOutdated }: { trial: FiltersTrial; isOutdated: boolean }) {
  const { days, events, looked_at: lookedAt, filtered } = trial;
  return (
    <section className="card filter-preview" aria-label={texts.previewTitle}>
      <div role="status">
        <h2>{filtered === 0 ? texts.none(lookedAt, days) : texts.dropped(filtered, lookedAt, days)}</h2>
      </div>
      {isOutdated && <p className="meta">{texts.outdated}</p>}
      {lookedAt < events && <p className="meta">{texts.newest(lookedAt, events)}</p>}
      <ul>
        {trial.by_filter.map((one) => (
          <li key={one.filter}>
            <code>{one.filter}</code> {texts.of(one.events, one.issues)}
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
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
