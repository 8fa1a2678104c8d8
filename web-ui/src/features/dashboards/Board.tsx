import { Copy, Grip, MoveDiagonal2, Pencil, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { DashboardWidget } from '../../api/model';
import type { Scope } from '../../app/search';
import { IconButton } from '../../ui/Button';
import { WidgetContent } from './WidgetContent';
import './board.css';
import { isChart } from './kinds';
import { type Layout, inOrder } from './layout';
import { dashboardsTexts } from './texts';
import { type DraftActions, type KeyedWidget, placesOf } from './useDraft';
import { GAP, ROW, moved, resized, useDrag } from './useDrag';

const { widget: texts } = dashboardsTexts;
/** What stands in a widget beside its chart: edge, title, and the head of the chart. */
const AROUND = 104;

function chartHeight({ h }: Layout): number {
  return Math.max(64, h * ROW + (h - 1) * GAP - AROUND);
}

interface FrameProps {
  widget: DashboardWidget;
  scope: Scope;
  filter: string;
  tools?: ReactNode;
}

/** A widget in its place, with its title. */
function Frame({ widget, scope, filter, tools }: FrameProps) {
  const { x, y, w, h } = widget.layout;
  return (
    <section
      className={isChart(widget.kind) ? 'card widget' : 'card widget widget-list'}
      aria-label={widget.title}
      style={{ gridColumn: `${x + 1} / span ${w}`, gridRow: `${y + 1} / span ${h}` }}
    >
      <header className="widget-head">
        <h2>{widget.title}</h2>
        {tools}
      </header>
      <WidgetContent widget={widget} scope={scope} filter={filter} height={chartHeight(widget.layout)} />
    </section>
  );
}

interface EditableProps extends Omit<FrameProps, 'tools'> {
  one: KeyedWidget;
  all: readonly KeyedWidget[];
  actions: DraftActions;
  edit: () => void;
  say: (words: string) => void;
}

/** The same with handles, by pointer and by arrow keys, and with what else can be done to it. */
function Editable({ one, all, actions, edit, say, ...props }: EditableProps) {
  const { title, layout } = one.widget;
  const place = (wanted: Layout, from?: ReadonlyMap<number, Layout>) => {
    actions.place(one.key, wanted, from);
    say(texts.place(title, wanted));
  };
  const shared = { layout, place, places: () => placesOf(all) };
  const move = useDrag({ ...shared, change: moved });
  const resize = useDrag({ ...shared, change: resized });
  return (
    <Frame
      {...props}
      tools={
        <span className="widget-tools">
          <IconButton label={texts.edit(title)} onClick={edit}>
            <Pencil aria-hidden />
          </IconButton>
          <IconButton label={texts.duplicate(title)} onClick={() => actions.duplicate(one.key)}>
            <Copy aria-hidden />
          </IconButton>
          <IconButton
            label={texts.remove(title)}
            onClick={() => {
              actions.remove(one.key);
              say(texts.removed(title));
            }}
          >
            <Trash2 aria-hidden />
          </IconButton>
          <IconButton
            label={texts.move(title)}
            aria-describedby="board-arrows"
            className="widget-handle widget-move"
            {...move}
          >
            <Grip aria-hidden />
          </IconButton>
          <IconButton
            label={texts.resize(title)}
            aria-describedby="board-arrows"
            className="widget-handle widget-resize"
            {...resize}
          >
            <MoveDiagonal2 aria-hidden />
          </IconButton>
        </span>
      }
    />
  );
}

function sorted(widgets: readonly KeyedWidget[]): KeyedWidget[] {
  const order = inOrder(widgets.map(({ widget }) => widget.layout));
  return order.flatMap((index) => widgets[index] ?? []);
}

interface BoardProps {
  widgets: readonly KeyedWidget[];
  scope: Scope;
  filter: string;
}

/** The widgets in their grid; on phones one below the other, in the order of the grid. */
export function Board({ widgets, scope, filter }: BoardProps) {
  return (
    <div className="board">
      {sorted(widgets).map(({ key, widget }) => (
        <Frame key={key} widget={widget} scope={scope} filter={filter} />
      ))}
    </div>
  );
}

interface EditBoardProps extends BoardProps {
  actions: DraftActions;
  edit: (key: number) => void;
}

/** The grid while it is being edited. Widgets keep the order in which they came, so that none loses the focus by being moved. */
export function EditBoard({ widgets, scope, filter, actions, edit }: EditBoardProps) {
  const [said, say] = useState('');
  return (
    <>
      <p id="board-arrows" className="sr-only">
        {texts.arrows}
      </p>
      <p role="status" className="sr-only">
        {said}
      </p>
      <div className="board board-edited">
        {widgets.map((one) => (
          <Editable
            key={one.key}
            one={one}
            all={widgets}
            widget={one.widget}
            scope={scope}
            filter={filter}
            actions={actions}
            edit={() => edit(one.key)}
            say={say}
          />
        ))}
      </div>
    </>
  );
}
