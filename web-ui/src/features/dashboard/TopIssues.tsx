import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { Count } from '../../ui/Count';
import { LevelMark } from '../../ui/LevelMark';
import { SdkText } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { issuesQuery } from './queries';
import { dashboardTexts } from './texts';

const { issues: texts } = dashboardTexts;
const route = getRouteApi('/shell/dashboard');

/** The issues with the most events of the time. */
export function TopIssues() {
  const { live: _, tv: __, ...scope } = route.useSearch();
  const asked = useQuery(issuesQuery(scope));
  return (
    <section className="dashboard-panel" aria-labelledby="dashboard-issues">
      <header className="dashboard-head">
        <h2 id="dashboard-issues">{texts.title}</h2>
        <Link to="/issues" search={{ ...scope, sort: 'events' }}>
          {texts.all}
        </Link>
      </header>
      {!asked.data ? (
        <Missing asked={asked} rows={3} />
      ) : asked.data.results.length === 0 ? (
        <p className="meta">{texts.none}</p>
      ) : (
        <ol className="dashboard-rows">
          {asked.data.results.map((issue) => (
            <li key={issue.id}>
              <LevelMark level={issue.level} />
              <Link to="/issues/$id" params={{ id: issue.id }} className="dashboard-title">
                <SdkText inList>{issue.title}</SdkText>
              </Link>
              <span className="num">
                <Count value={issue.events} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
