import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Radio, X } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { RequestFailed } from '../../api/client';
import { projectsQuery } from '../../app/queries';
import { projectsOf } from '../../app/search';
import { QueryBar } from '../../app/query/QueryBar';
import { SavedSearches } from '../../app/query/SavedSearches';
import { queryFault } from '../../app/query/fault';
import { useTitle } from '../../app/useTitle';
import { Button, IconButton } from '../../ui/Button';
import { LevelMark } from '../../ui/LevelMark';
import { Fault, Skeleton, State } from '../../ui/State';
import { exactNumber } from '../../ui/format';
import { useHotkeys } from '../../ui/hotkeys';
import { LogSetup } from './LogSetup';
import { LogStream } from './LogStream';
import { LogsChart } from './LogsChart';
import './logs.css';
import { LEVELS, anyLogQuery, levelsOf, logFilter, logsQuery, narrowed, toggled } from './queries';
import { EMPTY_TAIL, type Tail, merged, told } from './tail';
import { logTexts as texts } from './texts';
import { useLogTail } from './useLogTail';

const route = getRouteApi('/shell/logs');

/** What came in is of one search: another one begins without. */
interface Followed {
  of: string;
  /** Shown. */
  tail: Tail;
  /** Came while somebody read further down. */
  held: Tail;
  isTooSlow: boolean;
  /** Whether the newest are in sight. */
  isAtTop: boolean;
}

