import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, value } from '../../api/client';
import { projectsQuery } from '../../app/queries';
import { present } from '../../app/search';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FormFault, SelectField, TextField, useForm } from '../../ui/Field';
import { toast } from '../../ui/Toasts';
import './releases.css';
import { releaseTexts } from './texts';

const { add: texts } = releaseTexts;

/** Asks for a release that no event has named yet, or says more of one. */
export function NewRelease({ slug, onClose }: { slug: string | undefined; onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { data: projects = [] } = useQuery(projectsQuery);
  const [chosen, setChosen] = useState(slug);
  const project = projects.find((one) => one.slug === chosen) ?? projects[0];
  const [version, setVersion] = useState('');
  const [date, setDate] = useState('');
  const [ref, setRef] = useState('');
  const [url, setUrl] = useState('');
  const form = useForm(['version', 'date_released', 'ref', 'url'], async () => {
    if (!project) return;
    const release = await value(
      api.POST('/api/v1/projects/{id}/releases', {
        params: { path: { id: project.id } },
        body: {
          version,
          ...present({
            date_released: date ? new Date(date).toISOString() : undefined,
            ref: ref.trim() || undefined,
            url: url.trim() || undefined,
          }),
        },
      }),
    );
    await queries.invalidateQueries({ queryKey: ['releases'] });
    toast(texts.done(release.short_version));
    await navigate({ to: '/releases/$id', params: { id: release.id } });
  });
  return (
    <Dialog open onClose={onClose} title={texts.title}>
      <form className="release-form" onSubmit={form.submit}>
        <SelectField
          label={texts.project}
          value={project?.slug ?? ''}
          onChange={(e) => setChosen(e.target.value)}
        >
          {projects.map((one) => (
            <option key={one.id} value={one.slug}>
              {one.name}
            </option>
          ))}
        </SelectField>
        <TextField
          label={texts.version}
          hint={texts.versionHint}
          required
          autoComplete="off"
          value={version}
          error={form.errors['version']}
          onChange={(e) => setVersion(e.target.value)}
        />
        <TextField
          label={texts.date}
          hint={texts.dateHint}
          type="datetime-local"
          value={date}
          error={form.errors['date_released']}
          onChange={(e) => setDate(e.target.value)}
        />
        <TextField
          label={texts.ref}
          hint={texts.refHint}
          value={ref}
          error={form.errors['ref']}
          onChange={(e) => setRef(e.target.value)}
        />
        <TextField
          label={texts.url}
          type="url"
          value={url}
          error={form.errors['url']}
          onChange={(e) => setUrl(e.target.value)}
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
