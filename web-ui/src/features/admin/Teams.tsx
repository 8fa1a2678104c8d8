import { useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Team } from '../../api/model';
import { projectsQuery, usersQuery } from '../../app/queries';
import { can, useSession } from '../../app/session';
import '../../ui/Facts.css';
import { Button, IconButton } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { Menu, type MenuEntry } from '../../ui/Menu';
import { Missing } from '../../ui/State';
import { attempt } from './attempt';
import { teamsQuery } from './queries';
import { slugOf } from '../../app/slug';
import { adminTexts } from './texts';

const { teams: texts } = adminTexts;

interface GroupProps {
  title: string;
  mayChange: boolean;
  members: readonly { id: number; name: string }[];
  add: string;
  choices: MenuEntry[];
  takeOut: (id: number) => void;
}

function Group({ title, mayChange, members, add, choices, takeOut }: GroupProps) {
  return (
    <div className="team-group">
      <h3>{title}</h3>
      <ul>
        {members.map((member) => (
          <li key={member.id}>
            {member.name}
            {mayChange && (
              <IconButton label={texts.takeOut(member.name)} onClick={() => takeOut(member.id)}>
                <X aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {mayChange && choices.length > 0 && <Menu trigger={<Button>{add}</Button>} entries={choices} />}
    </div>
  );
}

function TeamCard({ team }: { team: Team }) {
  const session = useSession();
  const queries = useQueryClient();
  const { data: users = [] } = useQuery(usersQuery);
  const { data: projects = [] } = useQuery(projectsQuery);
  const [isRemoving, setRemoving] = useState(false);
  const mayChange = can(session, 'team:write');
  const then = (request: Promise<unknown>) =>
    void attempt(async () => {
      await request;
      await Promise.all([
        queries.invalidateQueries({ queryKey: teamsQuery.queryKey }),
        queries.invalidateQueries({ queryKey: usersQuery.queryKey }),
      ]);
    });
  const member = (userId: number) => ({ params: { path: { id: team.id, userId } } });
  const project = (projectId: number) => ({ params: { path: { id: team.id, projectId } } });
  const inTeam = new Set(team.members.map((one) => one.id));
  const ofTeam = new Set(team.projects.map((one) => one.id));
  return (
    <section className="card facts" aria-label={team.name}>
      <div className="team-head">
        <h2>
          {team.name} <span className="meta mono">{team.slug}</span>
        </h2>
        {can(session, 'team:admin') && (
          <Button look="quiet" onClick={() => setRemoving(true)}>
            {texts.remove}
          </Button>
        )}
      </div>
      <div className="team-groups">
        <Group
          title={texts.members}
          mayChange={mayChange}
          members={team.members.map((one) => ({ id: one.id, name: one.name || one.email }))}
          add={texts.addMember}
          choices={users
            .filter((user) => user.active && !inTeam.has(user.id))
            .map((user) => ({
              label: user.name || user.email,
              hint: user.email,
              run: () => then(value(api.PUT('/api/v1/teams/{id}/members/{userId}', member(user.id)))),
            }))}
          takeOut={(id) => then(value(api.DELETE('/api/v1/teams/{id}/members/{userId}', member(id))))}
        />
        <Group
          title={texts.projects}
          mayChange={mayChange}
          members={team.projects}
          add={texts.addProject}
          choices={projects
            .filter((one) => !ofTeam.has(one.id))
            .map((one) => ({
              label: one.name,
              hint: one.slug,
              run: () => then(value(api.PUT('/api/v1/teams/{id}/projects/{projectId}', project(one.id)))),
            }))}
          takeOut={(id) => then(value(api.DELETE('/api/v1/teams/{id}/projects/{projectId}', project(id))))}
        />
      </div>
      <Confirm
        open={isRemoving}
        onClose={() => setRemoving(false)}
        title={texts.removeTitle(team.name)}
        action={texts.remove}
        run={async () => {
          await value(api.DELETE('/api/v1/teams/{id}', { params: { path: { id: team.id } } }));
          await queries.invalidateQueries({ queryKey: teamsQuery.queryKey });
        }}
      >
        <p>{texts.removeWords}</p>
      </Confirm>
    </section>
  );
}

/** Teams, who is in them, and which projects they have. */
export function Teams() {
  const session = useSession();
  const queries = useQueryClient();
  const teams = useQuery(teamsQuery);
  const [name, setName] = useState('');
  const form = useForm(['name', 'slug'], async () => {
    await value(api.POST('/api/v1/teams', { body: { name: name.trim(), slug: slugOf(name) } }));
    setName('');
    await queries.invalidateQueries({ queryKey: teamsQuery.queryKey });
  });
  return (
    <>
      <p className="meta">{texts.words}</p>
      {!teams.data && <Missing asked={teams} rows={3} />}
      {teams.data?.length === 0 && <p>{texts.empty}</p>}
      {teams.data?.map((team) => (
        <TeamCard key={team.id} team={team} />
      ))}
      {can(session, 'team:write') && (
        <form className="sections-row" onSubmit={form.submit}>
          <TextField
            label={texts.name}
            required
            maxLength={100}
            value={name}
            error={form.errors['name'] ?? form.errors['slug']}
            onChange={(e) => setName(e.target.value)}
          />
          <Button type="submit" busy={form.busy} disabled={slugOf(name) === ''}>
            {texts.add}
          </Button>
        </form>
      )}
      <FormFault>{form.fault}</FormFault>
    </>
  );
}
