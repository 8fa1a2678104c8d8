import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AlertTargetChange } from '../../api/model';
import { usersQuery } from '../../app/queries';
import { IconButton } from '../../ui/Button';
import { TextArea, TextField } from '../../ui/Field';
import { Inline, Select, Text } from './Inline';
import { previewQuery, teamsQuery } from './queries';
import { alertTexts } from './texts';
import { TARGET_TYPES } from './words';

const { targets: texts, editor } = alertTexts;
const SIGNED = new Set<AlertTargetChange['type']>(['webhook', 'sentry_webhook']);
const PATIENCE_MILLIS = 400;

interface RowProps {
  number: number;
  target: AlertTargetChange;
  project: string | undefined;
  hasSecret: boolean;
  fault: string | undefined;
  change: (target: AlertTargetChange) => void;
  remove: () => void;
}

function Value({ target, change }: Pick<RowProps, 'target' | 'change'>) {
  const { data: users = [] } = useQuery(usersQuery);
  const { data: teams = [] } = useQuery(teamsQuery);
  if (target.type === 'assignee') return null;
  if (target.type === 'user' || target.type === 'team') {
    const named =
      target.type === 'user'
        ? users.map((user) => [String(user.id), user.name || user.email] as const)
        : teams.map((team) => [String(team.id), team.name] as const);
    return (
      <Select
        label={texts.value}
        value={target.value ?? ''}
        words={[['', '–'] as const, ...named]}
        change={(value) => change({ ...target, value })}
      />
    );
  }
  return (
    <Text label={texts.value} value={target.value ?? ''} change={(value) => change({ ...target, value })} />
  );
}

function useLater(text: string): string {
  const [later, setLater] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setLater(text), PATIENCE_MILLIS);
    return () => clearTimeout(timer);
  }, [text]);
  return later;
}

function Preview({ project, target }: { project: string; target: AlertTargetChange }) {
  const subject = useLater(target.subject ?? '');
  const body = useLater(target.body ?? '');
  const { data, error } = useQuery(previewQuery(project, subject, body));
  if (error) return <p className="field-error">{error.message}</p>;
  if (!data) return null;
  return (
    <div className="alert-preview" role="status" aria-label={texts.preview}>
      {data.is_example && <p className="meta">{texts.example}</p>}
      {data.subject && (
        <p>
          <strong>{data.subject}</strong>
        </p>
      )}
      {data.body && <pre>{data.body}</pre>}
    </div>
  );
}

/** Somebody whom the rule tells, and in which words. */
export function TargetRow({ number, target, project, hasSecret, fault, change, remove }: RowProps) {
  const hasWords = Boolean(target.subject) || Boolean(target.body);
  const [isOpen, setOpen] = useState(hasWords);
  return (
    <div role="group" aria-label={texts.label(number)} className="alert-part">
      <Inline>
        <Select
          label={texts.type}
          value={target.type}
          words={TARGET_TYPES.map((type) => [type, texts.types[type]])}
          change={(type) => change({ ...target, type, value: '' })}
        />
        <Value target={target} change={change} />
        <IconButton label={editor.removeTarget(number)} onClick={remove}>
          <X aria-hidden />
        </IconButton>
      </Inline>
      {fault && (
        <p className="field-error" role="alert">
          {fault}
        </p>
      )}
      {SIGNED.has(target.type) && (
        <TextField
          label={texts.secret}
          hint={hasSecret ? texts.secretKept : undefined}
          type="password"
          autoComplete="off"
          maxLength={200}
          value={target.secret ?? ''}
          onChange={(e) => change({ ...target, secret: e.target.value })}
        />
      )}
      <details open={isOpen} onToggle={(e) => setOpen(e.currentTarget.open)}>
        <summary>{texts.templates}</summary>
        <div className="alert-templates">
          <TextField
            label={texts.subject}
            hint={texts.templateHint}
            maxLength={500}
            value={target.subject ?? ''}
            onChange={(e) => change({ ...target, subject: e.target.value })}
          />
          <TextArea
            label={texts.body}
            maxLength={10_000}
            value={target.body ?? ''}
            onChange={(e) => change({ ...target, body: e.target.value })}
          />
          {project && hasWords && <Preview project={project} target={target} />}
        </div>
      </details>
    </div>
  );
}
