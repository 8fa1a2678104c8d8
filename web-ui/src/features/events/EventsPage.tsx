import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Columns3, Group, PanelLeft } from 'lucide-react';
import { Suspense, lazy, useCallback, useMemo, useState } from 'react';
import { QueryBar } from '../../app/query/QueryBar';
import { SavedSearches } from '../../app/query/SavedSearches';
import { queryFault } from '../../app/query/fault';
import { narrowed, termOf } from '../../app/query/narrow';
import { useKept } from '../../app/query/useKept';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Fault, Skeleton, State } from '../../ui/State';
import { useHotkeys } from '../../ui/hotkeys';
import { DESK, useMedia } from '../../ui/useMedia';
import { EventsChart } from './EventsChart';
import { ExportButton } from './ExportButton';
import { Facets } from './Facets';
import { type ExploredRow, eventColumns, groupColumns, placeOf, textOf } from './columns';
import './events.css';
import { moved } from './fields';
import {
  COLUMNS,
  type EventsSearch,
  columnsOf,
  facetsQuery,
  fieldsOf,
  figuresOf,
  groupOf,
  questionOf,
  rowsQuery,
} from './queries';
import { eventTexts } from './texts';
import { useWidths } from './widths';

const ColumnsDrawer = lazy(() => import('./ColumnsDrawer'));
const GroupDrawer = lazy(() => import('./GroupDrawer'));
const EventPeek = lazy(() => import('./EventPeek'));

const route = getRouteApi('/shell/events');
type Panel = 'columns' | 'group' | 'peek';

function keyOf(row: ExploredRow, group: readonly string[]): string {
  return group.length === 0
    ? (textOf(row['id']) ?? '')
    : JSON.stringify(group.map((field) => textOf(row[field]) ?? null));
}

