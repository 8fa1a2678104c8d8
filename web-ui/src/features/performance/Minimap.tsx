import { useRef, useState } from 'react';
import { type SpanRow, kindOf } from './tree';
import { performanceTexts } from './texts';

const { trace: texts } = performanceTexts;
const HEIGHT = 48;
const WIDTH = 1_000;

/** A stretch of time, in milliseconds since 1970. */
export interface Stretch {
  begin: number;
  end: number;
}

interface MinimapProps {
  rows: readonly SpanRow[];
  whole: Stretch;
  shown: Stretch;
  onSelect: (stretch: Stretch) => void;
}

/** All spans small, and what of them is shown large. What is dragged over is shown then. */
export function Minimap({ rows, whole, shown, onSelect }: MinimapProps) {
  const place = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<{ from: number; to: number }>();
  const length = Math.max(whole.end - whole.begin, 0.001);
  const x = (at: number) => ((at - whole.begin) / length) * WIDTH;
  const timeAt = (clientX: number) => {
    const box = place.current?.getBoundingClientRect();
    const share = box && box.width > 0 ? (clientX - box.left) / box.width : 0;
    return whole.begin + Math.min(1, Math.max(0, share)) * length;
  };
  const step = HEIGHT / Math.max(rows.length, 12);
  const marked = drag ? { begin: Math.min(drag.from, drag.to), end: Math.max(drag.from, drag.to) } : shown;
  return (
    <svg
      ref={place}
      className="minimap"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={texts.minimap}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = timeAt(event.clientX);
        setDrag({ from: at, to: at });
      }}
      onPointerMove={(event) => {
        if (drag) setDrag({ from: drag.from, to: timeAt(event.clientX) });
      }}
      onPointerUp={() => {
        if (drag && marked.end - marked.begin > length / 200) onSelect(marked);
        setDrag(undefined);
      }}
      onPointerCancel={() => setDrag(undefined)}
    >
      <title>{texts.minimapWords}</title>
      {rows.map(({ node }, index) => (
        <rect
          key={node.id}
          className={node.errors.length > 0 ? 'wave wave-error' : `wave wave-${kindOf(node.op)}`}
          x={x(node.begin)}
          y={index * step}
          width={Math.max(2, (node.duration / length) * WIDTH)}
          height={Math.max(1, step * 0.8)}
        />
      ))}
      <rect className="minimap-veil" x={0} y={0} width={Math.max(0, x(marked.begin))} height={HEIGHT} />
      <rect
        className="minimap-veil"
        x={x(marked.end)}
        y={0}
        width={Math.max(0, WIDTH - x(marked.end))}
        height={HEIGHT}
      />
    </svg>
  );
}
