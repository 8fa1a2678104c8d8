import type { ReactNode } from 'react';
import './Marks.css';

export interface Mark {
  key: number;
  /** When it was, in milliseconds since 1970. */
  at: number;
  /** A link that says what was then. */
  link: ReactNode;
  /** A spike has a sign at its foot. */
  kind?: 'spike';
}

interface MarksProps {
  label: string;
  marks: readonly Mark[];
  /** What the left and the right edge of the place stand for. */
  from: number;
  to: number;
  /** Until when marks are shown; those behind the right edge stand on it. */
  until?: number;
}

/** Moments of a chart as thin lines over it, which say what they are under the pointer or by keyboard. The place is the nearest positioned element. */
export function Marks({ label, marks, from, to, until = to }: MarksProps) {
  const shown = marks.filter(({ at }) => at >= from && at <= until);
  if (shown.length === 0) return null;
  return (
    <ul className="marks" aria-label={label}>
      {shown.map(({ key, at, link, kind }) => {
        const share = to > from ? Math.min(1, (at - from) / (to - from)) : 1;
        return (
          <li
            key={key}
            className={kind === 'spike' ? 'mark mark-spike' : 'mark'}
            data-side={share > 0.5 ? 'left' : 'right'}
            style={{ left: `${share * 100}%` }}
          >
            {link}
          </li>
        );
      })}
    </ul>
  );
}
