import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, value } from '../../api/client';
import type { CheckIn, Monitor } from '../../api/model';
import { can, useSession } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { Badge } from '../../ui/Badge';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { SelectField } from '../../ui/Field';
import { Missing } from '../../ui/State';
import { TimeChart } from '../../ui/TimeChart';
import { toast } from '../../ui/Toasts';
import { When } from '../../ui/When';
import { MonitorForm } from './MonitorForm';
import { Environments, StatusBadge, scheduleWords } from './MonitorStatus';
import { Snippets } from './Snippets';
import './crons.css';
import { duration } from './duration';
import { checkInsQuery, monitorQuery, monitorStatsQuery } from './queries';
import { cronTexts as texts } from './texts';

const route = getRouteApi('/shell/crons/$id');

function Actions({ monitor }: { monitor: Monitor }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const session = useSession();
  const [isEditing, setEditing] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  if (!can(session, 'alerts:write')) return null;
  return (
    <div className="row-actions">
      <Button onClick={() => setEditing(true)}>{texts.edit}</Button>
      <Button look="danger" onClick={() => setRemoving(true)}>
        {texts.remove}
      </Button>
      {isEditing && <MonitorForm monitor={monitor} onClose={() => setEditing(false)} />}
      <Confirm
        open={isRemoving}
        onClose={() => setRemoving(false)}
        title={texts.removeTitle(monitor.name)}
        action={texts.remove}
        run={async () => {
          await value(api.DELETE('/api/v1/monitors/{id}', { params: { path: { id: monitor.id } } }));
          await queries.invalidateQueries({ queryKey: ['crons', 'list'] });
          toast(texts.removed);
          await navigate({ to: '/crons' });
        }}
      >
        <p>{texts.removeWords}</p>
      </Confirm>
    </div>
  );
}

