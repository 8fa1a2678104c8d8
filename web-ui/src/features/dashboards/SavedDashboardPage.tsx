import { useIsFetching, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { Copy, Pencil, RotateCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { SavedDashboard } from '../../api/model';
import { type Scope, SCOPE_KEYS, present } from '../../app/search';
import { can, useSession } from '../../app/session';
import { QueryBar } from '../../app/query/QueryBar';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Fault, Skeleton, State } from '../../ui/State';
import { toast } from '../../ui/Toasts';
import { useHotkeys } from '../../ui/hotkeys';
import { Board } from './Board';
import { DashboardEditor } from './DashboardEditor';
import './dashboards.css';
import { SAVED, WIDGETS, dashboardQuery } from './queries';
import { dashboardsTexts as texts } from './texts';
import { keyed } from './useDraft';

const route = getRouteApi('/shell/dashboards/$id');

function scopeOf(search: Scope): Scope {
  return present(Object.fromEntries(SCOPE_KEYS.map((key) => [key, search[key]])));
}

/** What can be done to a dashboard as a whole. */
function Actions({ dashboard, edit }: { dashboard: SavedDashboard; edit: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mayAdd = can(useSession(), 'event:write');
  const [removing, setRemoving] = useState(false);
  const [busy, setBusy] = useState(false);
  const isRefreshing = useIsFetching({ queryKey: [WIDGETS] }) > 0;
  const refresh = () => void queries.invalidateQueries({ queryKey: [WIDGETS] });
  const { group } = texts.keys;
  useHotkeys([
    { keys: 'r', label: texts.keys.refresh, group, run: refresh },
    ...(dashboard.editable ? [{ keys: 'e', label: texts.keys.edit, group, run: edit }] : []),
  ]);
  const path = { params: { path: { id: dashboard.id } } };
  const duplicate = async () => {
    setBusy(true);
    try {
      const copy = await value(api.POST('/api/v1/dashboards/{id}/duplicate', { ...path, body: {} }));
      await queries.invalidateQueries({ queryKey: [SAVED, 'list'] });
      toast(texts.duplicated(copy.name));
      void navigate({ to: '/dashboards/$id', params: { id: copy.id }, search: (before) => before });
    } catch (error) {
      toast(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button icon={<RotateCw aria-hidden />} busy={isRefreshing} onClick={refresh}>
        {texts.refresh}
      </Button>
      {dashboard.editable && (
        <Button icon={<Pencil aria-hidden />} onClick={edit}>
          {texts.edit}
        </Button>
      )}
      {mayAdd && (
        <Button icon={<Copy aria-hidden />} busy={busy} onClick={() => void duplicate()}>
          {texts.duplicate}
        </Button>
      )}
      {dashboard.removable && (
        <Button icon={<Trash2 aria-hidden />} onClick={() => setRemoving(true)}>
          {texts.remove}
        </Button>
      )}
      <Confirm
        open={removing}
        onClose={() => setRemoving(false)}
        title={texts.removeTitle(dashboard.name)}
        action={texts.remove}
        run={async () => {
          await value(api.DELETE('/api/v1/dashboards/{id}', path));
          toast(texts.removed(dashboard.name));
          await navigate({ to: '/dashboards' });
          queries.removeQueries({ queryKey: dashboardQuery(dashboard.id).queryKey });
          await queries.invalidateQueries({ queryKey: [SAVED, 'list'] });
        }}
      >
        <p>{texts.removeWords}</p>
      </Confirm>
    </>
  );
}

function View({ dashboard, edit }: { dashboard: SavedDashboard; edit: () => void }) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/dashboards/$id' });
  const widgets = keyed(dashboard.widgets);
  return (
    <div className="page dashboards">
      <div className="dashboards-head">
        <h1>{dashboard.name}</h1>
        <Link to="/dashboards" className="button button-quiet">
          {texts.all}
        </Link>
        <Actions dashboard={dashboard} edit={edit} />
      </div>
      {dashboard.description && <p className="meta">{dashboard.description}</p>}
      {widgets.length === 0 ? (
        <State
          title={texts.nothing}
          action={
            dashboard.editable && (
              <Button look="primary" onClick={edit}>
                {texts.edit}
              </Button>
            )
          }
        >
          {texts.nothingWords}
        </State>
      ) : (
        <>
          <QueryBar
            dataset="events"
            label={texts.filter}
            placeholder={texts.filterPlaceholder}
            value={search.filter ?? ''}
            group={texts.keys.group}
            project={search.project}
            onSearch={(words) =>
              void navigate({ search: (before) => ({ ...before, filter: words || undefined }) })
            }
          />
          <Board widgets={widgets} scope={scopeOf(search)} filter={search.filter ?? ''} />
        </>
      )}
    </div>
  );
}

/** A dashboard that somebody put together, to be looked at or to be changed. */
export function SavedDashboardPage() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/dashboards/$id' });
  const { data: dashboard, error, refetch } = useQuery(dashboardQuery(id));
  useTitle(dashboard?.name ?? texts.page);
  if (!dashboard) return error ? <Fault whole error={error} retry={() => void refetch()} /> : <Skeleton />;
  const edit = (now: boolean) =>
    void navigate({ search: (before) => ({ ...before, edit: now ? '1' : undefined }), replace: true });
  return search.edit === '1' && dashboard.editable ? (
    <DashboardEditor
      key={id}
      dashboard={dashboard}
      scope={scopeOf(search)}
      filter={search.filter ?? ''}
      leave={() => edit(false)}
    />
  ) : (
    <View key={id} dashboard={dashboard} edit={() => edit(true)} />
  );
}
