import type { Release } from '../../api/model';
import { Count } from '../../ui/Count';
import type { Column } from '../../ui/DataTable';
import { percent, points } from './health';
import { healthTexts as texts } from './healthTexts';
import { releaseTexts } from './texts';
import './health.css';

const { columns: heads } = releaseTexts;
const NONE = <span className="meta">–</span>;

/** How the sessions of releases went; a dash without any. */
export const healthColumns: Column<Release>[] = [
  {
    name: 'adoption',
    head: heads.adoption,
    width: '112px',
    from: 'desk',
    cell: ({ health }) =>
      health.adoption === null ? (
        NONE
      ) : (
        <span className="adoption">
          <span className="adoption-bar">
            <span style={{ width: `${health.adoption * 100}%` }} />
          </span>
          {Math.round(health.adoption * 100)} %
        </span>
      ),
  },
  {
    name: 'crash_free',
    head: texts.crashFreeSessions,
    width: '132px',
    from: 'tablet',
    cell: ({ health }) =>
      health.crash_free_sessions === null ? (
        NONE
      ) : (
        <span className="release-name">
          <span>{percent(health.crash_free_sessions)}</span>
          <span className="meta">
            {points(health.crash_free_sessions, health.crash_free_sessions_before)}
          </span>
        </span>
      ),
  },
  {
    name: 'sessions',
    head: texts.sessions,
    width: '72px',
    align: 'end',
    from: 'tablet',
    cell: ({ health }) => (health.sessions === null ? NONE : <Count value={health.sessions} />),
  },
];
