import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { Trace } from '../../api/model';
import { projectsQuery, traceQuery } from '../../app/queries';
import { useTitle } from '../../app/useTitle';
import { Button } from '../../ui/Button';
import { Copy } from '../../ui/Copy';
import { Missing } from '../../ui/State';
import { When } from '../../ui/When';
import { Minimap, type Stretch } from './Minimap';
import { SpanDetails } from './SpanDetails';
import { TraceErrors } from './TraceErrors';
import { Waterfall } from './Waterfall';
import './trace.css';
import { performanceTexts } from './texts';
import { type SpanNode, type TraceTree, rowsOf, treeOf } from './tree';
import { milliseconds } from './words';

const route = getRouteApi('/shell/traces/$id');
const { trace: texts } = performanceTexts;
const NONE: ReadonlySet<string> = new Set();

function Spans({ tree, projectName }: { tree: TraceTree; projectName: (id: number) => string }) {
  const [folded, setFolded] = useState(NONE);
  const [zoom, setZoom] = useState<Stretch>();
  const all = useMemo(() => rowsOf(tree.roots, NONE), [tree]);
  const rows = useMemo(() => rowsOf(tree.roots, folded), [tree, folded]);
  const nodes = useMemo(() => new Map(all.map(({ node }) => [node.id, node])), [all]);
  const [picked, setPicked] = useState<string>();
  const failed = all.find(({ node }) => node.errors.length > 0)?.node.id;
  const current = picked ?? failed ?? all[0]?.node.id;
  const fold = useCallback((id: string) => {
    setFolded((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  }, []);
  const whole = { begin: tree.begin, end: tree.end };
  const closer = ({ begin, duration }: SpanNode) => {
    const margin = Math.max(duration * 0.05, 0.01);
    setZoom({ begin: begin - margin, end: begin + duration + margin });
  };
  const node = current === undefined ? undefined : nodes.get(current);
  return (
    <div className="trace-body">
      <div className="trace-main">
        <div className="minimap-bar">
          <Minimap rows={all} whole={whole} shown={zoom ?? whole} onSelect={setZoom} />
          <div className="minimap-words">
            <span className="meta">
              {texts.minimapWords} {texts.keysWords}
            </span>
            <Button disabled={zoom === undefined} onClick={() => setZoom(undefined)}>
              {texts.zoomOut}
            </Button>
          </div>
        </div>
        <Waterfall
          rows={rows}
          shown={zoom ?? whole}
          folded={folded}
          current={current}
          projectName={projectName}
          onPick={setPicked}
          onFold={fold}
          onZoom={(id) => {
            const found = nodes.get(id);
            if (found) closer(found);
          }}
        />
      </div>
      {node && (
        <SpanDetails
          node={node}
          begin={tree.begin}
          project={projectName(node.projectId)}
          onZoom={() => closer(node)}
        />
      )}
    </div>
  );
}

function Body({ trace }: { trace: Trace }) {
  const { data: projects = [] } = useQuery(projectsQuery);
  const tree = useMemo(() => treeOf(trace), [trace]);
  const slugs = useMemo(() => new Map(projects.map((project) => [project.id, project.slug])), [projects]);
  const projectName = useCallback((id: number) => slugs.get(id) ?? String(id), [slugs]);
  const parts = [...trace.transactions, ...trace.spans, ...trace.errors];
  const projectCount = new Set(parts.map((part) => part.project_id)).size;
  return (
    <>
      <p className="meta">
        {texts.summary(trace.transactions.length, trace.spans.length, trace.errors.length, projectCount)}
        {tree.roots.length > 0 && (
          <>
            , {milliseconds(tree.end - tree.begin)},{' '}
            <When at={new Date(tree.begin).toISOString()} form="local" />
          </>
        )}
      </p>
      {trace.hidden_projects > 0 && <p className="trace-note">{texts.hidden(trace.hidden_projects)}</p>}
      {trace.truncated && <p className="trace-note">{texts.truncated}</p>}
      {tree.loose.length > 0 && (
        <section className="card span-part" aria-label={texts.loose}>
          <h2>{texts.loose}</h2>
          <TraceErrors errors={tree.loose} />
        </section>
      )}
      {tree.roots.length === 0 ? (
        <p className="meta">{texts.none}</p>
      ) : (
        <Spans tree={tree} projectName={projectName} />
      )}
    </>
  );
}

/** A trace over all services: what each did when, and what failed. */
export function TracePage() {
  const { id } = route.useParams();
  const answer = useQuery(traceQuery(id));
  useTitle(texts.page(id));
  return (
    <div className="page trace-page">
      <div className="trace-head">
        <Link to="/performance" className="meta">
          {performanceTexts.page}
        </Link>
        <h1>
          {texts.page(id)} <Copy text={id} label={performanceTexts.trace.copyId} />
        </h1>
        <Link to="/logs" search={{ trace: id }} className="meta">
          {texts.logs}
        </Link>
      </div>
      {answer.data === undefined ? <Missing asked={answer} /> : <Body key={id} trace={answer.data} />}
    </div>
  );
}
