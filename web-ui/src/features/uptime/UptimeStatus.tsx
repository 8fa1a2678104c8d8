import type { UptimeCheck } from '../../api/model';
import { Badge } from '../../ui/Badge';
import { When } from '../../ui/When';
import { share } from './share';
import { uptimeTexts as texts } from './texts';
import './uptime.css';

/** Whether it is there, and since when. */
export function UptimeStatus({ check }: { check: UptimeCheck }) {
  if (!check.enabled) return <Badge>{texts.disabled}</Badge>;
  const tone = check.state === 'up' ? 'good' : check.state === 'down' ? 'error' : 'quiet';
  return (
    <span className="uptime-status">
      <Badge tone={tone}>{texts.states[check.state] ?? check.state}</Badge>
      {check.state !== 'unknown' && (
        <span className="meta">
          {texts.since} <When at={check.since} />
        </span>
      )}
      {check.consecutive_failures > 0 && (
        <span className="meta">{texts.failing(check.consecutive_failures)}</span>
      )}
    </span>
  );
}

/** How much of the time it was there. */
export function UptimeShares({ check }: { check: UptimeCheck }) {
  const { day, week, month } = check.availability;
  return (
    <dl className="uptime-shares">
      {(
        [
          [texts.availability.day, day],
          [texts.availability.week, week],
          [texts.availability.month, month],
        ] as const
      ).map(([name, value]) => (
        <div key={name}>
          <dt className="meta">{name}</dt>
          <dd>{share(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
