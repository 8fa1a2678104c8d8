import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronRight, OctagonAlert } from 'lucide-react';
import { type CSSProperties, type KeyboardEvent, memo, useEffect, useRef } from 'react';
import { SdkText } from '../../ui/SdkText';
import type { Stretch } from './Minimap';
import { performanceTexts } from './texts';
import { type SpanRow, kindOf } from './tree';
import { milliseconds } from './words';

const { trace: texts } = performanceTexts;
const HEIGHT = 24;
const INDENT = 12;
/** Deeper ones stand where this one does. */
const DEEPEST = 24;

const rowId = (id: string) => `span-${id}`;

interface RowProps {
  row: SpanRow;
  index: number;
  top: number;
  shown: Stretch;
  isFolded: boolean;
  isCurrent: boolean;
  project: string;
  onPick: (id: string) => void;
  onFold: (id: string) => void;
}

const Row = memo(function Row(props: RowProps) {
  const { row, index, top, shown, isFolded, isCurrent, project, onPick, onFold } = props;
  const { node, level } = row;
  const length = Math.max(shown.end - shown.begin, 0.001);
  const left = ((node.begin - shown.begin) / length) * 100;
  const width = (node.duration / length) * 100;
  const isParent = node.children.length > 0;
  const Fold = isFolded ? ChevronRight : ChevronDown;
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree takes the keys for its rows
    <div
      role="row"
      id={rowId(node.id)}
      aria-level={level}
      aria-posinset={row.place}
      aria-setsize={row.siblings}
      aria-rowindex={index + 2}
      aria-selected={isCurrent}
      aria-expanded={isParent ? !isFolded : undefined}
      className="wave-row"
      data-current={isCurrent || undefined}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onPick(node.id)}
    >
      <div
        role="gridcell"
        className="wave-name"
        style={{ paddingInlineStart: Math.min(level - 1, DEEPEST) * INDENT + 4 }}
      >
        {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- the arrows do the same */}
        <span
          className="wave-fold"
          aria-hidden
          onClick={(event) => {
            if (!isParent) return;
            event.stopPropagation();
            onFold(node.id);
          }}
        >
          {isParent && <Fold />}
        </span>
        {node.errors.length > 0 && (
          <span className="wave-alarm" title={texts.errorsHere(node.errors.length)}>
            <OctagonAlert aria-hidden />
            <span className="sr-only">{texts.errorsHere(node.errors.length)}</span>
          </span>
        )}
        {node.transaction && <span className="wave-project">{project}</span>}
        {node.op && (
          <span className="wave-op">
            <SdkText inList>{node.op}</SdkText>
          </span>
        )}
        <span className="wave-title">
          <SdkText inList>{node.title || texts.unnamed}</SdkText>
        </span>
        {node.isOrphan && <span className="meta wave-orphan">{texts.orphan}</span>}
      </div>
      <div role="gridcell" className="wave-lane">
        <span
          className={node.errors.length > 0 ? 'wave-bar wave-bar-error' : 'wave-bar'}
          data-kind={kindOf(node.op)}
          style={{ '--left': `${left}%`, '--width': `${width}%` } as CSSProperties}
        />
        <span
          className="wave-time"
          style={{ '--left': `${Math.min(Math.max(left + width, 0), 100)}%` } as CSSProperties}
          data-inside={left + width > 80 || undefined}
        >
          {milliseconds(node.duration)}
        </span>
      </div>
    </div>
  );
});

interface WaterfallProps {
  rows: readonly SpanRow[];
  shown: Stretch;
  folded: ReadonlySet<string>;
  current: string | undefined;
  projectName: (id: number) => string;
  onPick: (id: string) => void;
  onFold: (id: string) => void;
  onZoom: (id: string) => void;
}

/** Spans as bars below one another. It takes the focus as a whole; arrows move in it, and fold and unfold. */
export function Waterfall(props: WaterfallProps) {
  const { rows, shown, folded, current, projectName, onPick, onFold, onZoom } = props;
  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- its functions are not kept
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => HEIGHT,
    overscan: 12,
  });
  const at = rows.findIndex(({ node }) => node.id === current);
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only a move scrolls, not a new virtualizer
  }, [at]);
  const go = (index: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row) onPick(row.node.id);
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => go(at + 1),
    ArrowUp: () => go(at < 0 ? 0 : at - 1),
    Home: () => go(0),
    End: () => go(rows.length - 1),
    PageDown: () => go(at + 20),
    PageUp: () => go(at - 20),
    ArrowRight: () => {
      const row = rows[at];
      if (!row || row.node.children.length === 0) return;
      if (folded.has(row.node.id)) onFold(row.node.id);
      else go(at + 1);
    },
    ArrowLeft: () => {
      const row = rows[at];
      if (!row) return;
      if (row.node.children.length > 0 && !folded.has(row.node.id)) onFold(row.node.id);
      else if (row.above) onPick(row.above.id);
    },
    Enter: () => {
      if (current !== undefined) onZoom(current);
    },
  };
  const press = (event: KeyboardEvent) => {
    const run = keys[event.key];
    if (!run || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  const items = virtual.getVirtualItems();
  const isInView = items.some(({ index }) => index === at);
  return (
    <div
      ref={scroller}
      className="waterfall"
      role="treegrid"
      tabIndex={0}
      aria-label={texts.waterfall}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={isInView && current !== undefined ? rowId(current) : undefined}
      onKeyDown={press}
    >
      <div role="rowgroup" className="wave-head">
        <div role="row" aria-rowindex={1} className="wave-heads">
          <div role="columnheader">{texts.operation}</div>
          <div role="columnheader" className="wave-scale">
            <span>{texts.timeline}</span>
            <span>{milliseconds(shown.end - shown.begin)}</span>
          </div>
        </div>
      </div>
      <div role="rowgroup" className="wave-body" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            <Row
              key={row.node.id}
              row={row}
              index={item.index}
              top={item.start}
              shown={shown}
              isFolded={folded.has(row.node.id)}
              isCurrent={row.node.id === current}
              project={projectName(row.node.projectId)}
              onPick={onPick}
              onFold={onFold}
            />
          );
        })}
      </div>
    </div>
  );
}
