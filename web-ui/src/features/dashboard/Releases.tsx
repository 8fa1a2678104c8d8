import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { SdkText } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { exactNumber } from '../../ui/format';
import { releasesQuery } from './queries';
import { dashboardTexts } from './texts';

const { releases: texts } = dashboardTexts;
const route = getRouteApi('/shell/dashboard');
const ROWS = 8;

/** The releases of the time by errors for each hundred sessions. */
export function Releases() {
  const asked = useQuery(releasesQuery(route.useSearch()));
  const shown = asked.data?.slice(0, ROWS) ?? [];
  const most = Math.max(...shown.map((one) => one.errors_per_hundred_sessions), 0);
  return (
    <section className="dashboard-panel" aria-labelledby="dashboard-releases">
      <header className="dashboard-head">
        <h2 id="dashboard-releases">{texts.title}</h2>
      </header>
      {!asked.data ? (
        <Missing asked={asked} rows={3} />
      ) : shown.length === 0 ? (
        <p className="meta">{texts.none}</p>
      ) : (
        <ol className="dashboard-rows">
          {shown.map((one) => {
            const version = (
              <SdkText inList limit={80}>
                {one.version}
              </SdkText>
            );
            const ratio = one.errors_per_hundred_sessions;
            return (
              <li key={`${one.project_id} ${one.version} ${one.environment}`}>
                <span className="dashboard-title">
                  {one.release_id === null ? (
                    version
                  ) : (
                    <Link to="/releases/$id" params={{ id: one.release_id }}>
                      {version}
                    </Link>
                  )}{' '}
                  <span className="meta">
                    <SdkText inList limit={80}>
                      {[one.environment, one.project].filter(Boolean).join(', ')}
                    </SdkText>
                  </span>
                </span>
                <span className="dashboard-bar" aria-hidden>
                  <span style={{ width: `${most === 0 ? 0 : (ratio / most) * 100}%` }} />
                </span>
                <span className="num" title={texts.words(exactNumber(one.errors), exactNumber(one.sessions))}>
                  {ratio.toFixed(ratio < 10 ? 2 : 1)}
                </span>
              </li>
            );
          })}
        </ol>
      )}
    </section>
  );
}
