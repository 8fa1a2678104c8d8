import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import { useSession } from '../../app/session';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { toast } from '../../ui/Toasts';
import { identitiesQuery } from './accountQueries';
import { settingsTexts as texts } from './accountTexts';

/** Who one is to a provider that logs people in; nothing for whoever none knows. */
export function Identities() {
  const session = useSession();
  const queries = useQueryClient();
  const { data: identities = [] } = useQuery(identitiesQuery);
  const [isAsking, setAsking] = useState(false);
  if (identities.length === 0) return null;
  return (
    <section className="sections-form" aria-label={texts.identity}>
      <h2>{texts.identity}</h2>
      {identities.map((identity) => (
        <p key={identity.issuer}>{texts.identityOf(identity.issuer)}</p>
      ))}
      <div>
        <Button look="danger" onClick={() => setAsking(true)}>
          {texts.release}
        </Button>
      </div>
      <Confirm
        open={isAsking}
        onClose={() => setAsking(false)}
        title={texts.releaseTitle}
        action={texts.release}
        run={async () => {
          await value(api.DELETE('/api/v1/account/identities'));
          if (session.single_sign_on) {
            window.location.assign('/ui/login');
            return;
          }
          toast(texts.released);
          await queries.invalidateQueries({ queryKey: identitiesQuery.queryKey });
        }}
      >
        <p>{texts.releaseWords}</p>
      </Confirm>
    </section>
  );
}
