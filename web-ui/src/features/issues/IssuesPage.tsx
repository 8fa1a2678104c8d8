import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { ArrowDownWideNarrow } from 'lucide-react';
import { Suspense, lazy, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Issue, IssueSort } from '../../api/model';
import { useLive } from '../../app/live';
import { QueryBar } from '../../app/query/QueryBar';
import { SavedSearches } from '../../app/query/SavedSearches';
import { queryFault } from '../../app/query/fault';
import { useKept } from '../../app/query/useKept';
import { projectsQuery } from '../../app/queries';
import { DEFAULT_RANGE, projectsOf } from '../../app/search';
import { can, useSession } from '../../app/session';
import { useLook } from '../../app/theme';
import { useTitle } from '../../app/useTitle';
import { texts } from '../../texts/en';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Menu } from '../../ui/Menu';
import { Fault, Skeleton } from '../../ui/State';
import '../../ui/Tabs.css';
import { exactNumber } from '../../ui/format';
import { useHotkeys } from '../../ui/hotkeys';
import { PHONE, useMedia } from '../../ui/useMedia';
import { BulkBar } from './BulkBar';
import { Nothing } from './Nothing';
import { ReleaseFilters } from './ReleaseFilters';
import { useIssueActions } from './actions';
import { issueColumns } from './columns';
import './issues.css';
import { keepCurrent, keepList, lastCurrent } from './list';
import { SORTS, VIEWS, filterOf, issuesQuery, savedQueryOf, sortOf, viewOf, withView } from './queries';
import { issueTexts } from './texts';

const Peek = lazy(() => import('./Peek'));
const route = getRouteApi('/shell/issues');
const ROW = { comfortable: 52, compact: 36, phone: 84 };

function useSelection(issues: readonly Issue[]) {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const selected = useMemo(() => issues.filter((issue) => ids.has(issue.id)), [issues, ids]);
  const toggle = useCallback(
    (issue: Issue) =>
      setIds((before) => {
        const next = new Set(before);
        if (!next.delete(issue.id)) next.add(issue.id);
        return next;
      }),
    [],
  );
  const isAll = issues.length > 0 && selected.length === issues.length;
  const toggleAll = () => setIds(isAll ? new Set() : new Set(issues.map((issue) => issue.id)));
  const clear = useCallback(() => setIds(new Set()), []);
  return { ids, selected, toggle, isAll, toggleAll, clear };
}

/** The server tells of stored events at most once a second, so that for so long it may tell of what the list has already. */
const TOLD_LATE_MILLIS = 1_500;

/**
 * How many issues are new or changed since the list was loaded, as far as the scope wants them.
 *
 * @param isLoading whether the list is being read anew
 */
function useNews(search: ReturnType<typeof route.useSearch>, listed: readonly Issue[], isLoading: boolean) {
  const queries = useQueryClient();
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const loadedAt = useRef(0);
  const slugs = projectsOf(search);
  const isWanted = (projectId: number) => {
    const project = queries.getQueryData(projectsQuery.queryKey)?.find((one) => one.id === projectId);
    return slugs.length === 0 || (project !== undefined && slugs.includes(project.slug));
  };
  const add = (projectId: number, issues: readonly number[]) => {
    if (isWanted(projectId) && issues.length > 0) setIds((before) => new Set([...before, ...issues]));
  };
  const unlisted = (issues: readonly number[]) =>
    issues.filter((id) => listed.every((issue) => issue.id !== id));
  useLive('issue.new', (news) => add(news.project_id, unlisted([news.issue_id])));
  useLive('event.stored', ({ project_id, issue_ids }) =>
    add(project_id, Date.now() - loadedAt.current < TOLD_LATE_MILLIS ? unlisted(issue_ids) : issue_ids),
  );
  const [wasLoading, setWasLoading] = useState(isLoading);
  if (wasLoading !== isLoading) {
    setWasLoading(isLoading);
    if (!isLoading) setIds(new Set(unlisted([...ids])));
  }
  useEffect(() => {
    if (!isLoading) loadedAt.current = Date.now();
  }, [isLoading]);
  const key = JSON.stringify(search);
  const [shownKey, setShownKey] = useState(key);
  if (shownKey !== key) {
    setShownKey(key);
    setIds(new Set());
  }
  const show = () => {
    setIds(new Set());
    void queries.resetQueries({ queryKey: ['issues'] });
  };
  return { count: ids.size, show };
}

