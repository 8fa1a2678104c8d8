import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, value } from '../../api/client';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { CheckField, FormFault, SelectField, TextField, useForm } from '../../ui/Field';
import { toast } from '../../ui/Toasts';
import { SAVED, templatesQuery } from './queries';
import { dashboardsTexts as texts } from './texts';

const { fields } = texts;

/** Makes a dashboard, an empty one or one that shows something already. */
export function NewDashboard({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { data: templates = [] } = useQuery(templatesQuery);
  const [chosen, setChosen] = useState('');
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [shared, setShared] = useState(false);
  const template = templates.find((one) => one.name === chosen);
  const choose = (next: string) => {
    const wanted = templates.find((one) => one.name === next);
    // What somebody has written stays.
    if (name === '' || name === template?.name) setName(wanted?.name ?? '');
    if (description === '' || description === template?.description)
      setDescription(wanted?.description ?? '');
    setChosen(next);
  };
  const form = useForm(['name', 'description', 'shared'], async () => {
    const made = await value(
      api.POST('/api/v1/dashboards', {
        body: { name, description, shared, widgets: template?.widgets ?? [] },
      }),
    );
    await queries.invalidateQueries({ queryKey: [SAVED, 'list'] });
    toast(texts.created(made.name));
    void navigate({
      to: '/dashboards/$id',
      params: { id: made.id },
      search: (before) => ({ ...before, query: undefined, edit: template ? undefined : '1' }),
    });
  });
  return (
    <Dialog open onClose={onClose} title={texts.add}>
      <form className="dashboards-form" onSubmit={form.submit}>
        <SelectField label={fields.template} value={chosen} onChange={(e) => choose(e.target.value)}>
          <option value="">{fields.empty}</option>
          {templates.map((one) => (
            <option key={one.name}>{one.name}</option>
          ))}
        </SelectField>
        <TextField
          label={fields.name}
          required
          maxLength={100}
          autoComplete="off"
          value={name}
          error={form.errors['name']}
          onChange={(e) => setName(e.target.value)}
        />
        <TextField
          label={fields.description}
          maxLength={500}
          autoComplete="off"
          value={description}
          error={form.errors['description']}
          onChange={(e) => setDescription(e.target.value)}
        />
        <CheckField label={fields.shared} checked={shared} onChange={(e) => setShared(e.target.checked)} />
        <FormFault>{form.fault}</FormFault>
        <div className="dialog-actions">
          <Button look="primary" type="submit" busy={form.busy}>
            {texts.create}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
