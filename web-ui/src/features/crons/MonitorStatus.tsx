import { Link } from '@tanstack/react-router';
import type { Monitor } from '../../api/model';
import { Badge } from '../../ui/Badge';
import { When } from '../../ui/When';
import { Cells } from './Cells';
import './crons.css';
import { cronTexts as texts } from './texts';

const TONES = { ok: 'good', error: 'error', missed: 'error', timeout: 'error', in_progress: 'info' } as const;

/** The word for a status of a check-in. */
export function StatusBadge({ status }: { status: string }) {
  return (
    <Badge tone={TONES[status as keyof typeof TONES] ?? 'quiet'}>{texts.states[status] ?? status}</Badge>
  );
}

/** How a monitor fares in each of its environments. */
export function Environments({ monitor }: { monitor: Monitor }) {
  if (monitor.environments.length === 0) return <StatusBadge status="waiting" />;
  return (
    <ul className="cron-environments">
      {monitor.environments.map((one) => (
        <li key={one.name} className="cron-environment">
          <span className="cron-environment-name">{one.name}</span>
          <span className="cron-state">
            <StatusBadge status={one.status} />
            {one.failing_since ? (
              <span className="meta">
                {texts.failingSince} <When at={one.failing_since} />
              </span>
            ) : (
              one.consecutive_failures > 0 && (
                <span className="meta">{texts.failures(one.consecutive_failures)}</span>
              )
            )}
            {one.issue_id !== null && (
              <Link to="/issues/$id" params={{ id: one.issue_id }}>
                {texts.issue}
              </Link>
            )}
          </span>
          {one.recent.length > 0 ? <Cells recent={one.recent} /> : <span />}
          <span className="meta cron-next">
            {texts.next}: <When at={one.next_check_in} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** When it runs, in words. */
export function scheduleWords(monitor: Monitor): string {
  if (!monitor.schedule) return texts.noSchedule;
  const zone = monitor.schedule.type === 'crontab' ? `, ${monitor.time_zone}` : '';
  return monitor.schedule.words === monitor.schedule.value
    ? `${monitor.schedule.value}${zone}`
    : `${monitor.schedule.words}${zone}`;
}
