import { Link, getRouteApi } from '@tanstack/react-router';
import { oneOf } from '../../app/search';
import { can, useSession } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { SectionsPage } from '../../ui/SectionsPage';
import { OrganizationWebhooks } from '../webhooks/OrganizationWebhooks';
import { AllTokens } from './AllTokens';
import { Audit } from './Audit';
import { Jobs } from './Jobs';
import { Organization } from './Organization';
import { OrganizationTokens } from './OrganizationTokens';
import { Projects } from './Projects';
import { System } from './System';
import { Teams } from './Teams';
import { Users } from './Users';
import './admin.css';
import { SECTIONS, type SectionName } from './queries';
import { adminTexts } from './texts';

const route = getRouteApi('/shell/admin/$section');
const PARTS: Record<SectionName, () => React.ReactNode> = {
  users: Users,
  teams: Teams,
  projects: Projects,
  tokens: AllTokens,
  builds: OrganizationTokens,
  webhooks: OrganizationWebhooks,
  jobs: Jobs,
  audit: Audit,
  system: System,
  organization: Organization,
};
/** What has to be allowed for a section to be there at all. */
const NEEDS: Partial<Record<SectionName, string>> = {
  tokens: 'member:write',
  builds: 'org:write',
  webhooks: 'org:write',
  audit: 'org:write',
};

/** The installation: who works with it, what it holds, what it does, how it is. */
export function AdminPage() {
  useTitle(adminTexts.page);
  const session = useSession();
  const { section } = route.useParams();
  const shown = SECTIONS.filter((one) => can(session, NEEDS[one] ?? 'org:read'));
  const Part = PARTS[oneOf(section, shown) ?? 'users'];
  const links = shown.map((one) => (
    <Link key={one} to="/admin/$section" params={{ section: one }}>
      {adminTexts.sections[one]}
    </Link>
  ));
  return (
    <SectionsPage head={<h1>{adminTexts.page}</h1>} label={adminTexts.sections.label} links={links} wide>
      <Part />
    </SectionsPage>
  );
}
