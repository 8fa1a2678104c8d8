import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Monitor } from '../../api/model';
import { projectsOf } from '../../app/search';
import { can, useSession } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { SearchBar } from '../../ui/SearchBar';
import { Missing, State } from '../../ui/State';
import { MonitorForm } from './MonitorForm';
import { Environments, scheduleWords } from './MonitorStatus';
import { Snippets } from './Snippets';
import './crons.css';
import { monitorsQuery } from './queries';
import { cronTexts as texts } from './texts';

const route = getRouteApi('/shell/crons');

function Row({ monitor }: { monitor: Monitor }) {
  return (
    <li className="card cron-row">
      <div className="cron-name">
        <Link to="/crons/$id" params={{ id: monitor.id }}>
          {monitor.name}
        </Link>
        <span className="meta">
          {monitor.project.slug}, {scheduleWords(monitor)}
        </span>
        {monitor.status !== 'active' && (
          <span>
            <Badge>{texts.statuses[monitor.status] ?? monitor.status}</Badge>
          </span>
        )}
      </div>
      <Environments monitor={monitor} />
    </li>
  );
}

/** Jobs that run by a schedule, and how they fare. */
export function CronsPage() {
  useTitle(texts.page);
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/crons' });
  const session = useSession();
  const [isAdding, setAdding] = useState(false);
  const answer = useInfiniteQuery(monitorsQuery(search));
  const monitors = answer.data?.pages.flatMap((page) => page.results);
  const slug = projectsOf(search)[0];
  const add = can(session, 'alerts:write') && (
    <Button look="primary" onClick={() => setAdding(true)}>
      {texts.add}
    </Button>
  );
  const isEmpty = monitors?.length === 0 && !search.query;
  return (
    <div className="page cron-page">
      <div className="cron-head">
        <h1>{texts.page}</h1>
        {monitors && !isEmpty && add}
      </div>
      {!isEmpty && (
        <SearchBar
          label={texts.find}
          placeholder={texts.find}
          group={texts.page}
          value={search.query ?? ''}
          onSearch={(query) =>
            void navigate({ search: (before) => ({ ...before, query: query || undefined }) })
          }
        />
      )}
      {monitors === undefined ? (
        <Missing asked={answer} />
      ) : isEmpty ? (
        <>
          <State title={texts.none} action={add}>
            {texts.noneWords}
          </State>
          <Snippets slug={slug} monitor="nightly-backup" />
        </>
      ) : monitors.length === 0 ? (
        <State title={texts.nothingFound} />
      ) : (
        <ul className="cron-list" aria-label={texts.list}>
          {monitors.map((monitor) => (
            <Row key={monitor.id} monitor={monitor} />
          ))}
        </ul>
      )}
      {answer.hasNextPage && (
        <Button busy={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
          {texts.more}
        </Button>
      )}
      {isAdding && <MonitorForm slug={slug} onClose={() => setAdding(false)} />}
    </div>
  );
}
