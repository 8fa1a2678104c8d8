import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { Regroup } from '../../api/model';
import { Progress } from '../../app/JobProgress';
import { projectsQuery } from '../../app/queries';
import { useTitle } from '../../app/useTitle';
import { CodeLines } from '../../ui/CodeLines';
import '../../ui/Facts.css';
import { SdkText } from '../../ui/SdkText';
import { Fault, Skeleton } from '../../ui/State';
import { When } from '../../ui/When';
import { localTime } from '../../ui/format';
import { groupingTexts } from './groupingTexts';
import { RegroupActions } from './RegroupActions';
import { RegroupChanges } from './RegroupChanges';
import { RegroupState } from './RegroupState';
import './regroup.css';
import { isUnderWay, regroupQuery } from './regroupQueries';
import { regroupTexts as texts } from './regroupTexts';

const route = getRouteApi('/shell/projects/$slug/regroups/$id');

function Rules({ regroup }: { regroup: Regroup }) {
  const shown = (rules: string) => (rules.trim() === '' ? texts.noRules : rules).split('\n');
  return (
    <details>
      <summary>{texts.rules}</summary>
      <div className="regroup-rules">
        <p className="meta">{groupingTexts.fingerprint}</p>
        <CodeLines lines={shown(regroup.fingerprint_rules)} from={1} label={groupingTexts.fingerprint} />
        <p className="meta">{groupingTexts.stacktrace}</p>
        <CodeLines lines={shown(regroup.stacktrace_rules)} from={1} label={groupingTexts.stacktrace} />
      </div>
    </details>
  );
}

function Asked({ regroup }: { regroup: Regroup }) {
  return (
    <dl className="fact-list">
      <dt>{texts.cause}</dt>
      <dd>
        <SdkText>{texts.why(regroup)}</SdkText>
      </dd>
      <dt>{texts.range}</dt>
      <dd>
        {localTime(new Date(regroup.from)).slice(0, 16)} → {localTime(new Date(regroup.until)).slice(0, 16)}
      </dd>
      <dt>{texts.strategy}</dt>
      <dd className="mono">{regroup.strategy}</dd>
      <dt>{texts.by}</dt>
      <dd>
        {regroup.created_by}, <When at={regroup.created_at} />
      </dd>
      {regroup.applied_at && (
        <>
          <dt>{texts.applied}</dt>
          <dd>
            <When at={regroup.applied_at} />
          </dd>
        </>
      )}
      {regroup.undone_at && (
        <>
          <dt>{texts.undone}</dt>
          <dd>
            <When at={regroup.undone_at} />
          </dd>
        </>
      )}
    </dl>
  );
}

function Sums({ regroup }: { regroup: Regroup }) {
  const { events, issues_before: before, issues_after: after, merged, split } = regroup;
  if (events === null || before === null || after === null) return null;
  const isSame = !merged && !split;
  return (
    <>
      <h2 className="regroup-sum">{texts.become(before, after)}</h2>
      <p className="meta">{isSame ? texts.same : texts.sums(events, merged ?? 0, split ?? 0)}</p>
    </>
  );
}

function Body({ regroup }: { regroup: Regroup }) {
  const hasSums = regroup.issues_after !== null;
  const isReadable = regroup.cause === 'source_maps';
  return (
    <>
      <section className="card facts">
        {isUnderWay(regroup) ? (
          <Progress done={regroup.progress.done} total={regroup.progress.total}>
            <RegroupState state={regroup.state} />
          </Progress>
        ) : (
          <span>
            <RegroupState state={regroup.state} />
          </span>
        )}
        {regroup.failure && (
          <p className="field-error">
            {texts.failure}: <SdkText>{regroup.failure}</SdkText>
          </p>
        )}
        <div aria-live="polite">
          {isReadable && <h2 className="regroup-sum">{texts.readable(regroup.readable_events)}</h2>}
          <Sums regroup={regroup} />
        </div>
        {regroup.state === 'previewed' && !regroup.can_apply && <p>{texts.cannotApply}</p>}
        <Asked regroup={regroup} />
        {!isReadable && <Rules regroup={regroup} />}
      </section>
      {hasSums && (
        <>
          <RegroupChanges regroup={regroup} kind="merge" />
          <RegroupChanges regroup={regroup} kind="split" />
        </>
      )}
    </>
  );
}

/** One regroup: what it would make of the issues, with apply and undo. */
export function RegroupPage() {
  const { slug, id } = route.useParams();
  const queries = useQueryClient();
  const { data: projects } = useSuspenseQuery(projectsQuery);
  const { data: regroup, error, refetch } = useQuery(regroupQuery(id));
  const project = projects.find((one) => one.slug === slug);
  useTitle(texts.title(id));
  const state = regroup?.state;
  useEffect(() => {
    if (state !== 'applied' && state !== 'undone') return;
    // Issues and events are elsewhere now, and the rules are others.
    for (const key of ['issues', 'issue', 'events', 'grouping']) {
      void queries.invalidateQueries({ queryKey: [key] });
    }
  }, [queries, state]);
  return (
    <div className="page regroup">
      <div className="regroup-head">
        <div>
          <Link to="/projects/$slug/settings/$section" params={{ slug, section: 'grouping' }}>
            {texts.back(project?.name ?? slug)}
          </Link>
          <h1>{texts.title(id)}</h1>
        </div>
        {regroup && <RegroupActions regroup={regroup} slug={slug} />}
      </div>
      {regroup ? (
        <Body regroup={regroup} />
      ) : error ? (
        <Fault error={error} retry={() => void refetch()} />
      ) : (
        <Skeleton />
      )}
    </div>
  );
}