/** Events one by one or in groups: what they have in common, how many there were when, and the list. */
export function EventsPage() {
  useTitle(eventTexts.page);
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/events' });
  const isDesk = useMedia(DESK);
  const [showsFacets, setShowsFacets] = useState<boolean>();
  const hasFacets = showsFacets ?? isDesk;
  const [panel, setPanel] = useState<Panel>();
  const [current, setCurrent] = useState<string>();
  const { widths, resize, forget } = useWidths();
  const answer = useInfiniteQuery(rowsQuery(search));
  const facets = useQuery({ ...facetsQuery(search), enabled: hasFacets || panel !== undefined });
  const tags = (facets.data?.facets ?? [])
    .map((facet) => facet.key)
    .filter((key) => !COLUMNS.some((column) => column === key));
  const fault = queryFault(answer.error);
  const kept = useKept(answer.data);
  const data = fault ? kept : answer.data;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.data) ?? [], [data]);
  const types = data?.pages[0]?.meta.fields;
  const group = groupOf(search);
  const isGrouped = group.length > 0;
  const names = columnsOf(search);
  const figures = figuresOf(search);

  const change = (changes: EventsSearch) =>
    void navigate({ search: (before) => ({ ...before, ...changes }) });
  const addTerm = (...terms: string[]) => change({ query: narrowed(search.query, ...terms) || undefined });
  const setColumns = (columns: readonly string[]) => change({ columns: columns.join(',') });
  const openGroup = (row: ExploredRow) =>
    change({
      query: narrowed(search.query, ...group.map((field) => termOf(field, textOf(row[field]) || null))),
      group: undefined,
      sort: undefined,
    });
  const props = {
    types,
    widths,
    resize,
    sort: search.sort ?? (isGrouped ? `-${figures[0] ?? ''}` : undefined),
    onSort: (sort: string) => change({ sort }),
  };
  const move = (name: string, before: string) => {
    if (names.includes(name)) setColumns(moved(names, name, names.indexOf(before) - names.indexOf(name)));
  };
  const columns = isGrouped
    ? groupColumns(group, figures, props, openGroup)
    : eventColumns(names, props, move);

  const at = rows.findIndex((row) => keyOf(row, group) === current);
  const row = rows[at];
  const place = row && placeOf(row);
  const step = (by: 1 | -1) => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + by))];
    setCurrent(next && keyOf(next, group));
  };
  const open = () => {
    if (row && isGrouped) openGroup(row);
    else if (place)
      void navigate({ to: '/issues/$id', params: { id: place.issue }, search: { event: place.event } });
  };
  const { keys } = eventTexts;
  useHotkeys([
    { keys: 'j', label: keys.next, group: keys.group, run: () => step(1) },
    { keys: 'k', label: keys.previous, group: keys.group, run: () => step(-1) },
    { keys: 'o', label: keys.open, group: keys.group, run: open },
    { keys: 'Enter', label: keys.open, group: keys.group, run: open },
    { keys: 'Space', label: keys.peek, group: keys.group, run: () => place && setPanel('peek') },
  ]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <div className="page-full">
      <h1 className="sr-only">{eventTexts.page}</h1>
      <div className="events-bar">
        <QueryBar
          dataset="events"
          label={eventTexts.search}
          placeholder={eventTexts.placeholder}
          value={search.query ?? ''}
          onSearch={(query) => change({ query: query || undefined })}
          error={fault}
          group={keys.group}
          project={search.project}
        />
        <SavedSearches
          dataset="events"
          query={search.query ?? ''}
          onOpen={(saved) => change({ query: saved.query || undefined })}
        />
        <Button
          icon={<PanelLeft aria-hidden />}
          aria-expanded={hasFacets}
          onClick={() => setShowsFacets(!hasFacets)}
        >
          {eventTexts.facetsShow}
        </Button>
        <Button icon={<Group aria-hidden />} onClick={() => setPanel('group')}>
          {eventTexts.groupButton}
        </Button>
        {!isGrouped && (
          <Button icon={<Columns3 aria-hidden />} onClick={() => setPanel('columns')}>
            {eventTexts.columnsButton}
          </Button>
        )}
        <ExportButton
          question={questionOf(search)}
          fields={isGrouped ? fieldsOf(search) : [...new Set(['id', ...names])]}
          sort={isGrouped ? search.sort : undefined}
        />
      </div>
      <div className="explorer" data-facets={hasFacets || undefined}>
        {hasFacets && <Facets search={search} onTerm={addTerm} />}
        <div className="explorer-main">
          <EventsChart search={search} />
          {answer.isPending ? (
            <Skeleton rows={16} height={36} />
          ) : answer.data === undefined && !fault ? (
            <Fault error={answer.error} retry={() => void answer.refetch()} />
          ) : rows.length === 0 && !fault ? (
            <State
              title={eventTexts.none}
              action={
                search.query && (
                  <Button onClick={() => change({ query: undefined })}>{eventTexts.clear}</Button>
                )
              }
            >
              {eventTexts.noneWords}
            </State>
          ) : (
            <DataTable
              label={isGrouped ? eventTexts.groups : eventTexts.list}
              columns={columns}
              rows={rows}
              rowKey={(one) => keyOf(one, group)}
              current={current}
              onEnd={more}
              stale={answer.isPlaceholderData}
            />
          )}
        </div>
      </div>
      <Suspense>
        {panel === 'columns' && (
          <ColumnsDrawer
            columns={names}
            tags={tags}
            onChange={setColumns}
            onUsual={() => {
              forget();
              change({ columns: undefined });
            }}
            onClose={() => setPanel(undefined)}
          />
        )}
        {panel === 'group' && (
          <GroupDrawer
            group={group}
            figures={figures}
            tags={tags}
            onGroup={(next) => change({ group: next.join(',') || undefined, sort: undefined })}
            onFigures={(next) => change({ figures: next.join(','), sort: undefined })}
            onClose={() => setPanel(undefined)}
          />
        )}
        {panel === 'peek' && place && (
          <EventPeek
            id={place.event}
            issue={place.issue}
            title={textOf(row?.['title']) || place.event}
            onTerm={addTerm}
            onClose={() => setPanel(undefined)}
          />
        )}
      </Suspense>
    </div>
  );
}
