import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { EventSummary } from '../../api/model';
import { QueryBar } from '../../app/query/QueryBar';
import { SavedSearches } from '../../app/query/SavedSearches';
import { queryFault } from '../../app/query/fault';
import { useKept } from '../../app/query/useKept';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { LevelMark } from '../../ui/LevelMark';
import { SdkText } from '../../ui/SdkText';
import { Fault, Skeleton, State } from '../../ui/State';
import { When } from '../../ui/When';
import { useHotkeys } from '../../ui/hotkeys';
import './issues.css';
import { issueEventsQuery, issueQuery } from './pageQueries';
import { pageTexts } from './pageTexts';
import { issueTexts } from './texts';

const route = getRouteApi('/shell/issues/$id/events');
const texts = pageTexts.eventList;

function optional(text: string | null | undefined) {
  return text ? <SdkText inList>{text}</SdkText> : <span className="meta">–</span>;
}

const columnsOf = (issue: number): Column<EventSummary>[] => [
  {
    name: 'level',
    head: <span className="sr-only">{texts.level}</span>,
    width: '20px',
    cell: (event) => <LevelMark level={event.level} />,
  },
  {
    name: 'time',
    head: texts.time,
    width: 'minmax(172px, auto)',
    cell: (event) => (
      <Link
        to="/issues/$id"
        params={{ id: issue }}
        search={(before) => ({ ...before, event: event.id })}
        preload="intent"
      >
        <When at={event.timestamp} form="local" />
      </Link>
    ),
  },
  {
    name: 'title',
    head: texts.title,
    width: 'minmax(200px, 2fr)',
    from: 'tablet',
    cell: (event) => <SdkText inList>{event.title}</SdkText>,
  },
  {
    name: 'environment',
    head: texts.environment,
    width: '110px',
    cell: (event) => optional(event.environment),
  },
  {
    name: 'release',
    head: texts.release,
    width: '140px',
    from: 'tablet',
    cell: (event) => optional(event.release),
  },
  {
    name: 'user',
    head: texts.user,
    width: '150px',
    from: 'desk',
    cell: (event) => optional(event.tags['user']?.replace(/^(id|email|username|ip):/, '')),
  },
];

/** All events of one issue, the newest first, and those that a search finds. */
export function IssueEventsPage() {
  const { id } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/issues/$id/events' });
  const { data: issue } = useQuery(issueQuery(id));
  useTitle(issue ? texts.page(issue.short_id) : texts.list);
  const answer = useInfiniteQuery(issueEventsQuery(id, search.query));
  const fault = queryFault(answer.error);
  const kept = useKept(answer.data);
  const data = fault ? kept : answer.data;
  const events = useMemo(() => data?.pages.flatMap((page) => page.results) ?? [], [data]);
  const columns = useMemo(() => columnsOf(id), [id]);
  const [current, setCurrent] = useState<string>();
  const at = events.findIndex((event) => event.id === current);
  const step = (by: 1 | -1) =>
    setCurrent(events[Math.max(0, Math.min(events.length - 1, at < 0 ? 0 : at + by))]?.id);
  const open = () => {
    const event = events[at];
    if (event) void navigate({ to: '/issues/$id', params: { id }, search: { event: event.id } });
  };
  const { group } = issueTexts.keys;
  useHotkeys([
    { keys: 'j', label: texts.next, group, run: () => step(1) },
    { keys: 'k', label: texts.previous, group, run: () => step(-1) },
    { keys: 'o', label: texts.open, group, run: open },
    { keys: 'Enter', label: texts.open, group, run: open },
    { keys: 'u', label: texts.back, group, run: () => void navigate({ to: '/issues/$id', params: { id } }) },
  ]);
  const searchFor = (query: string) =>
    void navigate({ search: (before) => ({ ...before, query: query || undefined }) });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <div className="page-full">
      <div className="issue-events-head">
        <h1>{texts.list}</h1>
        {issue && (
          <Link to="/issues/$id" params={{ id }}>
            {issue.short_id} <SdkText inList>{issue.title}</SdkText>
          </Link>
        )}
      </div>
      <div className="issues-search issue-events-search">
        <QueryBar
          dataset="events"
          label={texts.search}
          placeholder={texts.placeholder}
          value={search.query ?? ''}
          onSearch={searchFor}
          error={fault}
          group={group}
          project={issue?.project.slug}
        />
        <SavedSearches
          dataset="events"
          query={search.query ?? ''}
          onOpen={(saved) => searchFor(saved.query)}
        />
      </div>
      {answer.isPending ? (
        <Skeleton rows={16} height={36} />
      ) : answer.data === undefined && !fault ? (
        <Fault error={answer.error} retry={() => void answer.refetch()} />
      ) : events.length === 0 && !fault ? (
        <State
          title={texts.none}
          action={search.query && <Button onClick={() => searchFor('')}>{issueTexts.empty.clear}</Button>}
        >
          {search.query ? texts.noneWords : texts.noneKept}
        </State>
      ) : (
        <DataTable
          label={texts.list}
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
