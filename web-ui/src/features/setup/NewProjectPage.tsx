import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, value } from '../../api/client';
import { can, useSession } from '../../app/session';
import { useTitle } from '../../app/useTitle';
import { texts } from '../../texts/en';
import { Button } from '../../ui/Button';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { State } from '../../ui/State';
import { PLATFORMS } from './platforms';
import './setup.css';
import { slugOf } from '../../app/slug';
import { setupTexts } from './texts';

/** A project by its name and what it runs on. */
export function NewProjectPage() {
  useTitle(setupTexts.newProject);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const mayMake = can(useSession(), 'project:write');
  const [name, setName] = useState('');
  const [platform, setPlatform] = useState('javascript');
  const [filter, setFilter] = useState('');
  const slug = slugOf(name);
  const form = useForm(['name', 'slug', 'platform'], async () => {
    const project = await value(api.POST('/api/v1/projects', { body: { name: name.trim(), platform } }));
    await queries.invalidateQueries({ queryKey: ['projects'] });
    await navigate({ to: '/projects/$slug/setup', params: { slug: project.slug } });
  });
  if (!mayMake) return <State whole title={texts.fault.forbidden} />;
  const shown = PLATFORMS.filter((one) => one.name.toLowerCase().includes(filter.trim().toLowerCase()));
  return (
    <form className="page setup-new" onSubmit={form.submit}>
      <h1>{setupTexts.newProject}</h1>
      <p>{setupTexts.newWords}</p>
      <TextField
        label={setupTexts.name}
        required
        maxLength={200}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the one thing that has to be typed here
        autoFocus
        value={name}
        onChange={(e) => setName(e.target.value)}
        hint={slug && setupTexts.slug(slug)}
        error={form.errors['name'] ?? form.errors['slug']}
      />
      <fieldset className="platforms">
        <legend className="field-label">{setupTexts.platform}</legend>
        <input
          className="input platforms-filter"
          aria-label={setupTexts.filter}
          placeholder={setupTexts.filter}
          value={filter}
          onChange={(e) => setFilter(e.target.value)}
        />
        <div className="platforms-tiles">
          {shown.map((one) => (
            <label key={one.id} className="platform">
              <input
                type="radio"
                className="sr-only"
                name="platform"
                value={one.id}
                checked={platform === one.id}
                onChange={() => setPlatform(one.id)}
              />
              {one.name}
            </label>
          ))}
        </div>
      </fieldset>
      <FormFault>{form.fault}</FormFault>
      <div>
        <Button look="primary" type="submit" busy={form.busy} disabled={slug === ''}>
          {setupTexts.create}
        </Button>
      </div>
    </form>
  );
}
