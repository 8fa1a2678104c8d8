import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Count } from '../../ui/Count';
import { Missing } from '../../ui/State';
import { countChange, percent, shareChange } from './change';
import { figuresQuery } from './queries';
import { dashboardTexts } from './texts';

const { figures: texts } = dashboardTexts;
const route = getRouteApi('/shell/dashboard');

/** The four figures of the time, with how they differ from the time before. */
export function Figures() {
  const asked = useQuery(figuresQuery(route.useSearch()));
  if (!asked.data) return <Missing asked={asked} rows={1} />;
  const { now, before } = asked.data;
  return (
    <dl className="dashboard-figures" aria-label={texts.label}>
      <div>
        <dt>{texts.errors}</dt>
        <dd>
          <Count value={now.errors} />
        </dd>
        <dd className="meta">{countChange(now.errors, before.errors)}</dd>
      </div>
      <div>
        <dt>{texts.users}</dt>
        <dd>
          <Count value={now.users} />
        </dd>
        <dd className="meta">{countChange(now.users, before.users)}</dd>
      </div>
      <div>
        <dt>{texts.newIssues}</dt>
        <dd>
          <Count value={now.new_issues} />
        </dd>
        <dd className="meta">{countChange(now.new_issues, before.new_issues)}</dd>
      </div>
      <div>
        <dt>{texts.crashFree}</dt>
        <dd>{now.crash_free === null ? '–' : percent(now.crash_free)}</dd>
        <dd className="meta">{shareChange(now.crash_free, before.crash_free)}</dd>
      </div>
    </dl>
  );
}
