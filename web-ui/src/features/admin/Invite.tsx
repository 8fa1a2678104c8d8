import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Invitation, Role } from '../../api/model';
import { Button } from '../../ui/Button';
import { Facts } from '../../ui/Facts';
import { CheckField, FormFault, SelectField, TextField, useForm } from '../../ui/Field';
import { Once } from '../../ui/Once';
import { When } from '../../ui/When';
import { attempt } from './attempt';
import { ROLES, invitationsQuery, teamsQuery } from './queries';
import { adminTexts } from './texts';

const { invitations: texts } = adminTexts;

/** Who is invited, and a form to invite somebody. */
export function Invite() {
  const queries = useQueryClient();
  const invitations = useQuery(invitationsQuery);
  const { data: teams = [] } = useQuery(teamsQuery);
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('member');
  const [inTeams, setInTeams] = useState<ReadonlySet<string>>(new Set());
  const [made, setMade] = useState<Invitation>();
  const refresh = () => queries.invalidateQueries({ queryKey: invitationsQuery.queryKey });
  const form = useForm(['email', 'role', 'teams'], async () => {
    setMade(
      await value(
        api.POST('/api/v1/invitations', { body: { email: email.trim(), role, teams: [...inTeams] } }),
      ),
    );
    setEmail('');
    await refresh();
  });
  const toggle = (slug: string) => {
    const next = new Set(inTeams);
    if (!next.delete(slug)) next.add(slug);
    setInTeams(next);
  };
  return (
    <>
      {made?.url && (
        <Once
          words={made.mailed ? texts.mailed(made.email) : texts.link(made.email)}
          secret={made.url}
          copy={adminTexts.users.copy}
        />
      )}
      <form className="card sections-form facts" onSubmit={form.submit}>
        <h2>{texts.title}</h2>
        <p className="meta">{texts.words}</p>
        <div className="sections-row">
          <TextField
            label={texts.email}
            type="email"
            required
            value={email}
            error={form.errors['email']}
            onChange={(e) => setEmail(e.target.value)}
          />
          <SelectField
            label={texts.role}
            value={role}
            error={form.errors['role']}
            onChange={(e) => setRole(ROLES.find((one) => one === e.target.value) ?? 'member')}
          >
            {ROLES.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </SelectField>
        </div>
        {teams.length > 0 && (
          <fieldset className="plain-fieldset row-actions">
            <legend className="field-label">{texts.teams}</legend>
            {teams.map((team) => (
              <CheckField
                key={team.id}
                label={team.name}
                checked={inTeams.has(team.slug)}
                onChange={() => toggle(team.slug)}
              />
            ))}
          </fieldset>
        )}
        <FormFault>{form.errors['teams'] ?? form.fault}</FormFault>
        <Button look="primary" type="submit" busy={form.busy}>
          {texts.invite}
        </Button>
      </form>
      <Facts
        title={texts.list}
        none={adminTexts.none}
        heads={[
          { name: texts.email },
          { name: texts.role },
          { name: texts.teams },
          { name: texts.expires },
          { name: '' },
        ]}
        rows={invitations.data}
        asked={invitations}
        rowKey={(invitation) => invitation.id}
        cells={(invitation) => [
          invitation.email,
          invitation.role,
          invitation.teams.join(', '),
          <When key="expires" at={invitation.expires_at} />,
          <Button
            key="back"
            onClick={() =>
              void attempt(async () => {
                await value(
                  api.DELETE('/api/v1/invitations/{id}', { params: { path: { id: invitation.id } } }),
                );
                await refresh();
              })
            }
          >
            {texts.takeBack}
          </Button>,
        ]}
      />
    </>
  );
}
