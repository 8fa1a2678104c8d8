import { useState } from 'react';
import { api, value } from '../../api/client';
import type { RepositorySettings, RepositoryTrial } from '../../api/model';
import { Button } from '../../ui/Button';
import { ExternalLink } from '../../ui/ExternalLink';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { placeOf } from './repository';
import { repositoryTexts as texts } from './repositoryTexts';

interface Place {
  path: string;
  line?: number;
  release?: string;
}

/** Where the latest event of a project happened. */
async function latestPlace(project: number): Promise<Place> {
  const page = await value(
    api.GET('/api/v1/projects/{id}/events', { params: { path: { id: project }, query: { limit: 1 } } }),
  );
  const latest = page.results[0];
  if (!latest) throw new Error(texts.noEvent);
  const event = await value(api.GET('/api/v1/events/{id}', { params: { path: { id: latest.id } } }));
  const place = placeOf(event);
  if (!place) throw new Error(texts.noEvent);
  return { ...place, ...(event.release === null ? {} : { release: event.release }) };
}

interface RepositoryTryProps {
  project: number;
  settings: RepositorySettings;
}

/** Shows where a path leads with settings that need not be saved. */
export function RepositoryTry({ project, settings }: RepositoryTryProps) {
  const [path, setPath] = useState('');
  const [tried, setTried] = useState<{ of: string; with: string; result: RepositoryTrial }>();
  const form = useForm(['path'], async () => {
    setTried(undefined);
    const place: Place = path.trim() === '' ? await latestPlace(project) : { path: path.trim() };
    const params = { path: { id: project } };
    const result = await value(
      api.POST('/api/v1/projects/{id}/repository/try', { params, body: { settings, ...place } }),
    );
    setTried({ of: place.path, with: JSON.stringify(settings), result });
  });
  const isShown = tried?.with === JSON.stringify(settings);
  return (
    <form className="sections-form" aria-labelledby="repository-try" onSubmit={form.submit}>
      <h2 id="repository-try">{texts.tryTitle}</h2>
      <p className="meta">{texts.tryWords}</p>
      <TextField
        label={texts.path}
        hint={texts.pathHint}
        className="input mono"
        value={path}
        error={form.errors['path']}
        onChange={(e) => setPath(e.target.value)}
      />
      <FormFault>{form.fault}</FormFault>
      <div role="status" className="repository-tried">
        {isShown &&
          (tried.result.url && tried.result.source_path ? (
            <>
              <p>{texts.leads(tried.of)}</p>
              <p>
                <ExternalLink href={tried.result.url}>{tried.result.url}</ExternalLink>
              </p>
            </>
          ) : (
            <p>{texts.nowhere(tried.of)}</p>
          ))}
      </div>
      <Button type="submit" busy={form.busy}>
        {texts.tryAction}
      </Button>
    </form>
  );
}
