import type { Trace, TraceError } from '../../api/model';

/** A span of a trace with those below it. */
export interface SpanNode {
  id: string;
  parent: string | undefined;
  projectId: number;
  op: string;
  /** What it does: the name of a transaction, the description of another span. */
  title: string;
  status: string | undefined;
  /** Milliseconds since 1970, with fractions. */
  begin: number;
  /** In milliseconds. */
  duration: number;
  transaction: Trace['transactions'][number] | undefined;
  span: Trace['spans'][number] | undefined;
  errors: TraceError[];
  children: SpanNode[];
  /** Whether it names a parent that is not here. */
  isOrphan: boolean;
}

export interface TraceTree {
  roots: SpanNode[];
  /** Errors that name no span of these. */
  loose: TraceError[];
  begin: number;
  end: number;
}

const MICROS = /\.\d{3}(\d{1,6})/;

/** A time in milliseconds with the fractions that Date leaves out. */
export function millis(at: string): number {
  const fraction = MICROS.exec(at)?.[1];
  return Date.parse(at) + (fraction ? Number(`0.${fraction}`) : 0);
}

function nodesOf(trace: Trace): Map<string, SpanNode> {
  const nodes = new Map<string, SpanNode>();
  for (const transaction of trace.transactions) {
    // A span that came twice is shown once.
    if (nodes.has(transaction.span_id)) continue;
    nodes.set(transaction.span_id, {
      id: transaction.span_id,
      parent: transaction.parent_span_id ?? undefined,
      projectId: transaction.project_id,
      op: transaction.op ?? '',
      title: transaction.name,
      status: transaction.status ?? undefined,
      begin: millis(transaction.started_at),
      duration: transaction.duration_ms,
      transaction,
      span: undefined,
      errors: [],
      children: [],
      isOrphan: false,
    });
  }
  for (const span of trace.spans) {
    const known = nodes.get(span.span_id);
    if (known) {
      known.span ??= span;
      continue;
    }
    nodes.set(span.span_id, {
      id: span.span_id,
      parent: span.parent_span_id ?? undefined,
      projectId: span.project_id,
      op: span.op ?? '',
      title: span.description ?? '',
      status: span.status ?? undefined,
      begin: millis(span.started_at),
      duration: span.duration_ms,
      transaction: undefined,
      span,
      errors: [],
      children: [],
      isOrphan: false,
    });
  }
  return nodes;
}

const byBegin = (one: SpanNode, other: SpanNode) => one.begin - other.begin || other.duration - one.duration;

/** Whether a span is above itself, as nobody should send it. */
function isInCycle(node: SpanNode, nodes: ReadonlyMap<string, SpanNode>): boolean {
  const seen = new Set([node.id]);
  for (let above = node.parent; above !== undefined; above = nodes.get(above)?.parent) {
    if (above === node.id) return true;
    if (seen.has(above)) return false;
    seen.add(above);
  }
  return false;
}

/** The spans below one another, over all services, in the order in which they began. */
export function treeOf(trace: Trace): TraceTree {
  const nodes = nodesOf(trace);
  const roots: SpanNode[] = [];
  for (const node of nodes.values()) {
    const parent = node.parent === undefined ? undefined : nodes.get(node.parent);
    if (parent && !isInCycle(node, nodes)) {
      parent.children.push(node);
    } else {
      node.isOrphan = node.parent !== undefined;
      roots.push(node);
    }
  }
  roots.sort(byBegin);
  for (const node of nodes.values()) node.children.sort(byBegin);
  const loose: TraceError[] = [];
  for (const error of trace.errors) {
    const node = error.span_id ? nodes.get(error.span_id) : undefined;
    (node?.errors ?? loose).push(error);
  }
  const all = [...nodes.values()];
  return {
    roots,
    loose,
    begin: all.reduce((least, node) => Math.min(least, node.begin), Infinity),
    end: all.reduce((most, node) => Math.max(most, node.begin + node.duration), -Infinity),
  };
}

/** A row of the waterfall. */
export interface SpanRow {
  node: SpanNode;
  /** From 1. */
  level: number;
  place: number;
  siblings: number;
  above: SpanNode | undefined;
}

/** The rows that are seen: none below a folded one. */
export function rowsOf(roots: readonly SpanNode[], folded: ReadonlySet<string>): SpanRow[] {
  const rows: SpanRow[] = [];
  // A chain of spans may be deeper than calls can be.
  const open: SpanRow[] = roots.map((node, index) => ({
    node,
    level: 1,
    place: index + 1,
    siblings: roots.length,
    above: undefined,
  }));
  open.reverse();
  for (let row = open.pop(); row; row = open.pop()) {
    rows.push(row);
    const { node, level } = row;
    if (folded.has(node.id)) continue;
    for (let index = node.children.length - 1; index >= 0; index -= 1) {
      open.push({
        node: node.children[index]!,
        level: level + 1,
        place: index + 1,
        siblings: node.children.length,
        above: node,
      });
    }
  }
  return rows;
}

/** How much of a span's time none of those directly below it takes. */
export function ownTime(node: SpanNode): number {
  let covered = 0;
  let until = node.begin;
  const end = node.begin + node.duration;
  for (const child of node.children) {
    const from = Math.max(until, child.begin);
    const to = Math.min(end, child.begin + child.duration);
    if (to > from) {
      covered += to - from;
      until = to;
    }
  }
  return Math.max(0, node.duration - covered);
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^(db|sql)\b/, 'db'],
  [/^cache\b/, 'cache'],
  [/^(http|grpc|rpc|graphql)\b/, 'http'],
  [/^(queue|messaging|topic)\b/, 'queue'],
  [/^(ui|browser|navigation|pageload|resource|react|vue)\b/, 'ui'],
];

/** Which colour an operation has. */
export function kindOf(op: string): string {
  return KINDS.find(([pattern]) => pattern.test(op))?.[1] ?? 'other';
}
