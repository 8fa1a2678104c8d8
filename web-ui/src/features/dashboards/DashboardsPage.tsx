import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { SavedDashboardSummary } from '../../api/model';
import { can, useSession } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { SearchBar } from '../../ui/SearchBar';
import { Missing, State } from '../../ui/State';
import { When } from '../../ui/When';
import { counted } from '../../ui/format';
import { NewDashboard } from './NewDashboard';
import './dashboards.css';
import { dashboardsQuery } from './queries';
import { dashboardsTexts as texts } from './texts';

const route = getRouteApi('/shell/dashboards');

function Row({ dashboard }: { dashboard: SavedDashboardSummary }) {
  return (
    <li className="card dashboards-row">
      <div className="dashboards-name">
        <Link to="/dashboards/$id" params={{ id: dashboard.id }}>
          {dashboard.name}
        </Link>
        {dashboard.description && <span className="meta">{dashboard.description}</span>}
      </div>
      <span className="meta">{counted(dashboard.widgets, 'widget')}</span>
      <span className="meta">
        {dashboard.shared ? texts.shared : texts.personal}, {texts.by(dashboard.owner?.name ?? null)}
      </span>
      <span className="meta">
        {texts.changed} <When at={dashboard.updated_at} />
      </span>
    </li>
  );
}

/** The dashboards that somebody put together, and a way to make one. */
export function DashboardsPage() {
  useTitle(texts.page);
  const { query } = route.useSearch();
  const navigate = useNavigate({ from: '/dashboards' });
  const mayAdd = can(useSession(), 'event:write');
  const [isAdding, setAdding] = useState(false);
  const asked = useInfiniteQuery(dashboardsQuery(query));
  const dashboards = asked.data?.pages.flatMap((page) => page.results);
  const add = mayAdd && (
    <Button look="primary" onClick={() => setAdding(true)}>
      {texts.add}
    </Button>
  );
  return (
    <div className="page dashboards">
      <div className="dashboards-head">
        <h1>{texts.page}</h1>
        <Link to="/dashboard" className="button button-quiet">
          {texts.live}
        </Link>
        {dashboards && (dashboards.length > 0 || query !== undefined) && add}
      </div>
      {(query !== undefined || (dashboards && dashboards.length > 0)) && (
        <SearchBar
          label={texts.search}
          placeholder={texts.searchPlaceholder}
          value={query ?? ''}
          group={texts.keys.group}
          onSearch={(words) =>
            void navigate({ search: (before) => ({ ...before, query: words || undefined }), replace: true })
          }
        />
      )}
      {!dashboards ? (
        <Missing asked={asked} />
      ) : dashboards.length > 0 ? (
        <ul className="dashboards-list" aria-label={texts.list}>
          {dashboards.map((dashboard) => (
            <Row key={dashboard.id} dashboard={dashboard} />
          ))}
        </ul>
      ) : query === undefined ? (
        <State title={texts.none} action={add}>
          {texts.noneWords}
        </State>
      ) : (
        <p className="meta">{texts.noMatch}</p>
      )}
      {asked.hasNextPage && (
        <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {texts.more}
        </Button>
      )}
      {isAdding && <NewDashboard onClose={() => setAdding(false)} />}
    </div>
  );
}
