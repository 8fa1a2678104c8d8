import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { UptimeCheck } from '../../api/model';
import { projectsQuery } from '../../app/queries';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { CheckField, FormFault, SelectField, TextField, useForm } from '../../ui/Field';
import { toast } from '../../ui/Toasts';
import { uptimeTexts } from './texts';
import './uptime.css';

const { form: texts } = uptimeTexts;

interface Draft {
  name: string;
  url: string;
  method: string;
  interval_minutes: string;
  timeout_seconds: string;
  expected_status: string;
  expected_text: string;
  environment: string;
  failures: string;
  enabled: boolean;
}

const LINES = [
  ['name', texts.name, undefined],
  ['url', texts.url, texts.urlHint],
  ['expected_status', texts.status, texts.statusHint],
  ['expected_text', texts.text, texts.textHint],
  ['environment', texts.environment, undefined],
] as const;

const NUMBERS = [
  ['interval_minutes', texts.interval, 60],
  ['timeout_seconds', texts.timeout, 30],
  ['failures', texts.failures, 10],
] as const;

const NEW: Draft = {
  name: '',
  url: '',
  method: 'GET',
  interval_minutes: '5',
  timeout_seconds: '10',
  expected_status: '200-299',
  expected_text: '',
  environment: '',
  failures: '2',
  enabled: true,
};

function draftOf(check: UptimeCheck): Draft {
  return {
    name: check.name,
    url: check.url,
    method: check.method,
    interval_minutes: String(check.interval_minutes),
    timeout_seconds: String(check.timeout_seconds),
    expected_status: check.expected_status,
    expected_text: check.expected_text ?? '',
    environment: check.environment ?? '',
    failures: String(check.failures),
    enabled: check.enabled,
  };
}

interface Props {
  /** The one to change; a new one if absent. */
  check?: UptimeCheck;
  /** The project that is chosen at first. */
  slug?: string | undefined;
  onClose: () => void;
}

/** Says what a check asks for. */
export function UptimeForm({ check, slug, onClose }: Props) {
  const queries = useQueryClient();
  const { data: projects = [] } = useQuery(projectsQuery);
  const [chosen, setChosen] = useState(slug);
  const [draft, setDraft] = useState(() => (check ? draftOf(check) : NEW));
  const project = projects.find((one) => one.slug === chosen) ?? projects[0];
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const form = useForm(
    ['project', 'method', ...LINES.map(([key]) => key), ...NUMBERS.map(([key]) => key)],
    async () => {
      const body = {
        name: draft.name,
        url: draft.url,
        method: draft.method,
        interval_minutes: Number(draft.interval_minutes),
        timeout_seconds: Number(draft.timeout_seconds),
        expected_status: draft.expected_status,
        expected_text: draft.expected_text,
        environment: draft.environment,
        failures: Number(draft.failures),
        enabled: draft.enabled,
      };
      const saved = await (check
        ? value(api.PUT('/api/v1/uptime-checks/{id}', { params: { path: { id: check.id } }, body }))
        : value(api.POST('/api/v1/uptime-checks', { body: { ...body, project: project?.slug ?? '' } })));
      await queries.invalidateQueries({ queryKey: ['uptime'] });
      toast(texts.saved(saved.name));
      onClose();
    },
  );
  return (
    <Dialog open onClose={onClose} title={check ? texts.edit(check.name) : texts.add}>
      <form className="uptime-form" onSubmit={form.submit}>
        {!check && (
          <SelectField
            label={texts.project}
            value={project?.slug ?? ''}
            error={form.errors['project']}
            onChange={(e) => setChosen(e.target.value)}
          >
            {projects.map((one) => (
              <option key={one.id} value={one.slug}>
                {one.name}
              </option>
            ))}
          </SelectField>
        )}
        {LINES.map(([key, label, hint]) => (
          <TextField
            key={key}
            label={label}
            hint={hint}
            required={key === 'name' || key === 'url'}
            autoComplete="off"
            value={draft[key]}
            error={form.errors[key]}
            onChange={(e) => set({ [key]: e.target.value })}
          />
        ))}
        <SelectField
          label={texts.method}
          value={draft.method}
          error={form.errors['method']}
          onChange={(e) => set({ method: e.target.value })}
        >
          <option>GET</option>
          <option>HEAD</option>
        </SelectField>
        {NUMBERS.map(([key, label, most]) => (
          <TextField
            key={key}
            label={label}
            type="number"
            min={1}
            max={most}
            required
            value={draft[key]}
            error={form.errors[key]}
            onChange={(e) => set({ [key]: e.target.value })}
          />
        ))}
        <CheckField
          label={texts.enabled}
          checked={draft.enabled}
          onChange={(e) => set({ enabled: e.target.checked })}
        />
        <FormFault>{form.fault}</FormFault>
        <div className="dialog-actions">
          <Button look="primary" type="submit" busy={form.busy}>
            {texts.send}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
