import type { Monitor } from '../../api/model';
import { localTime } from '../../ui/format';
import './crons.css';
import { duration } from './duration';
import { cronTexts as texts } from './texts';

type Recent = Monitor['environments'][number]['recent'];

const PLACES = 40;
const STEP = 6;
const HEIGHT = 24;

const TOPS: Record<string, number> = { ok: 0, in_progress: HEIGHT / 2, unknown: HEIGHT / 2 };

/** The last check-ins, the newest on the right. What is not well is lower on top too, so that it is seen without its colour. */
export function Cells({ recent }: { recent: Recent }) {
  const shown = recent.slice(0, PLACES).toReversed();
  const failed = shown.filter(({ status }) => ['error', 'missed', 'timeout'].includes(status)).length;
  const first = PLACES - shown.length;
  return (
    <svg
      className="cron-cells"
      viewBox={`0 0 ${PLACES * STEP} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={texts.cells(shown.length, failed)}
    >
      {Array.from({ length: first }, (_, index) => (
        <rect
          key={`none-${index}`}
          className="cron-none"
          x={index * STEP}
          y={HEIGHT - 3}
          width={STEP - 1}
          height={3}
        />
      ))}
      {shown.map((cell, index) => {
        const top = TOPS[cell.status] ?? HEIGHT / 3;
        return (
          <rect
            key={cell.id}
            className={`cron-${cell.status}`}
            x={(first + index) * STEP}
            y={top}
            width={STEP - 1}
            height={HEIGHT - top}
          >
            <title>
              {texts.cell(
                localTime(new Date(cell.at)),
                texts.states[cell.status] ?? cell.status,
                duration(cell.duration_ms),
              )}
            </title>
          </rect>
        );
      })}
    </svg>
  );
}
