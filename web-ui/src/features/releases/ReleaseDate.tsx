import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Release } from '../../api/model';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { fieldTime } from '../../ui/format';
import './releases.css';
import { releaseTexts } from './texts';

const { redate: texts } = releaseTexts;

/** Says when a release was released; without a time it is of when it was first seen. */
export function ReleaseDate({ release, onClose }: { release: Release; onClose: () => void }) {
  const queries = useQueryClient();
  const [date, setDate] = useState(release.date_released ? fieldTime(new Date(release.date_released)) : '');
  const form = useForm(['date_released'], async () => {
    await value(
      api.PATCH('/api/v1/releases/{id}', {
        params: { path: { id: release.id } },
        body: { date_released: date ? new Date(date).toISOString() : null },
      }),
    );
    // Which release is the one before another may be another one now.
    await Promise.all(['release', 'releases'].map((noun) => queries.invalidateQueries({ queryKey: [noun] })));
    onClose();
  });
  return (
    <Dialog open onClose={onClose} title={texts.title} width="narrow">
      <form className="release-form" onSubmit={form.submit}>
        <TextField
          label={texts.date}
          hint={texts.hint}
          type="datetime-local"
          value={date}
          error={form.errors['date_released']}
          onChange={(e) => setDate(e.target.value)}
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