/** Logs, the newest first, and those that come in while one looks. */
export function LogsPage() {
  useTitle(texts.page);
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/logs' });
  const queries = useQueryClient();
  const answer = useInfiniteQuery(logsQuery(search));
  const { data: projects = [] } = useQuery(projectsQuery);
  const slugs = useMemo(() => new Map(projects.map((project) => [project.id, project.slug])), [projects]);
  const [isFollowing, setFollowing] = useState(false);
  const [current, setCurrent] = useState<string>();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const scroller = useRef<HTMLDivElement>(null);
  const searched = JSON.stringify(search);
  const nothing: Followed = {
    of: searched,
    tail: EMPTY_TAIL,
    held: EMPTY_TAIL,
    isTooSlow: false,
    isAtTop: true,
  };
  const [kept, setKept] = useState(nothing);
  const followed = kept.of === searched ? kept : nothing;
  const change = (next: (before: Followed) => Followed) =>
    setKept((before) => next(before.of === searched ? before : nothing));
  // A range that ended has nothing new.
  const canFollow = search.end === undefined;
  const isPlain = !search.query && !search.level && !search.trace;
  const filter = logFilter(search);
  const tailState = useLogTail(filter, isFollowing && canFollow, {
    onReady: () => {
      void queries.invalidateQueries({ queryKey: ['logs', search] });
      void queries.invalidateQueries({ queryKey: ['any-log'] });
    },
    onLogs: (logs, leftOut) =>
      change((before) =>
        before.isAtTop
          ? { ...before, isTooSlow: false, tail: told(before.tail, logs, leftOut) }
          : { ...before, isTooSlow: false, held: told(before.held, logs, leftOut) },
      ),
    onSkipped: () => change((before) => ({ ...before, isTooSlow: true })),
  });
  const showHeld = () =>
    change((before) => ({
      ...before,
      tail: told(before.tail, before.held.fresh.toReversed(), before.held.leftOut),
      held: EMPTY_TAIL,
    }));
  const read = useMemo(() => answer.data?.pages.flatMap((page) => page.results) ?? [], [answer.data]);
  const logs = useMemo(() => merged(followed.tail.fresh, read), [followed.tail, read]);
  const isEmpty = answer.data !== undefined && logs.length === 0;
  const any = useQuery({ ...anyLogQuery(projectsOf(search)), enabled: isEmpty && isPlain });
  const at = logs.findIndex((log) => log.id === current);
  const step = (by: 1 | -1) =>
    setCurrent(logs[Math.max(0, Math.min(logs.length - 1, at < 0 ? 0 : at + by))]?.id);
  const toggle = useCallback((id: string) => {
    setCurrent(id);
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const { group } = texts.keys;
  useHotkeys([
    { keys: 'j', label: texts.keys.next, group, run: () => step(1) },
    { keys: 'k', label: texts.keys.previous, group, run: () => step(-1) },
    { keys: 'o', label: texts.keys.open, group, run: () => current && toggle(current) },
    { keys: 'f', label: texts.keys.follow, group, run: () => setFollowing(!isFollowing) },
  ]);
  const onTop = (isAtTop: boolean) => {
    if (isAtTop !== followed.isAtTop) change((before) => ({ ...before, isAtTop }));
    if (isAtTop && followed.held.fresh.length > 0) showHeld();
  };
  const isBadQuery = answer.error instanceof RequestFailed && answer.error.status === 400;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const chosen = levelsOf(search);
  const leftOut = followed.tail.leftOut + followed.held.leftOut;
  const clear = (
    <Button
      onClick={() =>
        void navigate({
          search: (before) => ({ ...before, query: undefined, level: undefined, trace: undefined }),
        })
      }
    >
      {texts.clear}
    </Button>
  );
  return (
    <div className="page-full">
      <h1 className="sr-only">{texts.page}</h1>
      <div className="logs-bar">
        <QueryBar
          dataset="logs"
          label={texts.search}
          placeholder={texts.placeholder}
          value={search.query ?? ''}
          onSearch={(query) =>
            void navigate({ search: (before) => ({ ...before, query: query || undefined }) })
          }
          error={queryFault(answer.error)}
          group={group}
          project={search.project}
        />
        <SavedSearches
          dataset="logs"
          query={search.query ?? ''}
          onOpen={(saved) =>
            void navigate({ search: (before) => ({ ...before, query: saved.query || undefined }) })
          }
        />
        <Button
          icon={<Radio aria-hidden />}
          aria-pressed={isFollowing && canFollow}
          disabled={!canFollow}
          onClick={() => setFollowing(!isFollowing)}
        >
          {tailState === 'live' ? texts.following : texts.follow}
        </Button>
      </div>
      <div className="logs-chips" role="group" aria-label={texts.levels}>
        {LEVELS.map((level) => (
          <button
            key={level}
            type="button"
            className="logs-chip"
            aria-pressed={chosen.includes(level)}
            onClick={() =>
              void navigate({ search: (before) => ({ ...before, level: toggled(before, level) }) })
            }
          >
            <span aria-hidden className="logs-chip-mark">
              <LevelMark level={level} />
            </span>
            {texts.level[level]}
          </button>
        ))}
        {search.trace && (
          <span className="logs-trace mono">
            {texts.ofTrace(search.trace.slice(0, 8))}
            <IconButton
              label={texts.allTraces}
              onClick={() => void navigate({ search: (before) => ({ ...before, trace: undefined }) })}
            >
              <X aria-hidden />
            </IconButton>
          </span>
        )}
        <span className="logs-said" role="status">
          {tailState === 'waiting' && texts.waiting}
          {followed.isTooSlow ? texts.skipped : leftOut > 0 && texts.leftOut(exactNumber(leftOut))}
        </span>
      </div>
      {!(isEmpty && isPlain && any.data === false) && <LogsChart />}
      <div className="logs-place">
        {followed.held.fresh.length > 0 && (
          <Button
            look="primary"
            className="logs-fresh"
            onClick={() => {
              showHeld();
              scroller.current?.scrollTo({ top: 0 });
            }}
          >
            {texts.fresh(exactNumber(followed.held.fresh.length))}
          </Button>
        )}
        {answer.isPending ? (
          <Skeleton rows={16} height={30} />
        ) : answer.data === undefined && !isBadQuery ? (
          <Fault error={answer.error} retry={() => void answer.refetch()} />
        ) : isEmpty && isPlain && any.data === false ? (
          <LogSetup />
        ) : isEmpty && !isBadQuery ? (
          <State title={texts.none} action={!isPlain && clear}>
            {texts.noneWords}
          </State>
        ) : (
          <LogStream
            key={searched}
            scroller={scroller}
            logs={logs}
            slugs={slugs}
            current={current}
            open={open}
            onToggle={toggle}
            narrow={(key, value, isWanted) =>
              void navigate({
                search: (before) => ({ ...before, query: narrowed(before.query, key, value, isWanted) }),
              })
            }
            onEnd={more}
            onTop={onTop}
            stale={answer.isPlaceholderData}
          />
        )}
      </div>
    </div>
  );
}
