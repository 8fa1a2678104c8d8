import { useQuery } from '@tanstack/react-query';
import { Link, getRouteApi } from '@tanstack/react-router';
import { useTitle } from '../../app/useTitle';
import { DoorPage } from './DoorPage';
import { PasswordLogin } from './PasswordLogin';
import { linkTexts } from './linkTexts';
import { firstLoginQuery, loginMethodsQuery } from './queries';
import { accountTexts } from './texts';

const route = getRouteApi('/login');

function faultText(fault: string): string {
  const texts: Record<string, string> = accountTexts.signOnFaults;
  return texts[fault] ?? accountTexts.signOnFaults.invalid;
}

/** Where everybody comes in: with a password, or by a provider that says who they are. */
export function LoginPage() {
  useTitle(accountTexts.login);
  const { next, fault } = route.useSearch();
  const { data: isFirst } = useQuery(firstLoginQuery);
  // Until it is known, with a password, as almost everywhere.
  const { data: methods = { password: true, single_sign_on: null, single_sign_on_available: false } } =
    useQuery(loginMethodsQuery);
  const signOn = `/api/v1/auth/oidc${next ? `?next=${encodeURIComponent(next)}` : ''}`;
  return (
    <DoorPage title={accountTexts.login}>
      {fault && (
        <p className="field-error" role="alert">
          {faultText(fault)}
        </p>
      )}
      {methods.password && <PasswordLogin next={next} />}
      {methods.single_sign_on && !methods.single_sign_on_available && (
        <p role="status">{accountTexts.signOnAway(methods.single_sign_on)}</p>
      )}
      {methods.single_sign_on && methods.single_sign_on_available && (
        // A link and no form, whose answer the policy of the pages would not let lead elsewhere.
        <a className="button" href={signOn}>
          {accountTexts.signOn(methods.single_sign_on)}
        </a>
      )}
      {methods.password && <Link to="/forgotten">{linkTexts.forgotten}</Link>}
      {isFirst && methods.password && <p className="field-hint">{accountTexts.firstLogin}</p>}
    </DoorPage>
  );
}
