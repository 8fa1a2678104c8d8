import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { AlertBacktest, AlertRuleDefinition } from '../../api/model';
import { Facts } from '../../ui/Facts';
import { SdkText } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { TimeChart } from '../../ui/TimeChart';
import { When } from '../../ui/When';
import { exactNumber } from '../../ui/format';
import { type Draft, definitionOf, isComplete } from './draft';
import { BACKTEST_DAYS, backtestQuery } from './queries';
import { alertTexts } from './texts';

const { backtest: texts } = alertTexts;
const PATIENCE_MILLIS = 400;
const SHORT = 8;

/** The draft once nobody has typed for a moment. */
function useSettled(draft: Draft): AlertRuleDefinition | undefined {
  const text = isComplete(draft) ? JSON.stringify(definitionOf(draft)) : '';
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PATIENCE_MILLIS);
    return () => clearTimeout(timer);
  }, [text]);
  return useMemo(
    () => (settled === '' ? undefined : (JSON.parse(settled) as AlertRuleDefinition)),
    [settled],
  );
}

function Verdict({ result }: { result: AlertBacktest }) {
  return (
    <div role="status">
      {result.cannot_fire.length > 0 ? (
        <>
          <p className="alert-verdict alert-bad">{alertTexts.editor.cannotFire}.</p>
          {result.cannot_fire.map((reason) => (
            <p key={reason}>{reason}</p>
          ))}
        </>
      ) : (
        <p className={result.noisy ? 'alert-verdict alert-bad' : 'alert-verdict'}>
          {result.total === 0
            ? texts.never
            : `${texts.fired(texts.times(result.total, exactNumber(result.total)))}.`}{' '}
          {result.noisy && texts.noisy}
        </p>
      )}
      {[...result.warnings, ...result.notes, ...(result.cut_off ? [texts.cutOff] : [])].map((words) => (
        <p key={words} className="meta">
          {words}
        </p>
      ))}
    </div>
  );
}

function DayChart({ days }: { days: AlertBacktest['by_day'] }) {
  const times = useMemo(() => days.map(({ day }) => Date.parse(day)), [days]);
  const series = useMemo(
    () => [{ label: texts.chart, color: 'accent', values: days.map(({ firings }) => firings) }],
    [days],
  );
  return <TimeChart title={texts.chart} times={times} series={series} height={120} />;
}

function Issues({ result, most }: { result: AlertBacktest; most: number }) {
  return (
    <Facts
      title={texts.issues}
      none={texts.never}
      heads={[{ name: texts.issue }, { name: texts.count, end: true }]}
      rows={result.issues.slice(0, most)}
      rowKey={(issue) => issue.id}
      cells={(issue) => [
        <Link key="issue" to="/issues/$id" params={{ id: issue.id }}>
          <SdkText inList limit={100}>
            {issue.title}
          </SdkText>
        </Link>,
        exactNumber(issue.firings),
      ]}
    />
  );
}

/** What a rule would have done, beside the editor, as it is written. */
export function BacktestPanel({ project, draft }: { project: string; draft: Draft }) {
  const rule = useSettled(draft);
  return (
    <aside className="alert-backtest card" aria-labelledby="backtest-title">
      <h2 id="backtest-title">{texts.title}</h2>
      <p className="meta">{texts.words(BACKTEST_DAYS)}</p>
      {rule ? <Panel project={project} rule={rule} /> : <p className="meta">{texts.incomplete}</p>}
    </aside>
  );
}

interface ResultProps {
  project: string;
  rule: AlertRuleDefinition;
}

function Panel({ project, rule }: ResultProps) {
  const asked = useQuery(backtestQuery(project, rule));
  if (!asked.data || asked.isError) return <Missing asked={asked} rows={3} />;
  return (
    <div className="alert-result" data-stale={asked.isPlaceholderData || undefined}>
      <Verdict result={asked.data} />
      <DayChart days={asked.data.by_day} />
      <Issues result={asked.data} most={SHORT} />
    </div>
  );
}

/** The whole of what a rule would have done. */
export function BacktestResult({ project, rule }: ResultProps) {
  const asked = useQuery(backtestQuery(project, rule));
  if (!asked.data || asked.isError) return <Missing asked={asked} rows={6} />;
  const result = asked.data;
  return (
    <div className="alert-result" data-stale={asked.isPlaceholderData || undefined}>
      <p className="meta">{texts.words(BACKTEST_DAYS)}</p>
      <Verdict result={result} />
      <div className="card alert-chart">
        <DayChart days={result.by_day} />
      </div>
      <Issues result={result} most={result.issues.length} />
      <Facts
        title={texts.firings}
        note={result.total > result.firings.length ? texts.newest : undefined}
        none={texts.never}
        heads={[{ name: texts.at }, { name: texts.issue }, { name: texts.why }]}
        rows={result.firings}
        rowKey={(firing) => `${firing.issue} ${firing.at}`}
        cells={(firing) => [
          <When key="at" at={firing.at} form="local" />,
          <Link key="issue" to="/issues/$id" params={{ id: firing.issue }}>
            <SdkText inList limit={100}>
              {firing.title}
            </SdkText>
          </Link>,
          firing.reason,
        ]}
      />
    </div>
  );
}
