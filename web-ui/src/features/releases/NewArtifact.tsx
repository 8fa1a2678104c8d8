import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Release } from '../../api/model';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { toast } from '../../ui/Toasts';
import './releases.css';
import { releaseTexts } from './texts';

const {
  artifacts: { add: texts },
} = releaseTexts;

/** Uploads a file of a release. */
export function NewArtifact({ release, onClose }: { release: Release; onClose: () => void }) {
  const queries = useQueryClient();
  const [file, setFile] = useState<File>();
  const [name, setName] = useState('');
  const [dist, setDist] = useState('');
  const form = useForm(['file', 'name', 'dist'], async () => {
    if (!file) return;
    const sent = new FormData();
    sent.append('file', file);
    if (name.trim()) sent.append('name', name.trim());
    if (dist.trim()) sent.append('dist', dist.trim());
    const artifact = await value(
      api.POST('/api/releases/{id}/artifacts', {
        params: { path: { id: release.id } },
        // What is sent is the form; the document has the same as JSON, which is for small files.
        body: { name: name.trim() || file.name },
        bodySerializer: () => sent,
      }),
    );
    await queries.invalidateQueries({ queryKey: ['release', release.id, 'artifacts'] });
    toast(texts.done(artifact.name));
    onClose();
  });
  return (
    <Dialog open onClose={onClose} title={texts.title(release.short_version)}>
      <form className="release-form" onSubmit={form.submit}>
        <TextField
          label={texts.file}
          hint={texts.fileHint}
          type="file"
          required
          error={form.errors['file']}
          onChange={(e) => setFile(e.target.files?.[0])}
        />
        <TextField
          label={texts.name}
          hint={texts.nameHint}
          value={name}
          placeholder={file?.name}
          error={form.errors['name']}
          onChange={(e) => setName(e.target.value)}
        />
        <TextField
          label={texts.dist}
          hint={texts.distHint}
          value={dist}
          error={form.errors['dist']}
          onChange={(e) => setDist(e.target.value)}
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