function About({ monitor }: { monitor: Monitor }) {
  const { facts } = texts;
  const rows: [string, string][] = [
    [facts.project, monitor.project.slug],
    [facts.slug, monitor.slug],
    [facts.schedule, monitor.schedule?.value ?? texts.noSchedule],
    [facts.zone, monitor.time_zone],
    [facts.margin, facts.minutes(monitor.checkin_margin)],
    [facts.runtime, facts.minutes(monitor.max_runtime)],
    [facts.failures, texts.failures(monitor.failure_issue_threshold)],
    [facts.recovery, facts.runs(monitor.recovery_threshold)],
    [facts.owner, monitor.owner ?? '–'],
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

function Chart({ id }: { id: number }) {
  const answer = useQuery(monitorStatsQuery(id));
  const spans = answer.data?.spans;
  const times = useMemo(() => spans?.map((span) => Date.parse(span.start)) ?? [], [spans]);
  const series = useMemo(
    () =>
      (
        [
          ['ok', 'accent'],
          ['error', 'error'],
          ['missed', 'warning'],
          ['timeout', 'fatal'],
        ] as const
      ).map(([key, color]) => ({
        label: texts.chartSeries[key],
        color,
        values: spans?.map((span) => span[key]) ?? [],
      })),
    [spans],
  );
  if (!spans) return <Missing asked={answer} rows={2} />;
  return <TimeChart title={texts.chart} times={times} series={series} kind="bars" height={130} />;
}

/** In words, what came of a check-in beyond its status. */
function why(checkIn: CheckIn, monitor: Monitor): string | null {
  if (checkIn.problem) return checkIn.problem;
  if (checkIn.status === 'missed') return texts.checkIns.missed(monitor.checkin_margin);
  if (checkIn.status === 'timeout') return texts.checkIns.timeout(monitor.max_runtime);
  return null;
}

function RemoveEnvironment({ monitor, environment }: { monitor: Monitor; environment: string }) {
  const queries = useQueryClient();
  const navigate = useNavigate({ from: '/crons/$id' });
  const session = useSession();
  const [isRemoving, setRemoving] = useState(false);
  if (!can(session, 'alerts:write')) return null;
  return (
    <>
      <Button look="danger" onClick={() => setRemoving(true)}>
        {texts.removeEnvironment}
      </Button>
      <Confirm
        open={isRemoving}
        onClose={() => setRemoving(false)}
        title={texts.removeEnvironmentTitle(environment)}
        action={texts.remove}
        run={async () => {
          await value(
            api.DELETE('/api/v1/monitors/{id}/environments/{environment}', {
              params: { path: { id: monitor.id, environment } },
            }),
          );
          await navigate({ search: (before) => ({ ...before, checkins: undefined }) });
          await queries.invalidateQueries({ queryKey: ['crons'] });
        }}
      >
        <p>{texts.removeEnvironmentWords}</p>
      </Confirm>
    </>
  );
}

function CheckIns({ monitor }: { monitor: Monitor }) {
  const { checkIns: words } = texts;
  const { checkins: environment } = route.useSearch();
  const navigate = useNavigate({ from: '/crons/$id' });
  const answer = useInfiniteQuery(checkInsQuery(monitor.id, environment));
  const checkIns = answer.data?.pages.flatMap((page) => page.results);
  return (
    <section className="card cron-section" aria-label={words.title}>
      <h2>{words.title}</h2>
      {monitor.environments.length > 0 && (
        <div className="cron-filter">
          <SelectField
            label={words.environment}
            value={environment ?? ''}
            onChange={(e) =>
              void navigate({ search: (before) => ({ ...before, checkins: e.target.value || undefined }) })
            }
          >
            <option value="">{words.all}</option>
            {monitor.environments.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </SelectField>
          {environment !== undefined && <RemoveEnvironment monitor={monitor} environment={environment} />}
        </div>
      )}
      {!checkIns ? (
        <Missing asked={answer} rows={4} />
      ) : checkIns.length === 0 ? (
        <p className="meta">{words.none}</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keys
        <div className="cron-scroll" tabIndex={0} role="group" aria-label={words.title}>
          <table className="cron-table">
            <thead>
              <tr>
                {[
                  words.at,
                  words.status,
                  words.environment,
                  words.expected,
                  words.duration,
                  words.release,
                ].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {checkIns.map((checkIn) => (
                <tr key={checkIn.id + checkIn.environment}>
                  <td>
                    <When at={checkIn.at} form="local" />
                  </td>
                  <td>
                    <StatusBadge status={checkIn.status} />{' '}
                    <span className="meta">{why(checkIn, monitor)}</span>
                  </td>
                  <td>{checkIn.environment}</td>
                  <td>
                    <When at={checkIn.expected_at} form="local" />
                  </td>
                  <td>{duration(checkIn.duration_ms)}</td>
                  <td>{checkIn.release}</td>
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

/** One monitor: how its job fares, what is expected of it, and its check-ins. */
export function MonitorPage() {
  const { id } = route.useParams();
  const answer = useQuery(monitorQuery(id));
  const monitor = answer.data;
  useTitle(monitor?.name ?? texts.page);
  if (!monitor) {
    return (
      <div className="page">
        <Missing asked={answer} />
      </div>
    );
  }
  return (
    <div className="page cron-page">
      <div className="cron-head">
        <div className="cron-name">
          <h1>{monitor.name}</h1>
          <span className="meta">{scheduleWords(monitor)}</span>
          {monitor.status !== 'active' && (
            <span>
              <Badge>{texts.statuses[monitor.status] ?? monitor.status}</Badge>
            </span>
          )}
        </div>
        <Actions monitor={monitor} />
      </div>
      <section className="card cron-section" aria-label={texts.page}>
        <Environments monitor={monitor} />
        <Chart id={id} />
      </section>
      <About monitor={monitor} />
      <CheckIns monitor={monitor} />
      <Snippets slug={monitor.project.slug} monitor={monitor.slug} />
    </div>
  );
}
