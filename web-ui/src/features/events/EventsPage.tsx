import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Columns3 } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { RequestFailed } from '../../api/client';
import { projectsQuery } from '../../app/queries';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Menu } from '../../ui/Menu';
import { SearchBar } from '../../ui/SearchBar';
import { Fault, Skeleton, State } from '../../ui/State';
import { useHotkeys } from '../../ui/hotkeys';
import { EventsChart } from './EventsChart';
import { ExportButton } from './ExportButton';
import { eventColumns } from './columns';
import './events.css';
import { COLUMNS, type ColumnName, LEVELS, columnsOf, eventFilter, eventsQuery } from './queries';
import { eventTexts } from './texts';

const route = getRouteApi('/shell/events');

/** Single events, newest first, in the columns one wants. */
export function EventsPage() {
  useTitle(eventTexts.page);
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/events' });
  const answer = useInfiniteQuery(eventsQuery(search));
  const { data: projects = [] } = useQuery(projectsQuery);
  const events = useMemo(() => answer.data?.pages.flatMap((page) => page.results) ?? [], [answer.data]);
  const [current, setCurrent] = useState<string>();
  const slugs = useMemo(() => new Map(projects.map((project) => [project.id, project.slug])), [projects]);
  const names = columnsOf(search);
  const columnKey = names.join(',');
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- the key says all of the names
  const columns = useMemo(() => eventColumns(names, slugs), [columnKey, slugs]);
  const toggle = (name: ColumnName) => {
    const next = names.includes(name) ? names.filter((one) => one !== name) : [...names, name];
    void navigate({ search: (before) => ({ ...before, columns: next.join(',') }) });
  };
  const at = events.findIndex((event) => event.id === current);
  const step = (by: 1 | -1) =>
    setCurrent(events[Math.max(0, Math.min(events.length - 1, at < 0 ? 0 : at + by))]?.id);
  const open = () => {
    const event = events[at];
    if (event)
      void navigate({ to: '/issues/$id', params: { id: event.issue_id }, search: { event: event.id } });
  };
  const { group } = eventTexts.keys;
  useHotkeys([
    { keys: 'j', label: eventTexts.keys.next, group, run: () => step(1) },
    { keys: 'k', label: eventTexts.keys.previous, group, run: () => step(-1) },
    { keys: 'o', label: eventTexts.keys.open, group, run: open },
    { keys: 'Enter', label: eventTexts.keys.open, group, run: open },
  ]);
  const isBadQuery = answer.error instanceof RequestFailed && answer.error.status === 400;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <div className="page-full">
      <h1 className="sr-only">{eventTexts.page}</h1>
      <div className="events-bar">
        <SearchBar
          label={eventTexts.search}
          placeholder={eventTexts.placeholder}
          value={search.query ?? ''}
          onSearch={(query) =>
            void navigate({ search: (before) => ({ ...before, query: query || undefined }) })
          }
          error={isBadQuery ? answer.error?.message : undefined}
          group={group}
        />
        <Menu
          trigger={<Button>{search.level ?? eventTexts.levels}</Button>}
          entries={[undefined, ...LEVELS].map((level) => ({
            label: level ?? eventTexts.levels,
            run: () => void navigate({ search: (before) => ({ ...before, level }) }),
            checked: search.level === level,
          }))}
        />
        <Menu
          multiple
          align="end"
          trigger={<Button icon={<Columns3 aria-hidden />}>{eventTexts.columnsButton}</Button>}
          entries={COLUMNS.map((name) => ({
            label: eventTexts.columns[name],
            run: () => toggle(name),
            checked: names.includes(name),
          }))}
        />
        <ExportButton filter={eventFilter(search)} />
      </div>
      <EventsChart />
      {answer.isPending ? (
        <Skeleton rows={16} height={36} />
      ) : answer.data === undefined ? (
        <Fault error={answer.error} retry={() => void answer.refetch()} />
      ) : events.length === 0 && !isBadQuery ? (
        <State
          title={eventTexts.none}
          action={
            search.query && (
              <Button
                onClick={() => void navigate({ search: (before) => ({ ...before, query: undefined }) })}
              >
                {eventTexts.clear}
              </Button>
            )
          }
        >
          {eventTexts.noneWords}
        </State>
      ) : (
        <DataTable
          label={eventTexts.list}
          columns={columns}
          rows={events}
          rowKey={(event) => event.id}
          current={current}
          onEnd={more}
          stale={answer.isPlaceholderData}
        />
      )}
    </div>
  );
}
