import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { UptimeCheck } from '../../api/model';
import { projectsOf } from '../../app/search';
import { can, useSession } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { Missing, State } from '../../ui/State';
import { UptimeBar } from './UptimeBar';
import { UptimeForm } from './UptimeForm';
import { UptimeShares, UptimeStatus } from './UptimeStatus';
import { checksQuery } from './queries';
import { uptimeTexts as texts } from './texts';
import './uptime.css';

const route = getRouteApi('/shell/uptime');

function Row({ check }: { check: UptimeCheck }) {
  return (
    <li className="card uptime-row">
      <div className="uptime-name">
        <Link to="/uptime/$id" params={{ id: check.id }}>
          {check.name}
        </Link>
        <span className="meta uptime-url">{check.url}</span>
        <span className="meta">
          {check.project.slug}, {texts.every(check.interval_minutes)}
        </span>
      </div>
      <UptimeStatus check={check} />
      <UptimeBar spans={check.spans} />
      <UptimeShares check={check} />
    </li>
  );
}

/** What is checked, and whether it is there. */
export function UptimePage() {
  useTitle(texts.page);
  const search = route.useSearch();
  const session = useSession();
  const [isAdding, setAdding] = useState(false);
  const answer = useQuery(checksQuery(search));
  const add = can(session, 'alerts:write') && (
    <Button look="primary" onClick={() => setAdding(true)}>
      {texts.add}
    </Button>
  );
  return (
    <div className="page uptime-page">
      <div className="uptime-head">
        <h1>{texts.page}</h1>
        {answer.data && answer.data.length > 0 && add}
      </div>
      {answer.data === undefined ? (
        <Missing asked={answer} />
      ) : answer.data.length === 0 ? (
        <State title={texts.none} action={add}>
          {texts.noneWords}
        </State>
      ) : (
        <ul className="uptime-list" aria-label={texts.list}>
          {answer.data.map((check) => (
            <Row key={check.id} check={check} />
          ))}
        </ul>
      )}
      {isAdding && <UptimeForm slug={projectsOf(search)[0]} onClose={() => setAdding(false)} />}
    </div>
  );
}
