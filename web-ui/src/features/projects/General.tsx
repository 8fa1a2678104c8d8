import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Project } from '../../api/model';
import { Button } from '../../ui/Button';
import { CheckField, FormFault, TextArea, TextField, useForm } from '../../ui/Field';
import { projectTexts } from './texts';
import { useProjectChange } from './useProjectChange';

const lines = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

/** Name, address, platform, who may send. */
export function General({ project, mayChange }: { project: Project; mayChange: boolean }) {
  const changed = useProjectChange();
  const navigate = useNavigate();
  const [name, setName] = useState(project.name);
  const [slug, setSlug] = useState(project.slug);
  const [platform, setPlatform] = useState(project.platform ?? '');
  const [origins, setOrigins] = useState(project.allowed_origins.join('\n'));
  const [isOff, setOff] = useState(project.status === 'disabled');
  const [days, setDays] = useState(
    project.auto_resolve_hours === null ? '' : String(project.auto_resolve_hours / 24),
  );
  const form = useForm(['name', 'slug', 'platform', 'allowed_origins', 'auto_resolve_hours'], async () => {
    const answer = await value(
      api.PATCH('/api/v1/projects/{id}', {
        params: { path: { id: project.id } },
        body: {
          name: name.trim(),
          slug: slug.trim(),
          ...(platform.trim() === '' ? {} : { platform: platform.trim() }),
          allowed_origins: lines(origins),
          auto_resolve_hours: Math.round(Number(days) * 24),
          status: isOff ? 'disabled' : 'active',
        },
      }),
    );
    changed(answer);
    if (answer.slug !== project.slug) {
      await navigate({
        to: '/projects/$slug/settings/$section',
        params: { slug: answer.slug, section: 'general' },
      });
    }
  });
  return (
    <form className="sections-form" onSubmit={form.submit}>
      <fieldset className="sections-form plain-fieldset" disabled={!mayChange}>
        <TextField
          label={projectTexts.name}
          required
          maxLength={200}
          value={name}
          error={form.errors['name']}
          onChange={(e) => setName(e.target.value)}
        />
        <TextField
          label={projectTexts.slug}
          hint={projectTexts.slugHint}
          className="input mono"
          required
          value={slug}
          error={form.errors['slug']}
          onChange={(e) => setSlug(e.target.value)}
        />
        <TextField
          label={projectTexts.platform}
          hint={projectTexts.platformHint}
          value={platform}
          error={form.errors['platform']}
          onChange={(e) => setPlatform(e.target.value)}
        />
        <TextArea
          label={projectTexts.origins}
          hint={projectTexts.originsHint}
          value={origins}
          error={form.errors['allowed_origins']}
          onChange={(e) => setOrigins(e.target.value)}
        />
        <TextField
          label={projectTexts.autoResolve}
          hint={projectTexts.autoResolveHint}
          type="number"
          min={0}
          max={365}
          step="any"
          value={days}
          error={form.errors['auto_resolve_hours']}
          onChange={(e) => setDays(e.target.value)}
        />
        <CheckField
          label={projectTexts.disabled}
          hint={projectTexts.disabledHint}
          checked={isOff}
          onChange={(e) => setOff(e.target.checked)}
        />
        <FormFault>{form.fault}</FormFault>
        {mayChange && (
          <Button look="primary" type="submit" busy={form.busy}>
            {projectTexts.save}
          </Button>
        )}
      </fieldset>
    </form>
  );
}
