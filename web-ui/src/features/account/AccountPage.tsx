import { Link, getRouteApi } from '@tanstack/react-router';
import { oneOf } from '../../app/search';
import { useTitle } from '../../app/useTitle';
import { SectionsPage } from '../../ui/SectionsPage';
import { Notifications } from './Notifications';
import { Password } from './Password';
import { Profile } from './Profile';
import { SecondFactor } from './SecondFactor';
import { Sessions } from './Sessions';
import { Tokens } from './Tokens';
import './account.css';
import { ACCOUNT_SECTIONS } from './accountQueries';
import { settingsTexts } from './accountTexts';

const route = getRouteApi('/shell/account/$section');
const PARTS = {
  profile: Profile,
  notifications: Notifications,
  password: Password,
  'second-factor': SecondFactor,
  sessions: Sessions,
  tokens: Tokens,
};

/** What is one's own: name, notifications, password, second factor, sessions, tokens. */
export function AccountPage() {
  useTitle(settingsTexts.page);
  const { section } = route.useParams();
  const Part = PARTS[oneOf(section, ACCOUNT_SECTIONS) ?? 'profile'];
  const links = ACCOUNT_SECTIONS.map((one) => (
    <Link key={one} to="/account/$section" params={{ section: one }}>
      {settingsTexts.sections[one]}
    </Link>
  ));
  return (
    <SectionsPage head={<h1>{settingsTexts.page}</h1>} label={settingsTexts.sections.label} links={links}>
      <Part />
    </SectionsPage>
  );
}
