import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api, value } from '../../api/client';
import type { AlertRule } from '../../api/model';
import { rulesQuery } from '../../app/alerts';
import { projectsQuery } from '../../app/queries';
import { projectsOf } from '../../app/search';
import { can, useSession } from '../../app/session';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { Sparkline } from '../../ui/Sparkline';
import { Fault, Skeleton, State } from '../../ui/State';
import { toast } from '../../ui/Toasts';
import { When } from '../../ui/When';
import { READY } from './ready';
import { alertTexts } from './texts';

const route = getRouteApi('/shell/alerts');
const ROW = 44;
const { rules: texts, ready } = alertTexts;

function Switch({ rule, disabled }: { rule: AlertRule; disabled: boolean }) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const change = async () => {
    setBusy(true);
    try {
      const params = { path: { id: rule.id } };
      await value(
        rule.enabled
          ? api.POST('/api/v1/alert-rules/{id}/disable', { params })
          : api.POST('/api/v1/alert-rules/{id}/enable', { params }),
      );
    } catch (e) {
      toast(e instanceof Error ? e.message : String(e));
    }
    await queries.invalidateQueries({ queryKey: ['alerts'] });
    setBusy(false);
  };
  return (
    <input
      type="checkbox"
      role="switch"
      aria-checked={rule.enabled}
      className="check"
      aria-label={texts.switch(rule.rule.name)}
      checked={rule.enabled}
      disabled={disabled || busy}
      onChange={() => void change()}
    />
  );
}

function columnsOf(mayChange: boolean): Column<AlertRule>[] {
  return [
    {
      name: 'on',
      head: texts.on,
      width: '48px',
      cell: (rule) => <Switch rule={rule} disabled={!mayChange} />,
    },
    {
      name: 'rule',
      head: texts.name,
      width: 'minmax(160px, 1fr)',
      cell: (rule) => (
        <span className="alert-two">
          <Link to="/alerts/$id" params={{ id: rule.id }} preload="intent">
            {rule.rule.name}
          </Link>
          <span className="meta" title={rule.sentence}>
            {rule.cannot_fire[0] ? `${alertTexts.editor.cannotFire}. ` : ''}
            {rule.sentence}
          </span>
        </span>
      ),
    },
    {
      name: 'last',
      head: texts.last,
      width: '100px',
      from: 'tablet',
      cell: (rule) => (rule.last_fired_at ? <When at={rule.last_fired_at} /> : texts.never),
    },
    {
      name: 'days',
      head: texts.days,
      width: '136px',
      from: 'tablet',
      cell: (rule) => (
        <Sparkline
          values={rule.fired_by_day}
          label={texts.firedIn(rule.fired_by_day.reduce((sum, count) => sum + count, 0))}
        />
      ),
    },
    {
      name: 'channel',
      head: texts.channel,
      width: '160px',
      from: 'desk',
      cell: (rule) =>
        rule.last_failure ? (
          <span className="alert-failure" title={rule.last_failure}>
            {rule.last_failure}
          </span>
        ) : (
          texts.ok
        ),
    },
  ];
}

/** Rules that are made by a click, for who has none. */
function Ready({ project }: { project: string }) {
  const session = useSession();
  const queries = useQueryClient();
  const [busy, setBusy] = useState('');
  const add = async ({ rule }: (typeof READY)[number]) => {
    setBusy(rule.name);
    try {
      await value(
        api.POST('/api/v1/alert-rules', {
          params: { query: { project } },
          body: { rule, targets: [{ type: 'email', value: session.user.email }] },
        }),
      );
      toast(texts.madeReady(rule.name));
      await queries.invalidateQueries({ queryKey: ['alerts'] });
    } catch (e) {
      toast(e instanceof Error ? e.message : String(e));
    } finally {
      setBusy('');
    }
  };
  return (
    <ul className="alert-ready">
      {READY.map((one) => (
        <li key={one.rule.name} className="card">
          <h3>{one.rule.name}</h3>
          <p className="meta">{one.words}</p>
          <Button busy={busy === one.rule.name} disabled={busy !== ''} onClick={() => void add(one)}>
            {ready.add(one.rule.name)}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** The rules of the projects in scope, and what became of them. */
export function RulesList() {
  const chosen = projectsOf(route.useSearch());
  const session = useSession();
  const mayChange = can(session, 'alerts:write');
  const answer = useQuery(rulesQuery(chosen));
  const { data: projects = [] } = useQuery(projectsQuery);
  const columns = useMemo(() => columnsOf(mayChange), [mayChange]);
  if (answer.isPending) return <Skeleton rows={6} height={ROW} />;
  if (answer.data === undefined) return <Fault error={answer.error} retry={() => void answer.refetch()} />;
  const rules = answer.data.results;
  const project = chosen[0] ?? (projects.length === 1 ? projects[0]?.slug : undefined);
  if (rules.length === 0)
    return (
      <State title={texts.none} action={mayChange && project ? <Ready project={project} /> : undefined}>
        {!mayChange ? texts.noneToSee : project ? texts.noneWords : texts.chooseProject}
      </State>
    );
  return (
    <>
      {answer.data.next !== null && <p className="meta alert-note">{texts.more}</p>}
      <DataTable
        label={texts.list}
        columns={columns}
        rows={rules}
        rowKey={(rule) => rule.id}
        rowHeight={ROW}
      />
    </>
  );
}
