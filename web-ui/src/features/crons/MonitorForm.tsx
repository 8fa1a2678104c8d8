import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { api, value } from '../../api/client';
import type { Monitor } from '../../api/model';
import { projectsQuery } from '../../app/queries';
import { oneOf } from '../../app/search';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FormFault, SelectField, TextField, useForm } from '../../ui/Field';
import { toast } from '../../ui/Toasts';
import './crons.css';
import { previewQuery } from './queries';
import { cronTexts } from './texts';

const { form: texts, statuses } = cronTexts;

const STATUSES = ['active', 'muted', 'disabled'] as const;

interface Draft {
  slug: string;
  name: string;
  type: string;
  crontab: string;
  every: string;
  unit: string;
  time_zone: string;
  checkin_margin: string;
  max_runtime: string;
  failure_issue_threshold: string;
  recovery_threshold: string;
  owner: string;
  status: (typeof STATUSES)[number];
}

const NUMBERS = [
  ['checkin_margin', texts.margin, 0, 40_320],
  ['max_runtime', texts.runtime, 1, 40_320],
  ['failure_issue_threshold', texts.failures, 1, 50],
  ['recovery_threshold', texts.recovery, 1, 50],
] as const;

const NEW: Draft = {
  slug: '',
  name: '',
  type: 'crontab',
  crontab: '0 4 * * *',
  every: '10',
  unit: 'minute',
  time_zone: 'UTC',
  checkin_margin: '5',
  max_runtime: '30',
  failure_issue_threshold: '1',
  recovery_threshold: '1',
  owner: '',
  status: 'active',
};

function draftOf(monitor: Monitor): Draft {
  const [every, unit] = monitor.schedule?.type === 'interval' ? monitor.schedule.value.split(' ') : [];
  return {
    slug: monitor.slug,
    name: monitor.name,
    type: monitor.schedule?.type ?? 'none',
    crontab: monitor.schedule?.type === 'crontab' ? monitor.schedule.value : NEW.crontab,
    every: every ?? NEW.every,
    unit: unit ?? NEW.unit,
    time_zone: monitor.time_zone,
    checkin_margin: String(monitor.checkin_margin),
    max_runtime: String(monitor.max_runtime),
    failure_issue_threshold: String(monitor.failure_issue_threshold),
    recovery_threshold: String(monitor.recovery_threshold),
    owner: monitor.owner ?? '',
    status: oneOf(monitor.status, STATUSES) ?? 'active',
  };
}

/** When it runs next by what is written now, or what is wrong with that. */
function Preview({ type, schedule, zone }: { type: string; schedule: string; zone: string }) {
  const asked = useDeferredValue(schedule);
  const { data, error } = useQuery(previewQuery(type, asked, zone));
  if (type === 'none') return null;
  return (
    <div className="cron-preview" aria-live="polite">
      <span className="field-label">{texts.preview}</span>
      {error ? (
        <p className="field-error">{error.message}</p>
      ) : (
        data && (
          <>
            <p className="meta">{data.words}</p>
            <ol>
              {data.next.map((at) => (
                <li key={at}>{at.replace('T', ' ')}</li>
              ))}
            </ol>
          </>
        )
      )}
    </div>
  );
}

interface Props {
  /** The one to change; a new one if absent. */
  monitor?: Monitor;
  /** The project that is chosen at first. */
  slug?: string | undefined;
  onClose: () => void;
}

