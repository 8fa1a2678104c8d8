import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { ApiToken } from '../../api/model';
import { TokenTable } from '../../app/TokenTable';
import { useSession } from '../../app/session';
import { tokenTexts } from '../../texts/tokens';
import { Button } from '../../ui/Button';
import { CheckField, FormFault, TextField, useForm } from '../../ui/Field';
import { Once } from '../../ui/Once';
import { tokensQuery } from './accountQueries';
import { settingsTexts } from './accountTexts';

const { tokens: texts } = settingsTexts;
const PREFIX = { name: texts.token, of: (token: ApiToken) => <code>{token.prefix}…</code> };

function NewToken({ made }: { made: (token: ApiToken) => void }) {
  const session = useSession();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [day, setDay] = useState('');
  const [scopes, setScopes] = useState<ReadonlySet<string>>(new Set(['event:read', 'project:read']));
  const form = useForm(['name', 'expires_at', 'scopes'], async () => {
    const token = await value(
      api.POST('/api/v1/tokens', {
        body: {
          name: name.trim(),
          scopes: session.scopes.filter((scope) => scopes.has(scope)),
          ...(day ? { expires_at: new Date(day).toISOString() } : {}),
        },
      }),
    );
    made(token);
    setName('');
    await queries.invalidateQueries({ queryKey: ['tokens'] });
  });
  const toggle = (scope: string) => {
    const next = new Set(scopes);
    if (!next.delete(scope)) next.add(scope);
    setScopes(next);
  };
  return (
    <form className="card sections-form facts" onSubmit={form.submit}>
      <h2>{texts.add}</h2>
      <div className="sections-row">
        <TextField
          label={texts.newName}
          required
          maxLength={100}
          value={name}
          error={form.errors['name']}
          onChange={(e) => setName(e.target.value)}
        />
        <TextField
          label={texts.newExpires}
          hint={texts.newExpiresHint}
          type="date"
          value={day}
          error={form.errors['expires_at']}
          onChange={(e) => setDay(e.target.value)}
        />
      </div>
      <fieldset className="plain-fieldset scopes">
        <legend className="field-label">{tokenTexts.scopes}</legend>
        {session.scopes.map((scope) => (
          <CheckField
            key={scope}
            label={<code>{scope}</code>}
            checked={scopes.has(scope)}
            onChange={() => toggle(scope)}
          />
        ))}
      </fieldset>
      <FormFault>{form.errors['scopes'] ?? form.fault}</FormFault>
      <Button
        look="primary"
        type="submit"
        busy={form.busy}
        disabled={name.trim() === '' || scopes.size === 0}
      >
        {texts.add}
      </Button>
    </form>
  );
}

/** What one's programs come in with. */
export function Tokens() {
  const tokens = useQuery(tokensQuery);
  const [made, setMade] = useState<ApiToken>();
  return (
    <>
      <p className="meta">{texts.words}</p>
      {made?.token && <Once words={texts.once} secret={made.token} copy={texts.copy} />}
      <TokenTable title={texts.list} none={texts.none} tokens={tokens} mark={PREFIX} />
      <NewToken made={setMade} />
    </>
  );
}
