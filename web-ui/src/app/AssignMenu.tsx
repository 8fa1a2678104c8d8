import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Person } from '../api/model';
import { texts } from '../texts/en';
import { Menu } from '../ui/Menu';
import { usersQuery } from './queries';
import { useSession } from './session';

interface AssignMenuProps {
  trigger: ReactElement<Record<string, unknown>>;
  assignee?: Pick<Person, 'id'> | null;
  assign: (person: Person | null) => void;
}

/** Whom something is given to: oneself first. */
export function AssignMenu({ trigger, assignee, assign }: AssignMenuProps) {
  const { user } = useSession();
  const { data: users = [] } = useQuery(usersQuery);
  const me: Person = { id: user.id, name: user.name, email: user.email };
  const others = users.filter((one) => one.active && one.id !== user.id);
  return (
    <Menu
      trigger={trigger}
      entries={[
        {
          label: texts.assign.toMe,
          hint: user.email,
          run: () => assign(me),
          checked: assignee?.id === user.id,
        },
        { label: texts.assign.nobody, run: () => assign(null), checked: assignee === null },
        ...(others.length > 0 ? (['line'] as const) : []),
        ...others.map((one) => ({
          label: one.name || one.email,
          hint: one.email,
          run: () => assign({ id: one.id, name: one.name, email: one.email }),
          checked: assignee?.id === one.id,
        })),
      ]}
    />
  );
}
