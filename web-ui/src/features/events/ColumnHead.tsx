import { type PointerEvent, type ReactNode, useRef } from 'react';
import { eventTexts } from './texts';
import { LEAST_WIDTH, MOST_WIDTH } from './widths';

interface ColumnHeadProps {
  name: string;
  children: ReactNode;
  /** In pixels, if somebody has said. */
  width: number | undefined;
  onResize: (width: number) => void;
  /** Called with the column that was dropped on this one. */
  onDrop?: (name: string) => void;
}

const STEP = 16;
const TYPE = 'application/x-resentry-column';

/** The head of a column that can be dragged to another place, and made wider by its edge. */
export function ColumnHead({ name, children, width, onResize, onDrop }: ColumnHeadProps) {
  const head = useRef<HTMLSpanElement>(null);
  const current = () => width ?? head.current?.parentElement?.clientWidth ?? LEAST_WIDTH;
  const drag = (down: PointerEvent<HTMLSpanElement>) => {
    down.preventDefault();
    const edge = down.currentTarget;
    const from = down.clientX;
    const before = current();
    edge.setPointerCapture(down.pointerId);
    const move = (event: globalThis.PointerEvent) => onResize(before + event.clientX - from);
    const end = () => {
      edge.removeEventListener('pointermove', move);
      edge.removeEventListener('pointerup', end);
      edge.removeEventListener('pointercancel', end);
    };
    edge.addEventListener('pointermove', move);
    edge.addEventListener('pointerup', end);
    edge.addEventListener('pointercancel', end);
  };
  return (
    <span className="column-head" ref={head}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the picker of columns does the same by keyboard */}
      <span
        className="column-name"
        draggable={onDrop !== undefined}
        onDragStart={(event) => event.dataTransfer.setData(TYPE, name)}
        onDragOver={(event) => {
          if (event.dataTransfer.types.includes(TYPE)) event.preventDefault();
        }}
        onDrop={(event) => {
          event.preventDefault();
          onDrop?.(event.dataTransfer.getData(TYPE));
        }}
      >
        {children}
      </span>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an edge that is moved is a control */}
      <span
        className="column-edge"
        role="separator"
        aria-orientation="vertical"
        aria-label={eventTexts.width(eventTexts.column(name))}
        aria-valuemin={LEAST_WIDTH}
        aria-valuemax={MOST_WIDTH}
        aria-valuenow={width ?? LEAST_WIDTH}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it is moved by keys too
        tabIndex={0}
        onPointerDown={drag}
        onKeyDown={(event) => {
          const by = event.key === 'ArrowLeft' ? -STEP : event.key === 'ArrowRight' ? STEP : 0;
          if (by !== 0) {
            event.preventDefault();
            onResize(current() + by);
          }
        }}
      />
    </span>
  );
}
