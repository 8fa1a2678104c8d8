import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api, value } from '../../api/client';
import type { Project, ProjectScrubbing, ScrubTrial } from '../../api/model';
import { Button } from '../../ui/Button';
import { CheckField, FormFault, SelectField, TextArea, TextField, useForm } from '../../ui/Field';
import { Missing } from '../../ui/State';
import { toast } from '../../ui/Toasts';
import { Conflict, isConflict } from './Conflict';
import { LastChange } from './LastChange';
import { ScrubRules } from './ScrubRules';
import { ScrubTrialView } from './ScrubTrialView';
import { type ScrubDraft, draftOf, fieldNames, listError, settingsOf } from './scrub';
import { scrubTexts as texts } from './scrubTexts';
import './scrub.css';
import { scrubbingQuery } from './settingsQueries';

async function latestEvent(project: number): Promise<string> {
  const page = await value(
    api.GET('/api/v1/projects/{id}/events', { params: { path: { id: project }, query: { limit: 1 } } }),
  );
  const latest = page.results[0];
  if (!latest) throw new Error(texts.try.none);
  return latest.id;
}

interface FormProps {
  project: Project;
  stored: ProjectScrubbing;
  mayChange: boolean;
  /** Reads the settings again, and begins anew with them. */
  reload: () => void;
}

function Form({ project, stored, mayChange, reload }: FormProps) {
  const queries = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(stored.settings));
  const [eventId, setEventId] = useState('');
  const [trial, setTrial] = useState<{ of: string; result: ScrubTrial }>();
  const [isOutdated, setOutdated] = useState(false);
  const [tries, setTries] = useState(false);
  const wanted = useRef<() => Promise<void>>(() => Promise.resolve());
  const form = useForm(fieldNames(draft), () => wanted.current());
  const path = { id: project.id };

  const save = async () => {
    setTries(false);
    try {
      const body = { settings: settingsOf(draft), revision: stored.revision };
      const saved = await value(api.PUT('/api/v1/projects/{id}/scrubbing', { params: { path }, body }));
      queries.setQueryData(scrubbingQuery(project.id).queryKey, saved);
      toast(texts.saved);
    } catch (e) {
      if (!isConflict(e)) throw e;
      setOutdated(true);
    }
  };
  const attempt = async () => {
    setTries(true);
    const id = eventId.trim() || (await latestEvent(project.id));
    const body = { event_id: id, settings: settingsOf(draft) };
    const result = await value(api.POST('/api/v1/projects/{id}/scrubbing/try', { params: { path }, body }));
    setTrial({ of: id, result });
  };
  const change = (part: Partial<ScrubDraft>) => {
    setDraft({ ...draft, ...part });
    // What was tried were other settings.
    setTrial(undefined);
  };
  return (
    <form
      className="sections-form"
      onSubmit={(event) => {
        wanted.current = save;
        form.submit(event);
      }}
    >
      <p className="meta">{texts.words}</p>
      <LastChange at={stored.updated_at} by={stored.updated_by} />
      <fieldset className="sections-form plain-fieldset" disabled={!mayChange}>
        <CheckField
          label={texts.enabled}
          hint={texts.enabledHint}
          checked={draft.enabled}
          onChange={(e) => change({ enabled: e.target.checked })}
        />
        <TextArea
          label={texts.fields}
          hint={texts.fieldsHint}
          value={draft.fields}
          error={listError(form.errors, 'settings.fields')}
          onChange={(e) => change({ fields: e.target.value })}
        />
        <TextArea
          label={texts.safeFields}
          hint={texts.safeFieldsHint}
          value={draft.safeFields}
          error={listError(form.errors, 'settings.safe_fields')}
          onChange={(e) => change({ safeFields: e.target.value })}
        />
        <SelectField
          label={texts.ip}
          value={draft.ipAddresses}
          error={form.errors['settings.ip_addresses']}
          onChange={(e) => change({ ipAddresses: e.target.value as ScrubDraft['ipAddresses'] })}
        >
          {Object.entries(texts.ipWords).map(([word, shown]) => (
            <option key={word} value={word}>
              {shown}
            </option>
          ))}
        </SelectField>
        <ScrubRules
          rules={draft.rules}
          errors={form.errors}
          change={(rules) => change({ rules })}
          mayChange={mayChange}
        />
        {isOutdated && <Conflict load={reload} />}
        {!tries && <FormFault>{form.fault}</FormFault>}
        {mayChange && (
          <Button look="primary" type="submit" busy={form.busy}>
            {texts.save}
          </Button>
        )}
      </fieldset>
      <section className="sections-form" aria-labelledby="scrub-try">
        <h2 id="scrub-try">{texts.try.title}</h2>
        <p className="meta">{texts.try.words}</p>
        <div className="sections-row">
          <TextField
            label={texts.try.event}
            hint={texts.try.eventHint}
            className="input mono"
            value={eventId}
            error={form.errors['event_id']}
            onChange={(e) => setEventId(e.target.value)}
          />
        </div>
        <Button
          busy={form.busy}
          onClick={(event) => {
            wanted.current = attempt;
            form.submit(event);
          }}
        >
          {texts.try.action}
        </Button>
        {tries && <FormFault>{form.fault}</FormFault>}
        {trial && <ScrubTrialView key={trial.of} trial={trial.result} eventId={trial.of} />}
      </section>
    </form>
  );
}

/** What is taken out of the project's events before they are stored, and what that would make of one of them. */
export function Scrubbing({ project, mayChange }: { project: Project; mayChange: boolean }) {
  const asked = useQuery(scrubbingQuery(project.id));
  const [loads, setLoads] = useState(0);
  const reload = () => void asked.refetch().then(() => setLoads(loads + 1));
  if (!asked.data) return <Missing asked={asked} rows={6} />;
  return (
    <Form
      key={`${project.id} ${loads}`}
      project={project}
      stored={asked.data}
      mayChange={mayChange}
      reload={reload}
    />
  );
}
