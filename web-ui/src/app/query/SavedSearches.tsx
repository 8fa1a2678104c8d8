import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Bookmark, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { api, value } from '../../api/client';
import type { SavedSearch, SearchDataset } from '../../api/model';
import { Badge } from '../../ui/Badge';
import { Button, IconButton } from '../../ui/Button';
import { Confirm, Dialog } from '../../ui/Dialog';
import { Menu, type MenuEntry } from '../../ui/Menu';
import { State } from '../../ui/State';
import { toast } from '../../ui/Toasts';
import { SavedSearchForm } from './SavedSearchForm';
import { savedSearchesQuery } from './queries';
import { queryTexts as texts } from './texts';

interface SavedSearchesProps {
  dataset: SearchDataset;
  /** What is searched for now, as it would be saved. */
  query: string;
  sort?: string | undefined;
  onOpen: (search: SavedSearch) => void;
}

function useSaved(dataset: SearchDataset) {
  const queries = useQueryClient();
  const changed = () => queries.invalidateQueries({ queryKey: ['saved-searches', dataset] });
  const pin = async (search: SavedSearch) => {
    try {
      await value(
        api.PUT('/api/v1/saved-searches/{id}/pin', {
          params: { path: { id: search.id } },
          body: { pinned: !search.pinned },
        }),
      );
      await changed();
    } catch (e) {
      toast(e instanceof Error ? e.message : String(e));
    }
  };
  const remove = async (search: SavedSearch) => {
    await value(api.DELETE('/api/v1/saved-searches/{id}', { params: { path: { id: search.id } } }));
    await changed();
    toast(texts.removed(search.name));
  };
  return { changed, pin, remove };
}

function whose(search: SavedSearch): string {
  if (!search.shared) return texts.mine;
  const creator = search.created_by;
  return creator ? texts.by(creator.name || creator.email) : texts.byNobody;
}

function ManageDialog({
  dataset,
  searches,
  onClose,
}: {
  dataset: SearchDataset;
  searches: readonly SavedSearch[];
  onClose: () => void;
}) {
  const [edited, setEdited] = useState<SavedSearch>();
  const [removed, setRemoved] = useState<SavedSearch>();
  const { changed, pin, remove } = useSaved(dataset);
  return (
    <Dialog open onClose={onClose} title={texts.manage}>
      {searches.length === 0 ? (
        <State title={texts.none}>{texts.noneWords}</State>
      ) : (
        <ul className="saved-list">
          {searches.map((search) => (
            <li key={search.id} className="saved-row">
              <div className="saved-words">
                <b>{search.name}</b> <Badge>{whose(search)}</Badge>
                <code title={search.query}>{search.query}</code>
              </div>
              <IconButton
                label={search.pinned ? texts.unpin(search.name) : texts.pin(search.name)}
                onClick={() => void pin(search)}
              >
                {search.pinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
              </IconButton>
              {search.may_change && (
                <>
                  <IconButton label={texts.rename(search.name)} onClick={() => setEdited(search)}>
                    <Pencil aria-hidden />
                  </IconButton>
                  <IconButton label={texts.remove(search.name)} onClick={() => setRemoved(search)}>
                    <Trash2 aria-hidden />
                  </IconButton>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {edited && (
        <SavedSearchForm
          dataset={dataset}
          search={edited}
          onClose={() => setEdited(undefined)}
          onSaved={changed}
        />
      )}
      {removed && (
        <Confirm
          open
          onClose={() => setRemoved(undefined)}
          title={texts.removeTitle(removed.name)}
          action={texts.removeAction}
          run={() => remove(removed)}
        >
          <p>{removed.shared ? texts.removeShared : texts.removeOwn}</p>
        </Confirm>
      )}
    </Dialog>
  );
}

/** The searches that one keeps, as a menu beside the bar: to open them, to save the one that is made, to look after them. */
export function SavedSearches({ dataset, query, sort, onOpen }: SavedSearchesProps) {
  const { data: searches = [], error } = useQuery(savedSearchesQuery(dataset));
  const { changed } = useSaved(dataset);
  const [isSaving, setSaving] = useState(false);
  const [isManaging, setManaging] = useState(false);
  const opens = searches.map((search): MenuEntry => ({
    id: String(search.id),
    label: search.name,
    hint: search.query,
    ...(search.pinned ? { icon: <Pin aria-hidden /> } : {}),
    run: () => onOpen(search),
  }));
  return (
    <>
      <Menu
        align="end"
        trigger={<Button icon={<Bookmark aria-hidden />}>{texts.menu}</Button>}
        entries={[
          ...opens,
          ...(opens.length > 0 ? (['line'] as const) : []),
          {
            label: texts.save,
            ...(error ? { hint: error.message } : {}),
            run: () => (query.trim() ? setSaving(true) : toast(texts.noneWords)),
          },
          { label: texts.manage, run: () => setManaging(true) },
        ]}
      />
      {isSaving && (
        <SavedSearchForm
          dataset={dataset}
          query={query}
          sort={sort}
          onClose={() => setSaving(false)}
          onSaved={changed}
        />
      )}
      {isManaging && (
        <ManageDialog dataset={dataset} searches={searches} onClose={() => setManaging(false)} />
      )}
    </>
  );
}
