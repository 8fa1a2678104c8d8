import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { OrganizationToken } from '../../api/model';
import { tokenTexts } from '../../texts/tokens';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Facts } from '../../ui/Facts';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { Once } from '../../ui/Once';
import { When } from '../../ui/When';
import { organizationTokensQuery } from './queries';
import { adminTexts } from './texts';

const { organizationTokens: texts } = adminTexts;

/** The tokens of the organization for builds, and a form to make one. */
export function OrganizationTokens() {
  const queries = useQueryClient();
  const tokens = useQuery(organizationTokensQuery);
  const [name, setName] = useState('');
  const [made, setMade] = useState<OrganizationToken>();
  const [ending, setEnding] = useState<OrganizationToken>();
  const refresh = () => queries.invalidateQueries({ queryKey: organizationTokensQuery.queryKey });
  const form = useForm(['name'], async () => {
    setMade(await value(api.POST('/api/v1/organization/tokens', { body: { name: name.trim() } })));
    setName('');
    await refresh();
  });
  return (
    <>
      {made?.token && <Once words={texts.once(made.name)} secret={made.token} copy={texts.copy} />}
      <form className="card sections-form facts" onSubmit={form.submit}>
        <h2>{texts.add}</h2>
        <p className="meta">{texts.words}</p>
        <TextField
          label={tokenTexts.name}
          hint={texts.nameHint}
          required
          value={name}
          error={form.errors['name']}
          onChange={(e) => setName(e.target.value)}
        />
        <FormFault>{form.fault}</FormFault>
        <Button look="primary" type="submit" busy={form.busy}>
          {texts.send}
        </Button>
      </form>
      <Facts
        title={texts.list}
        none={adminTexts.none}
        heads={[
          { name: tokenTexts.name },
          { name: texts.end },
          { name: tokenTexts.scopes },
          { name: texts.by },
          { name: tokenTexts.used },
          { name: '' },
        ]}
        rows={tokens.data}
        asked={tokens}
        rowKey={(token) => token.id}
        cells={(token) => [
          token.name,
          <code key="end">…{token.last_characters}</code>,
          token.scopes.join(', '),
          token.created_by,
          <When key="used" at={token.last_used_at} />,
          <Button key="delete" onClick={() => setEnding(token)}>
            {tokenTexts.end}
          </Button>,
        ]}
      />
      <Confirm
        open={ending !== undefined}
        onClose={() => setEnding(undefined)}
        title={tokenTexts.endTitle(ending?.name ?? '')}
        action={tokenTexts.end}
        run={async () => {
          if (ending)
            await value(
              api.DELETE('/api/v1/organization/tokens/{id}', { params: { path: { id: ending.id } } }),
            );
          await refresh();
        }}
      >
        <p>{tokenTexts.endWords}</p>
      </Confirm>
    </>
  );
}
