import type { UptimeCheck } from '../../api/model';
import { localTime } from '../../ui/format';
import { uptimeTexts as texts } from './texts';
import './uptime.css';

type Span = UptimeCheck['spans'][number];

const STEP = 4;
const HEIGHT = 24;

function tone({ ok, failed }: Span): string {
  if (ok + failed === 0) return 'none';
  return failed === 0 ? 'well' : ok === 0 ? 'failed' : 'mixed';
}

/** The last 24 hours, a cell for each span. What failed is lower on top too, so that it is seen without its colour. */
export function UptimeBar({ spans }: { spans: readonly Span[] }) {
  const well = spans.reduce((sum, span) => sum + span.ok, 0);
  const failed = spans.reduce((sum, span) => sum + span.failed, 0);
  return (
    <svg
      className="uptime-bar"
      viewBox={`0 0 ${spans.length * STEP} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={texts.bar(well, failed)}
    >
      {spans.map((span, index) => {
        const top = span.failed > 0 ? HEIGHT / 3 : 0;
        return (
          <rect
            key={span.start}
            className={`uptime-${tone(span)}`}
            x={index * STEP}
            y={top}
            width={STEP - 1}
            height={HEIGHT - top}
          >
            <title>{texts.cell(localTime(new Date(span.start)), span.ok, span.failed)}</title>
          </rect>
        );
      })}
    </svg>
  );
}
