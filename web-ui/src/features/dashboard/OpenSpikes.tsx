import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { SdkText } from '../../ui/SdkText';
import { exactNumber } from '../../ui/format';
import { spikesQuery } from './queries';
import { dashboardTexts } from './texts';

const { spikes: texts } = dashboardTexts;
const route = getRouteApi('/shell/dashboard');
const MOST = 2;

/** The spikes that last, with their causes. */
export function OpenSpikes() {
  const { data } = useQuery(spikesQuery(route.useSearch()));
  const open = (data?.results ?? []).filter((spike) => spike.ended_at === null).slice(0, MOST);
  if (open.length === 0) return null;
  return (
    <ul className="dashboard-spikes" aria-label={texts.label}>
      {open.map((spike) => (
        <li key={spike.id}>
          <b>{texts.words(spike.project_slug, exactNumber(spike.peak), exactNumber(spike.threshold))}</b>{' '}
          {spike.short_history && `${texts.short} `}
          {spike.issue_cause && (
            <>
              {texts.issue(exactNumber(spike.issue_cause.events), exactNumber(spike.issue_cause.usual))}{' '}
              <Link to="/issues/$id" params={{ id: spike.issue_cause.issue_id }}>
                <SdkText inList limit={120}>
                  {spike.issue_cause.title ?? `#${spike.issue_cause.issue_id}`}
                </SdkText>
              </Link>
              {'. '}
            </>
          )}
          {spike.release_cause && (
            <SdkText inList limit={200}>
              {texts.release(
                spike.release_cause.version,
                exactNumber(spike.release_cause.events),
                exactNumber(spike.release_cause.usual),
              )}
            </SdkText>
          )}{' '}
          {spike.limit_per_minute !== null && texts.limit(exactNumber(spike.limit_per_minute))}
        </li>
      ))}
    </ul>
  );
}
