import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { projectsQuery } from '../../app/queries';
import { type Scope, present, projectsOf } from '../../app/search';
import { can, useSession } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import '../../ui/Tabs.css';
import { Deliveries } from './Deliveries';
import { FiringNow } from './FiringNow';
import { Received } from './Received';
import { RulesList } from './RulesList';
import './alerts.css';
import type { ListTab } from './queries';
import { alertTexts } from './texts';

const route = getRouteApi('/shell/alerts');
const { tabs } = alertTexts;
const TABS: readonly (readonly [ListTab | undefined, string])[] = [
  [undefined, tabs.firing],
  ['rules', tabs.rules],
  ['deliveries', tabs.deliveries],
  ['received', tabs.received],
];

/** The one project that is chosen; none if there are several or none. */
function useChosenProject(search: Scope): number | undefined {
  const { data } = useQuery(projectsQuery);
  const [slug, ...others] = projectsOf(search);
  return others.length === 0 ? data?.find((project) => project.slug === slug)?.id : undefined;
}

/** What fires now, the rules that make it fire, what was sent, and what other trackers have sent. */
export function AlertsPage() {
  useTitle(alertTexts.page);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { tab, state } = search;
  const project = useChosenProject(search);
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
              search={(before) => ({ ...before, tab: name, state: undefined })}
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
      {tab === undefined && <FiringNow />}
      {tab === 'rules' && <RulesList />}
      {tab === 'deliveries' && (
        <Deliveries
          {...present({ project, state })}
          onState={(next) =>
            void navigate({ search: (before) => ({ ...before, state: next }), replace: true })
          }
        />
      )}
      {tab === 'received' && <Received {...present({ project })} />}
    </div>
  );
}
