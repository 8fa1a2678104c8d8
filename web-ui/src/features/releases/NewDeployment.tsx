import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { api, value } from '../../api/client';
import type { Release } from '../../api/model';
import { environmentsQuery } from '../../app/queries';
import { present } from '../../app/search';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { toast } from '../../ui/Toasts';
import { fieldTime } from '../../ui/format';
import './releases.css';
import { releaseTexts } from './texts';

const { deploy: texts } = releaseTexts;

/** Records that a release was brought to an environment. */
export function NewDeployment({ release, onClose }: { release: Release; onClose: () => void }) {
  const queries = useQueryClient();
  const { data: environments = [] } = useQuery(environmentsQuery([release.project.slug]));
  const [environment, setEnvironment] = useState('');
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const [opened] = useState(() => fieldTime(new Date()));
  const [at, setAt] = useState(opened);
  const list = useId();
  const form = useForm(['environment', 'name', 'url', 'deployed_at'], async () => {
    const deployment = await value(
      api.POST('/api/v1/releases/{id}/deployments', {
        params: { path: { id: release.id } },
        body: {
          environment,
          ...present({
            name: name.trim() || undefined,
            url: url.trim() || undefined,
            // The field has no seconds: what was not touched is now.
            deployed_at: at && at !== opened ? new Date(at).toISOString() : undefined,
          }),
        },
      }),
    );
    await Promise.all(
      [['deployments'], ['release', release.id], ['releases']].map((queryKey) =>
        queries.invalidateQueries({ queryKey }),
      ),
    );
    toast(texts.done(deployment.environment));
    onClose();
  });
  return (
    <Dialog open onClose={onClose} title={texts.title(release.short_version)}>
      <form className="release-form" onSubmit={form.submit}>
        <TextField
          label={texts.environment}
          required
          list={list}
          autoComplete="off"
          value={environment}
          error={form.errors['environment']}
          onChange={(e) => setEnvironment(e.target.value)}
        />
        <datalist id={list}>
          {environments.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </datalist>
        <TextField
          label={texts.name}
          hint={texts.nameHint}
          value={name}
          error={form.errors['name']}
          onChange={(e) => setName(e.target.value)}
        />
        <TextField
          label={texts.url}
          type="url"
          value={url}
          error={form.errors['url']}
          onChange={(e) => setUrl(e.target.value)}
        />
        <TextField
          label={texts.at}
          type="datetime-local"
          value={at}
          error={form.errors['deployed_at']}
          onChange={(e) => setAt(e.target.value)}
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
