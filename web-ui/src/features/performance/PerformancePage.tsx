import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import type { Endpoint } from '../../api/model';
import { projectsQuery } from '../../app/queries';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { SdkText } from '../../ui/SdkText';
import { SearchBar } from '../../ui/SearchBar';
import { Fault, Skeleton, State } from '../../ui/State';
import { shortNumber } from '../../ui/format';
import { PerformanceTabs } from './PerformanceTabs';
import './performance.css';
import { NO_WORD, type Sort, endpointsQuery, sortOf } from './queries';
import { performanceTexts as texts } from './texts';
import { milliseconds, percent, trendWords } from './words';

const route = getRouteApi('/shell/performance');
const OTHER = '<other>';

function Trend({ endpoint }: { endpoint: Endpoint }) {
  const words = trendWords(endpoint.trend, endpoint.before.transactions === 0);
  const isSlower = words.endsWith('slower');
  const isFaster = words.endsWith('faster');
  return (
    <span className={isSlower ? 'trend trend-slower' : isFaster ? 'trend trend-faster' : 'trend meta'}>
      {isSlower && <ArrowUp aria-hidden />}
      {isFaster && <ArrowDown aria-hidden />}
      {words}
    </span>
  );
}

function columnsOf(
  slugs: ReadonlyMap<number, string>,
  sort: Sort,
  setSort: (sort: Sort) => void,
): Column<Endpoint>[] {
  const figure = (
    name: Exclude<Sort, 'trend'>,
    width: string,
    cell: (endpoint: Endpoint) => React.ReactNode,
    from?: 'tablet' | 'desk',
  ): Column<Endpoint> => ({
    name,
    head: texts.columns[name],
    width,
    align: 'end',
    cell,
    sort: () => setSort(name),
    sorted: sort === name ? 'descending' : undefined,
    ...(from ? { from } : {}),
  });
  return [
    {
      name: 'name',
      head: texts.columns.name,
      width: 'minmax(140px, 3fr)',
      cell: ({ project_id: id, name, op, http_method: method }) =>
        name === OTHER ? (
          <span className="meta">{texts.others}</span>
        ) : (
          <Link
            className="endpoint-link"
            to="/performance/endpoint"
            search={{
              of: slugs.get(id) ?? String(id),
              name,
              op: op || NO_WORD,
              method: method || NO_WORD,
            }}
            preload="intent"
          >
            <SdkText inList>{name}</SdkText>
            {op && <span className="meta endpoint-op">{op}</span>}
          </Link>
        ),
    },
    {
      name: 'project',
      head: texts.columns.project,
      width: '120px',
      from: 'desk',
      cell: ({ project_id: id }) => <span className="mono">{slugs.get(id) ?? id}</span>,
    },
    figure('throughput', '88px', ({ now }) => shortNumber(Number(now.per_minute.toPrecision(3))), 'tablet'),
    figure('p50', '84px', ({ now }) => milliseconds(now.p50), 'tablet'),
    figure('p75', '84px', ({ now }) => milliseconds(now.p75), 'desk'),
    figure('p95', '84px', ({ now }) => milliseconds(now.p95)),
    figure('p99', '84px', ({ now }) => milliseconds(now.p99), 'desk'),
    figure('failure_rate', '72px', ({ now }) => percent(now.failure_rate)),
    figure('time_spent', '96px', ({ now }) => milliseconds(now.total_ms), 'desk'),
    {
      name: 'trend',
      head: texts.columns.trend,
      width: '136px',
      from: 'tablet',
      cell: (endpoint) => <Trend endpoint={endpoint} />,
      sort: () => setSort('trend'),
      sorted: sort === 'trend' ? 'descending' : undefined,
    },
  ];
}

/** How the endpoints of a scope fare, those first that one sorts by. */
export function PerformancePage() {
  useTitle(texts.page);
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/performance' });
  const answer = useInfiniteQuery(endpointsQuery(search));
  const { data: projects = [] } = useQuery(projectsQuery);
  const endpoints = useMemo(() => answer.data?.pages.flatMap((page) => page.results) ?? [], [answer.data]);
  const sort = sortOf(search);
  const columns = useMemo(
    () =>
      columnsOf(
        new Map(projects.map((project) => [project.id, project.slug])),
        sort,
        (next) => void navigate({ search: (before) => ({ ...before, sort: next }) }),
      ),
    [projects, sort, navigate],
  );
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const searchFor = (query: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, query: query || undefined }) });
  return (
    <div className="page-full">
      <h1 className="sr-only">{texts.page}</h1>
      <PerformanceTabs />
      <div className="performance-bar">
        <SearchBar
          label={texts.search}
          placeholder={texts.placeholder}
          value={search.query ?? ''}
          onSearch={searchFor}
          group={texts.page}
        />
      </div>
      {answer.isPending ? (
        <Skeleton rows={16} height={36} />
      ) : answer.data === undefined ? (
        <Fault error={answer.error} retry={() => void answer.refetch()} />
      ) : endpoints.length === 0 && search.query ? (
        <State
          title={texts.noMatch}
          action={<Button onClick={() => searchFor(undefined)}>{texts.clear}</Button>}
        />
      ) : endpoints.length === 0 ? (
        <State title={texts.none}>{texts.noneWords}</State>
      ) : (
        <DataTable
          label={texts.list}
          columns={columns}
          rows={endpoints}
          rowKey={({ project_id: id, name, op, http_method: method }) => `${id} ${method} ${op} ${name}`}
          onEnd={more}
          stale={answer.isPlaceholderData}
        />
      )}
    </div>
  );
}
