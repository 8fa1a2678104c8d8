import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { useLiveConnected } from '../../app/live';
import { projectsQuery } from '../../app/queries';
import { projectsOf } from '../../app/search';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { State } from '../../ui/State';
import { useHotkeys } from '../../ui/hotkeys';
import { ErrorsChart } from './ErrorsChart';
import { Figures } from './Figures';
import { OpenSpikes } from './OpenSpikes';
import { Releases } from './Releases';
import { TopIssues } from './TopIssues';
import './dashboard.css';
import { errorsQuery, figuresQuery } from './queries';
import { dashboardTexts as texts } from './texts';
import { useRefresh } from './useRefresh';

const route = getRouteApi('/shell/dashboard');

/** Whether nothing has come in the time and in the one before. */
function useIsEmpty(): boolean {
  const search = route.useSearch();
  const { data: errors } = useQuery(errorsQuery(search));
  const { data: figures } = useQuery(figuresQuery(search));
  return (
    errors?.errors === 0 &&
    figures !== undefined &&
    figures.before.errors === 0 &&
    figures.now.sessions === 0 &&
    figures.before.sessions === 0
  );
}

function Empty() {
  const search = route.useSearch();
  const { data: projects } = useQuery(projectsQuery);
  const slug = projectsOf(search)[0] ?? projects?.[0]?.slug;
  return (
    <State
      title={texts.empty.title}
      action={
        slug === undefined ? (
          <Link to="/projects/new" className="button button-primary">
            {texts.empty.action}
          </Link>
        ) : (
          <Link to="/projects/$slug/setup" params={{ slug }} className="button button-primary">
            {texts.empty.action}
          </Link>
        )
      }
    >
      {texts.empty.words}
    </State>
  );
}

/** What happens, on one page that keeps itself up to date. */
export function DashboardPage() {
  useTitle(texts.page);
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/dashboard' });
  const isLive = search.live !== '0';
  const isConnected = useLiveConnected();
  const isTv = search.tv === '1';
  useRefresh(isLive, search);
  const isEmpty = useIsEmpty();
  const switchLive = () =>
    void navigate({ search: (before) => ({ ...before, live: isLive ? '0' : undefined }), replace: true });
  const switchTv = () =>
    void navigate({ search: (before) => ({ ...before, tv: isTv ? undefined : '1' }), replace: true });
  const { group } = texts.keys;
  useHotkeys([
    { keys: 'l', label: texts.keys.live, group, run: switchLive },
    { keys: 't', label: texts.keys.tv, group, run: switchTv },
  ]);
  const state = !isLive ? 'off' : isConnected ? 'on' : 'away';
  return (
    <div className="page dashboard">
      <div className="dashboard-top">
        <h1>{texts.page}</h1>
        <Link to="/dashboards" className="button button-quiet">
          {texts.saved}
        </Link>
        <span className="dashboard-live" data-state={state} role="status">
          {texts.live[state]}
        </span>
        <Button look="quiet" onClick={switchLive}>
          {isLive ? texts.live.pause : texts.live.resume}
        </Button>
        <Button look="quiet" onClick={switchTv}>
          {isTv ? texts.tv.off : texts.tv.on}
        </Button>
      </div>
      {isEmpty ? (
        <Empty />
      ) : (
        <>
          <OpenSpikes />
          <Figures />
          <div className="dashboard-panel">
            <ErrorsChart />
          </div>
          <div className="dashboard-two">
            <TopIssues />
            <Releases />
          </div>
        </>
      )}
    </div>
  );
}
