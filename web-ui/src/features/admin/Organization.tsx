import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Organization as Values } from '../../api/model';
import { can, sessionQuery, useSession } from '../../app/session';
import { Button } from '../../ui/Button';
import { CheckField, FormFault, TextField, useForm } from '../../ui/Field';
import { Missing } from '../../ui/State';
import { toast } from '../../ui/Toasts';
import { organizationQuery } from './queries';
import { adminTexts } from './texts';

const { organization: texts } = adminTexts;

function OrganizationForm({ values, mayChange }: { values: Values; mayChange: boolean }) {
  const queries = useQueryClient();
  const [name, setName] = useState(values.name);
  const [slug, setSlug] = useState(values.slug);
  const [seesAll, setSeesAll] = useState(values.members_see_all_projects);
  const [needsFactor, setNeedsFactor] = useState(values.requires_second_factor);
  const router = useRouter();
  const form = useForm(['name', 'slug', 'members_see_all_projects', 'requires_second_factor'], async () => {
    const body = {
      name: name.trim(),
      slug: slug.trim(),
      members_see_all_projects: seesAll,
      requires_second_factor: needsFactor,
    };
    queries.setQueryData(
      organizationQuery.queryKey,
      await value(api.PATCH('/api/v1/organization', { body })),
    );
    toast(adminTexts.saved);
    // Whoever requires it may have none, and is led to it like everybody.
    await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
    await router.invalidate();
  });
  return (
    <form className="sections-form" onSubmit={form.submit}>
      <fieldset className="sections-form plain-fieldset" disabled={!mayChange}>
        <TextField
          label={texts.name}
          required
          maxLength={100}
          value={name}
          error={form.errors['name']}
          onChange={(e) => setName(e.target.value)}
        />
        <TextField
          label={texts.slug}
          hint={texts.slugHint}
          className="input mono"
          required
          value={slug}
          error={form.errors['slug']}
          onChange={(e) => setSlug(e.target.value)}
        />
        <CheckField
          label={texts.all}
          hint={texts.allHint}
          checked={seesAll}
          onChange={(e) => setSeesAll(e.target.checked)}
        />
        <CheckField
          label={texts.factor}
          hint={texts.factorHint}
          checked={needsFactor}
          onChange={(e) => setNeedsFactor(e.target.checked)}
        />
        <FormFault>{form.fault}</FormFault>
        {mayChange ? (
          <Button look="primary" type="submit" busy={form.busy}>
            {adminTexts.save}
          </Button>
        ) : (
          <p className="meta">{adminTexts.readOnly('org:admin')}</p>
        )}
      </fieldset>
    </form>
  );
}

/** What holds for the whole installation. */
export function Organization() {
  const session = useSession();
  const organization = useQuery(organizationQuery);
  return organization.data ? (
    <OrganizationForm values={organization.data} mayChange={can(session, 'org:admin')} />
  ) : (
    <Missing asked={organization} rows={3} />
  );
}
