import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, value } from '../../api/client';
import { projectsQuery } from '../../app/queries';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { CheckField, FormFault, TextField, useForm } from '../../ui/Field';
import { toast } from '../../ui/Toasts';
import { fieldTime } from '../../ui/format';
import { pipelineTexts } from './texts';

const { replays: texts } = pipelineTexts;
const DAY_MILLIS = 86_400_000;

function words(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
}

/** Asks which stretch of the past is to be processed again. */
export function NewReplay({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { data: projects = [] } = useQuery(projectsQuery);
  const [opened] = useState(() => Date.now());
  const [from, setFrom] = useState(() => fieldTime(new Date(opened - DAY_MILLIS)));
  // The field has no seconds, and this minute is to be in it.
  const [to, setTo] = useState(() => fieldTime(new Date(opened + 60_000)));
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [types, setTypes] = useState('');
  const [isDry, setDry] = useState(true);
  const form = useForm(['from', 'to', 'types', 'projects'], async () => {
    const job = await value(
      api.POST('/api/v1/replays', {
        body: {
          from: new Date(from).toISOString(),
          to: new Date(to).toISOString(),
          projects: [...chosen],
          types: words(types),
          dry_run: isDry,
        },
      }),
    );
    await queries.invalidateQueries({ queryKey: ['jobs', 'replays'] });
    toast(texts.started);
    await navigate({ to: '/replays/$id', params: { id: job.id } });
  });
  const toggle = (id: number) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <Dialog open onClose={onClose} title={texts.addTitle}>
      <form className="new-replay" onSubmit={form.submit}>
        <div className="new-replay-range">
          <TextField
            label={texts.from}
            type="datetime-local"
            required
            value={from}
            error={form.errors['from']}
            onChange={(e) => setFrom(e.target.value)}
          />
          <TextField
            label={texts.to}
            type="datetime-local"
            required
            value={to}
            error={form.errors['to']}
            onChange={(e) => setTo(e.target.value)}
          />
        </div>
        <fieldset className="new-replay-projects">
          <legend className="field-label">{texts.projects}</legend>
          <p className="field-hint">{texts.projectsHint}</p>
          {projects.map((project) => (
            <CheckField
              key={project.id}
              label={project.name}
              checked={chosen.has(project.id)}
              onChange={() => toggle(project.id)}
            />
          ))}
        </fieldset>
        <TextField
          label={texts.types}
          hint={texts.typesHint}
          value={types}
          error={form.errors['types']}
          onChange={(e) => setTypes(e.target.value)}
        />
        <CheckField
          label={texts.dryRun}
          hint={texts.dryRunHint}
          checked={isDry}
          onChange={(e) => setDry(e.target.checked)}
        />
        <FormFault>{form.fault}</FormFault>
        <div className="dialog-actions">
          <Button look="primary" type="submit" busy={form.busy}>
            {isDry ? texts.startDry : texts.start}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
