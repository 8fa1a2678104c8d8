import { Link, getRouteApi } from '@tanstack/react-router';
import { can, useSession } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import '../../ui/Tabs.css';
import { FiringNow } from './FiringNow';
import { RulesList } from './RulesList';
import './alerts.css';
import type { ListTab } from './queries';
import { alertTexts } from './texts';

const route = getRouteApi('/shell/alerts');
const { tabs } = alertTexts;
const TABS: readonly (readonly [ListTab | undefined, string])[] = [
  [undefined, tabs.firing],
  ['rules', tabs.rules],
];

/** What fires now, and the rules that make it fire. */
export function AlertsPage() {
  useTitle(alertTexts.page);
  const { tab } = route.useSearch();
  const session = useSession();
  return (
    <div className="page-full">
      <h1 className="sr-only">{alertTexts.page}</h1>
      <div className="alerts-bar">
        <nav className="tabs" aria-label={tabs.label}>
          {TABS.map(([name, label]) => (
            <Link
              key={label}
              to="/alerts"
              search={(before) => ({ ...before, tab: name })}
              className="tab"
              activeOptions={{ exact: true, explicitUndefined: true }}
              preload="intent"
            >
              {label}
            </Link>
          ))}
        </nav>
        {can(session, 'alerts:write') && (
          <Link to="/alerts/new" className="button button-primary">
            {alertTexts.newRule}
          </Link>
        )}
      </div>
      {tab === 'rules' ? <RulesList /> : <FiringNow />}
    </div>
  );
}