/** The list of issues: what broke, most pressing first, and what to do about it. */
export function IssuesPage() {
  useTitle(issueTexts.page);
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/issues' });
  const session = useSession();
  const look = useLook();
  const isPhone = useMedia(PHONE);
  const actions = useIssueActions();
  const answer = useInfiniteQuery(issuesQuery(search));
  const fault = queryFault(answer.error);
  const kept = useKept(answer.data);
  const data = fault ? kept : answer.data;
  const issues = useMemo(() => data?.pages.flatMap((page) => page.results) ?? [], [data]);
  const total = data?.pages[0]?.total ?? null;
  const selection = useSelection(issues);
  const news = useNews(search, issues, answer.isFetching && !answer.isFetchingNextPage);
  const [current, setCurrent] = useState<number | undefined>(lastCurrent);
  const canChange = can(session, 'event:write');
  useEffect(() => keepList(issues.map((issue) => issue.id)), [issues]);
  useEffect(() => keepCurrent(current), [current]);

  const at = issues.findIndex((issue) => issue.id === current);
  const step = (by: 1 | -1) =>
    setCurrent(issues[Math.max(0, Math.min(issues.length - 1, at < 0 ? 0 : at + by))]?.id);
  const targets = () =>
    selection.selected.length > 0 ? selection.selected : issues.slice(at, at < 0 ? 0 : at + 1);
  const change = (status: Issue['status']) => {
    const chosen = targets();
    // The row below takes the place of one that leaves the list.
    if (chosen.length === 1 && chosen[0]?.id === current) setCurrent((issues[at + 1] ?? issues[at - 1])?.id);
    selection.clear();
    void actions.change(chosen, { status });
  };
  const open = () => {
    if (current !== undefined) void navigate({ to: '/issues/$id', params: { id: current } });
  };
  const [isPeeking, setPeeking] = useState(false);
  const peeked = isPeeking ? issues[at] : undefined;
  const group = issueTexts.keys.group;
  useHotkeys([
    { keys: 'j', label: issueTexts.keys.next, group, run: () => step(1) },
    { keys: 'k', label: issueTexts.keys.previous, group, run: () => step(-1) },
    { keys: 'o', label: issueTexts.keys.open, group, run: open },
    { keys: 'Enter', label: issueTexts.keys.open, group, run: open },
    { keys: 'Space', label: issueTexts.keys.peek, group, run: () => setPeeking(at >= 0) },
    { keys: '.', label: issueTexts.keys.fresh, group, run: news.show },
    ...(canChange
      ? [
          {
            keys: 'x',
            label: issueTexts.keys.select,
            group,
            run: () => at >= 0 && selection.toggle(issues[at]!),
          },
          { keys: 'e', label: issueTexts.resolve, group, run: () => change('resolved') },
          { keys: 'm', label: issueTexts.ignore, group, run: () => change('ignored') },
          {
            keys: 'a',
            label: issueTexts.assignToMe,
            group,
            run: () => void actions.change(targets(), { assignee: session.user }),
          },
        ]
      : []),
  ]);

  const sort = search.sort ?? 'last_seen';
  const sortBy = useCallback(
    (next: IssueSort) =>
      void navigate({
        search: (before) => ({ ...before, sort: next === 'last_seen' ? undefined : next }),
      }),
    [navigate],
  );
  const rangeWords = search.start ? '' : texts.ranges[search.range ?? DEFAULT_RANGE];
  const columns = useMemo(
    () =>
      issueColumns({
        selected: selection.ids,
        toggle: selection.toggle,
        sort,
        sortBy,
        isAllSelected: selection.isAll,
        toggleAll: selection.toggleAll,
        countWords: issueTexts.count(exactNumber(total ?? issues.length)),
        rangeWords,
        canChange,
      }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- toggleAll changes with isAll and the issues
    [selection.ids, selection.isAll, issues, sort, sortBy, total, rangeWords, canChange],
  );
  const choose = useCallback((issue: Issue) => setCurrent(issue.id), []);
  const view = viewOf(search);
  const searchFor = (query: string, order?: string) =>
    void navigate({
      search: (before) => ({
        ...before,
        query: query || undefined,
        ...(order === undefined ? {} : { sort: sortOf(order) }),
      }),
    });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  return (
    <div className="page-full">
      <h1 className="sr-only">{issueTexts.page}</h1>
      <div className="issues-search">
        <QueryBar
          dataset="issues"
          label={issueTexts.search}
          placeholder={issueTexts.placeholder}
          value={search.query ?? ''}
          onSearch={searchFor}
          error={fault}
          group={group}
          project={search.project}
        />
        <SavedSearches
          dataset="issues"
          query={savedQueryOf(search)}
          sort={search.sort}
          onOpen={(saved) => searchFor(saved.query, saved.sort ?? 'last_seen')}
        />
        <ReleaseFilters />
      </div>
      <div className="issues-bar">
        {selection.selected.length > 0 ? (
          <BulkBar
            selected={selection.selected}
            matching={total}
            filter={filterOf(search)}
            clear={selection.clear}
          />
        ) : (
          <>
            <nav className="tabs" aria-label={issueTexts.viewsLabel}>
              {VIEWS.map((one) => (
                <Link
                  key={one}
                  to="/issues"
                  search={withView(search, one)}
                  activeOptions={{ exact: true, explicitUndefined: true }}
                  className="tab"
                  aria-current={view === one ? 'page' : undefined}
                >
                  {issueTexts.views[one]}
                </Link>
              ))}
            </nav>
            <Menu
              align="end"
              trigger={
                <Button look="quiet" icon={<ArrowDownWideNarrow aria-hidden />}>
                  {issueTexts.sorts[sort]}
                </Button>
              }
              entries={SORTS.map((one) => ({
                label: issueTexts.sorts[one],
                run: () => sortBy(one),
                checked: sort === one,
              }))}
            />
          </>
        )}
      </div>
      {news.count > 0 && (
        <button type="button" className="issues-news" onClick={news.show}>
          {issueTexts.fresh(news.count)} <kbd className="key">.</kbd>
        </button>
      )}
      {answer.isPending ? (
        <Skeleton rows={14} height={ROW[look.density]} />
      ) : answer.data === undefined && !fault ? (
        <Fault error={answer.error} retry={() => void answer.refetch()} />
      ) : issues.length === 0 && !fault ? (
        <Nothing />
      ) : (
        <DataTable
          label={issueTexts.list}
          columns={columns}
          rows={issues}
          rowKey={(issue) => issue.id}
          rowHeight={isPhone ? ROW.phone : ROW[look.density]}
          total={total ?? -1}
          current={current}
          isSelected={(issue) => selection.ids.has(issue.id)}
          onEnd={more}
          onRowClick={choose}
          stale={answer.isPlaceholderData}
        />
      )}
      {peeked && (
        <Suspense fallback={null}>
          <Peek issue={peeked} onClose={() => setPeeking(false)} />
        </Suspense>
      )}
    </div>
  );
}
