import type { ReactNode } from 'react';
import './Badge.css';

type Tone = 'info' | 'error' | 'warning' | 'fatal' | 'good' | 'quiet';

/** A word on a soft ground. The word says it all; the colour only helps. */
export function Badge({ tone = 'quiet', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}
