import { useState } from 'react';
import { api, value } from '../../api/client';
import type { SavedSearch, SearchDataset } from '../../api/model';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { CheckField, FormFault, TextField, useForm } from '../../ui/Field';
import { toast } from '../../ui/Toasts';
import { can, useSession } from '../session';
import { queryTexts as texts } from './texts';

interface SavedSearchFormProps {
  dataset: SearchDataset;
  /** The one that is changed; absent for a new one. */
  search?: SavedSearch;
  query?: string;
  sort?: string | undefined;
  onClose: () => void;
  onSaved: () => Promise<unknown>;
}

/** What a saved search is called, what it searches for, and who has it. */
export function SavedSearchForm({ dataset, search, query, sort, onClose, onSaved }: SavedSearchFormProps) {
  const session = useSession();
  const [name, setName] = useState(search?.name ?? '');
  const [words, setWords] = useState(search?.query ?? query ?? '');
  const [isShared, setShared] = useState(search?.shared ?? false);
  const form = useForm(['name', 'query'], async () => {
    const kept = search ? search.sort : sort;
    const body = { dataset, name, query: words, shared: isShared, ...(kept ? { sort: kept } : {}) };
    await value(
      search
        ? api.PUT('/api/v1/saved-searches/{id}', { params: { path: { id: search.id } }, body })
        : api.POST('/api/v1/saved-searches', { body }),
    );
    await onSaved();
    toast(search ? texts.changed : texts.saved(name));
    onClose();
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={search ? texts.rename(search.name) : texts.save}
      width="narrow"
      actions={
        <Button look="primary" type="submit" form="saved-search" busy={form.busy}>
          {search ? texts.change : texts.saveAction}
        </Button>
      }
    >
      <form id="saved-search" className="saved-form" onSubmit={form.submit}>
        <TextField
          label={texts.name}
          error={form.errors['name']}
          value={name}
          required
          maxLength={100}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={texts.query}
          error={form.errors['query']}
          value={words}
          required
          onChange={(event) => setWords(event.target.value)}
        />
        {can(session, 'event:write') && (
          <CheckField
            label={texts.share}
            hint={texts.shareHint}
            checked={isShared}
            onChange={(event) => setShared(event.target.checked)}
          />
        )}
        <FormFault>{form.fault}</FormFault>
      </form>
    </Dialog>
  );
}
