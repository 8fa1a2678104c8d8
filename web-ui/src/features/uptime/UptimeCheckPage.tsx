import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, value } from '../../api/client';
import type { UptimeCheck } from '../../api/model';
import { can, useSession } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Missing } from '../../ui/State';
import { TimeChart } from '../../ui/TimeChart';
import { toast } from '../../ui/Toasts';
import { When } from '../../ui/When';
import { UptimeBar } from './UptimeBar';
import { UptimeForm } from './UptimeForm';
import { UptimeShares, UptimeStatus } from './UptimeStatus';
import { checkQuery, resultsQuery } from './queries';
import { uptimeTexts as texts } from './texts';
import './uptime.css';

const route = getRouteApi('/shell/uptime/$id');

function Actions({ check }: { check: UptimeCheck }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const session = useSession();
  const [isEditing, setEditing] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const [isBusy, setBusy] = useState(false);
  if (!can(session, 'alerts:write')) return null;
  const params = { path: { id: check.id } };
  const run = async () => {
    setBusy(true);
    try {
      await value(api.POST('/api/v1/uptime-checks/{id}/run', { params }));
      await queries.invalidateQueries({ queryKey: ['uptime'] });
      toast(texts.ran);
    } catch (e) {
      toast(e instanceof Error ? e.message : String(e));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="row-actions">
      {check.enabled && (
        <Button look="primary" busy={isBusy} onClick={() => void run()}>
          {texts.run}
        </Button>
      )}
      <Button onClick={() => setEditing(true)}>{texts.edit}</Button>
      <Button look="danger" onClick={() => setRemoving(true)}>
        {texts.remove}
      </Button>
      {isEditing && <UptimeForm check={check} onClose={() => setEditing(false)} />}
      <Confirm
        open={isRemoving}
        onClose={() => setRemoving(false)}
        title={texts.removeTitle(check.name)}
        action={texts.remove}
        run={async () => {
          await value(api.DELETE('/api/v1/uptime-checks/{id}', { params }));
          await queries.invalidateQueries({ queryKey: ['uptime', 'list'] });
          toast(texts.removed);
          await navigate({ to: '/uptime' });
        }}
      >
        <p>{texts.removeWords}</p>
      </Confirm>
    </div>
  );
}

function About({ check }: { check: UptimeCheck }) {
  const { facts } = texts;
  const rows: [string, React.ReactNode][] = [
    [facts.project, check.project.slug],
    [facts.request, `${check.method}, ${texts.every(check.interval_minutes)}`],
    [facts.timeout, facts.seconds(check.timeout_seconds)],
    [facts.status, check.expected_status],
    [facts.text, check.expected_text ?? facts.anyText],
    [facts.failures, texts.failing(check.failures)],
    [facts.environment, check.environment ?? '–'],
    [facts.last, <When key="last" at={check.last?.at} />],
    [facts.location, check.last?.location ?? '–'],
    [facts.next, <When key="next" at={check.next_at} />],
  ];
  return (
    <dl className="card facts fact-list" aria-label={facts.title}>
      {rows.map(([name, words]) => (
        <div key={name} className="fact-row">
          <dt>{name}</dt>
          <dd>{words}</dd>
        </div>
      ))}
    </dl>
  );
}

function Results({ check }: { check: UptimeCheck }) {
  const { results: words } = texts;
  const answer = useInfiniteQuery(resultsQuery(check.id, check.last?.at));
  if (!answer.data) return <Missing asked={answer} rows={4} />;
  const results = answer.data.pages.flatMap((page) => page.results);
  return (
    <section className="card uptime-results" aria-label={words.title}>
      <h2>{words.title}</h2>
      {results.length === 0 ? (
        <p className="meta">{words.none}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keys
        <div className="uptime-scroll" tabIndex={0} role="group" aria-label={words.title}>
          <table className="uptime-table">
            <thead>
              <tr>
                <th scope="col">{words.at}</th>
                <th scope="col">{words.result}</th>
                <th scope="col">{words.time}</th>
                <th scope="col">{words.from}</th>
              </tr>
            </thead>
            <tbody>
              {results.map((result) => (
                <tr key={result.at}>
                  <td>
                    <When at={result.at} form="local" />
                  </td>
                  <td>
                    <Badge tone={result.ok ? 'good' : 'error'}>
                      {result.error ?? `${words.well} ${result.status ?? ''}`}
                    </Badge>
                  </td>
                  <td>{words.ms(result.duration_ms)}</td>
                  <td>{result.location}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {answer.hasNextPage && (
        <Button busy={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>
          {words.more}
        </Button>
      )}
    </section>
  );
}

/** One check: what it asks for, how it went, and how long it took. */
export function UptimeCheckPage() {
  const { id } = route.useParams();
  const answer = useQuery(checkQuery(id));
  const check = answer.data;
  useTitle(check?.name ?? texts.page);
  const times = useMemo(() => check?.spans.map((span) => Date.parse(span.start)) ?? [], [check]);
  const series = useMemo(
    () => [
      { label: texts.average, color: 'accent', values: check?.spans.map((span) => span.average_ms) ?? [] },
    ],
    [check],
  );
  if (!check) {
    return (
      <div className="page">
        <Missing asked={answer} />
      </div>
    );
  }
  return (
    <div className="page uptime-page">
      <div className="uptime-head">
        <div className="uptime-name">
          <h1>{check.name}</h1>
          <span className="meta uptime-url">{check.url}</span>
          <UptimeStatus check={check} />
        </div>
        <Actions check={check} />
      </div>
      <section className="card uptime-summary" aria-label={texts.page}>
        <UptimeBar spans={check.spans} />
        <UptimeShares check={check} />
        <TimeChart title={texts.chart} times={times} series={series} kind="lines" height={130} />
      </section>
      <About check={check} />
      <Results check={check} />
    </div>
  );
}
