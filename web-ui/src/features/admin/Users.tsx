import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Role, User } from '../../api/model';
import { usersQuery } from '../../app/queries';
import { can, useSession } from '../../app/session';
import { Badge } from '../../ui/Badge';
import { IconButton } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Facts } from '../../ui/Facts';
import { Menu } from '../../ui/Menu';
import { Once } from '../../ui/Once';
import { When } from '../../ui/When';
import { toast } from '../../ui/Toasts';
import { Invite } from './Invite';
import { attempt } from './attempt';
import { ROLES } from './queries';
import { adminTexts } from './texts';

const { users: texts } = adminTexts;

/** Who has an account, what they may do, and who is invited. */
export function Users() {
  const session = useSession();
  const queries = useQueryClient();
  const users = useQuery(usersQuery);
  const [link, setLink] = useState<{ email: string; url: string; mailed: boolean }>();
  const [removing, setRemoving] = useState<User>();
  const mayChange = can(session, 'member:write');
  const refresh = () => queries.invalidateQueries({ queryKey: usersQuery.queryKey });
  const change = (user: User, body: { role?: Role; active?: boolean }) =>
    void attempt(async () => {
      await value(api.PATCH('/api/v1/users/{id}', { params: { path: { id: user.id } }, body }));
      await refresh();
      toast(adminTexts.saved);
    });
  const reset = (user: User) =>
    void attempt(async () => {
      const { url, mailed } = await value(
        api.POST('/api/v1/users/{id}/password-reset', { params: { path: { id: user.id } } }),
      );
      setLink({ email: user.email, url, mailed });
    });
  const resetFactor = (user: User) =>
    void attempt(async () => {
      await value(api.DELETE('/api/v1/users/{id}/second-factor', { params: { path: { id: user.id } } }));
      await refresh();
      toast(texts.factorGone(user.email));
    });
  const release = (user: User) =>
    void attempt(async () => {
      await value(api.DELETE('/api/v1/users/{id}/identities', { params: { path: { id: user.id } } }));
      await refresh();
      toast(texts.released(user.email));
    });
  const actions = (user: User) => (
    <Menu
      align="end"
      trigger={
        <IconButton label={texts.actions(user.email)}>
          <Ellipsis aria-hidden />
        </IconButton>
      }
      entries={[
        { label: texts.reset, run: () => reset(user) },
        ...(user.single_sign_on && user.id !== session.user.id
          ? [{ label: texts.release, run: () => release(user) }]
          : []),
        ...(user.second_factor ? [{ label: texts.resetFactor, run: () => resetFactor(user) }] : []),
        {
          label: user.active ? texts.switchOff : texts.switchOn,
          run: () => change(user, { active: !user.active }),
        },
        'line',
        { label: texts.remove, danger: true, run: () => setRemoving(user) },
      ]}
    />
  );
  return (
    <>
      {link && (
        <Once
          words={link.mailed ? texts.resetMailed(link.email) : texts.resetLink(link.email)}
          secret={link.url}
          copy={adminTexts.users.copy}
        />
      )}
      <Facts
        title={texts.list}
        none={adminTexts.none}
        heads={[
          { name: texts.who },
          { name: texts.role },
          { name: texts.teams },
          { name: texts.seen },
          { name: texts.state },
          { name: texts.factor },
          ...(mayChange ? [{ name: '' }] : []),
        ]}
        rows={users.data}
        asked={users}
        rowKey={(user) => user.id}
        cells={(user) => [
          <span key="who">
            {user.name} <span className="meta">{user.email}</span>
          </span>,
          mayChange ? (
            <select
              key="role"
              className="input admin-role"
              aria-label={texts.roleOf(user.email)}
              value={user.role}
              onChange={(e) =>
                change(user, { role: ROLES.find((one) => one === e.target.value) ?? user.role })
              }
            >
              {ROLES.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          ) : (
            user.role
          ),
          user.teams.join(', '),
          <When key="seen" at={user.last_seen_at} />,
          <Badge key="state" tone={user.active ? 'good' : 'quiet'}>
            {user.active ? texts.active : texts.inactive}
          </Badge>,
          <span key="factor">
            {user.second_factor && <Badge tone="good">{texts.factor}</Badge>}{' '}
            {user.single_sign_on && <Badge tone="quiet">{texts.signOn}</Badge>}
          </span>,
          ...(mayChange ? [<span key="actions">{actions(user)}</span>] : []),
        ]}
      />
      {mayChange && <Invite />}
      <Confirm
        open={removing !== undefined}
        onClose={() => setRemoving(undefined)}
        title={texts.removeTitle(removing?.email ?? '')}
        action={texts.remove}
        run={async () => {
          if (removing)
            await value(api.DELETE('/api/v1/users/{id}', { params: { path: { id: removing.id } } }));
          await refresh();
        }}
      >
        <p>{texts.removeWords}</p>
      </Confirm>
    </>
  );
}