/** Says when a job is to check in, and what counts as failing. */
export function MonitorForm({ monitor, slug, onClose }: Props) {
  const queries = useQueryClient();
  const { data: projects = [] } = useQuery(projectsQuery);
  const [chosen, setChosen] = useState(slug);
  const [draft, setDraft] = useState(() => (monitor ? draftOf(monitor) : NEW));
  const project = projects.find((one) => one.slug === chosen) ?? projects[0];
  const set = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const schedule = draft.type === 'interval' ? `${draft.every} ${draft.unit}` : draft.crontab;
  const form = useForm(
    ['project', 'slug', 'name', 'schedule', 'time_zone', 'owner', 'status', ...NUMBERS.map(([key]) => key)],
    async () => {
      const body = {
        name: draft.name,
        status: draft.status,
        ...(draft.type === 'none' ? {} : { schedule: { type: draft.type, value: schedule } }),
        time_zone: draft.time_zone,
        checkin_margin: Number(draft.checkin_margin),
        max_runtime: Number(draft.max_runtime),
        failure_issue_threshold: Number(draft.failure_issue_threshold),
        recovery_threshold: Number(draft.recovery_threshold),
        owner: draft.owner,
      };
      const saved = await (monitor
        ? value(api.PUT('/api/v1/monitors/{id}', { params: { path: { id: monitor.id } }, body }))
        : value(
            api.POST('/api/v1/monitors', {
              body: { ...body, slug: draft.slug, project: project?.slug ?? '' },
            }),
          ));
      await queries.invalidateQueries({ queryKey: ['crons'] });
      toast(texts.saved(saved.name));
      onClose();
    },
  );
  return (
    <Dialog open onClose={onClose} title={monitor ? texts.edit(monitor.name) : texts.add}>
      <form className="cron-form" onSubmit={form.submit}>
        {!monitor && (
          <>
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
            <TextField
              label={texts.slug}
              hint={texts.slugHint}
              required
              maxLength={50}
              autoComplete="off"
              value={draft.slug}
              error={form.errors['slug']}
              onChange={(e) => set({ slug: e.target.value })}
            />
          </>
        )}
        <TextField
          label={texts.name}
          maxLength={100}
          autoComplete="off"
          value={draft.name}
          error={form.errors['name']}
          onChange={(e) => set({ name: e.target.value })}
        />
        <SelectField label={texts.type} value={draft.type} onChange={(e) => set({ type: e.target.value })}>
          {Object.entries(texts.types).map(([type, words]) => (
            <option key={type} value={type}>
              {words}
            </option>
          ))}
        </SelectField>
        {draft.type === 'crontab' && (
          <TextField
            label={texts.crontab}
            hint={texts.crontabHint}
            required
            autoComplete="off"
            value={draft.crontab}
            error={form.errors['schedule']}
            onChange={(e) => set({ crontab: e.target.value })}
          />
        )}
        {draft.type === 'interval' && (
          <div className="cron-interval">
            <TextField
              label={texts.every}
              type="number"
              min={1}
              max={10_000}
              required
              value={draft.every}
              error={form.errors['schedule']}
              onChange={(e) => set({ every: e.target.value })}
            />
            <SelectField
              label={texts.unit}
              value={draft.unit}
              onChange={(e) => set({ unit: e.target.value })}
            >
              {texts.units.map((unit) => (
                <option key={unit}>{unit}</option>
              ))}
            </SelectField>
          </div>
        )}
        <TextField
          label={texts.zone}
          hint={texts.zoneHint}
          autoComplete="off"
          value={draft.time_zone}
          error={form.errors['time_zone']}
          onChange={(e) => set({ time_zone: e.target.value })}
        />
        <Preview type={draft.type} schedule={schedule} zone={draft.time_zone} />
        {NUMBERS.map(([key, label, least, most]) => (
          <TextField
            key={key}
            label={label}
            type="number"
            min={least}
            max={most}
            required
            value={draft[key]}
            error={form.errors[key]}
            onChange={(e) => set({ [key]: e.target.value })}
          />
        ))}
        <TextField
          label={texts.owner}
          maxLength={200}
          autoComplete="off"
          value={draft.owner}
          error={form.errors['owner']}
          onChange={(e) => set({ owner: e.target.value })}
        />
        <SelectField
          label={texts.status}
          hint={texts.statusHint}
          value={draft.status}
          error={form.errors['status']}
          onChange={(e) => set({ status: oneOf(e.target.value, STATUSES) ?? 'active' })}
        >
          {STATUSES.map((status) => (
            <option key={status} value={status}>
              {statuses[status]}
            </option>
          ))}
        </SelectField>
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
