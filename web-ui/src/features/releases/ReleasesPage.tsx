import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { ReleaseSort } from '../../api/model';
import { projectsOf } from '../../app/search';
import { can, useSession } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { DataTable } from '../../ui/DataTable';
import { Menu } from '../../ui/Menu';
import { SearchBar } from '../../ui/SearchBar';
import { Fault, Skeleton, State } from '../../ui/State';
import { useHotkeys } from '../../ui/hotkeys';
import { NewRelease } from './NewRelease';
import { releaseColumns } from './columns';
import { releasesQuery } from './queries';
import './releases.css';
import { releaseTexts } from './texts';

const route = getRouteApi('/shell/releases');
const ROW = 56;

/** The releases of the projects, and how they fare. */
export function ReleasesPage() {
  useTitle(releaseTexts.page);
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/releases' });
  const session = useSession();
  const [isAdding, setAdding] = useState(false);
  const [current, setCurrent] = useState<number>();
  const answer = useInfiniteQuery(releasesQuery(search));
  const releases = useMemo(() => answer.data?.pages.flatMap((page) => page.results) ?? [], [answer.data]);
  const sort = search.sort ?? 'date';
  const sortBy = useCallback(
    (next: ReleaseSort) =>
      void navigate({ search: (before) => ({ ...before, sort: next === 'date' ? undefined : next }) }),
    [navigate],
  );
  const columns = useMemo(() => releaseColumns(sort, sortBy), [sort, sortBy]);
  const at = releases.findIndex((release) => release.id === current);
  const step = (by: 1 | -1) =>
    setCurrent(releases[Math.max(0, Math.min(releases.length - 1, at < 0 ? 0 : at + by))]?.id);
  const open = () => {
    if (current !== undefined) void navigate({ to: '/releases/$id', params: { id: current } });
  };
  const { group } = releaseTexts.keys;
  useHotkeys([
    { keys: 'j', label: releaseTexts.keys.next, group, run: () => step(1) },
    { keys: 'k', label: releaseTexts.keys.previous, group, run: () => step(-1) },
    { keys: 'o', label: releaseTexts.keys.open, group, run: open },
    { keys: 'Enter', label: releaseTexts.keys.open, group, run: open },
  ]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = answer;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const add = can(session, 'project:releases') && (
    <Button look="primary" onClick={() => setAdding(true)}>
      {releaseTexts.add.button}
    </Button>
  );
  const { shown } = releaseTexts;
  const isNarrowed =
    search.query !== undefined || search.archived !== undefined || search.environment !== undefined;
  return (
    <div className="page-full">
      <h1 className="sr-only">{releaseTexts.page}</h1>
      <div className="releases-bar">
        <SearchBar
          label={releaseTexts.search}
          placeholder={releaseTexts.placeholder}
          value={search.query ?? ''}
          onSearch={(query) =>
            void navigate({ search: (before) => ({ ...before, query: query || undefined }) })
          }
          group={group}
        />
        <Menu
          align="end"
          trigger={<Button>{search.archived ? shown.archived : shown.current}</Button>}
          entries={[undefined, 'yes' as const].map((archived) => ({
            label: archived ? shown.archived : shown.current,
            run: () => void navigate({ search: (before) => ({ ...before, archived }) }),
            checked: search.archived === archived,
          }))}
        />
        {releases.length > 0 && add}
      </div>
      {answer.isPending ? (
        <Skeleton rows={12} height={ROW} />
      ) : answer.data === undefined ? (
        <Fault error={answer.error} retry={() => void answer.refetch()} />
      ) : releases.length === 0 && isNarrowed ? (
        <State
          title={releaseTexts.noMatch}
          action={
            search.query && (
              <Button
                onClick={() => void navigate({ search: (before) => ({ ...before, query: undefined }) })}
              >
                {releaseTexts.clear}
              </Button>
            )
          }
        >
          {releaseTexts.noMatchWords}
        </State>
      ) : releases.length === 0 ? (
        <State title={releaseTexts.none} action={add}>
          {releaseTexts.noneWords}
        </State>
      ) : (
        <DataTable
          label={releaseTexts.list}
          columns={columns}
          rows={releases}
          rowKey={(release) => release.id}
          rowHeight={ROW}
          current={current}
          onEnd={more}
          onRowClick={(release) => setCurrent(release.id)}
          stale={answer.isPlaceholderData}
        />
      )}
      {isAdding && <NewRelease slug={projectsOf(search)[0]} onClose={() => setAdding(false)} />}
    </div>
  );
}
