import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { texts } from '../texts/en';
import { capsOf, useRegistered } from '../ui/hotkeys';
import './Palette.css';
import { projectsQuery } from './queries';
import { savedSearchesQuery } from './query/queries';
import { oneOf } from './search';

interface Entry {
  label: string;
  keys?: string;
  run: () => void;
}
interface Group {
  name: string;
  items: Entry[];
}

/** But for the usual one, which no address names. */
const ISSUE_SORTS = ['first_seen', 'events', 'users'] as const;
const EVENT_ID = /^[0-9a-f]{32}$/i;
const ISSUE_ID = /^#?(\d{1,15})$/;

function useGroups(typed: string): Group[] {
  const navigate = useNavigate();
  const hotkeys = useRegistered();
  const { data: projects = [] } = useQuery(projectsQuery);
  const { data: searches = [] } = useQuery(savedSearchesQuery('issues'));
  const id = typed.trim().replaceAll('-', '');
  const issue = ISSUE_ID.exec(id)?.[1];
  const ids: Entry[] = [
    ...(EVENT_ID.test(id)
      ? [
          {
            label: texts.palette.openEvent(id),
            run: () => void navigate({ to: '/events/$id', params: { id } }),
          },
          { label: texts.palette.fateOf(id), run: () => void navigate({ to: '/ledger', search: { id } }) },
        ]
      : []),
    ...(issue
      ? [
          {
            label: texts.palette.openIssue(issue),
            run: () => void navigate({ to: '/issues/$id', params: { id: Number(issue) } }),
          },
        ]
      : []),
  ];
  const words = typed.trim().toLowerCase().split(/\s+/);
  const fits = (entry: Entry) => words.every((word) => entry.label.toLowerCase().includes(word));
  const named = new Map(hotkeys.filter((key) => key.keys !== 'mod+k').map((key) => [key.label, key]));
  const isPage = (entry: Entry) => entry.keys?.startsWith('g ') ?? false;
  const actions = [...named.values()];
  return [
    { name: texts.palette.ids, items: ids },
    { name: texts.palette.pages, items: actions.filter(isPage).filter(fits) },
    { name: texts.palette.actions, items: actions.filter((entry) => !isPage(entry)).filter(fits) },
    {
      name: texts.palette.searches,
      items: searches
        .map(({ name, query, sort }) => ({
          label: name,
          run: () => void navigate({ to: '/issues', search: { query, sort: oneOf(sort, ISSUE_SORTS) } }),
        }))
        .filter(fits),
    },
    {
      name: texts.palette.projects,
      items: projects
        .flatMap((project) => [
          {
            label: texts.palette.issuesOf(project.name),
            run: () => void navigate({ to: '/issues', search: { project: project.slug } }),
          },
          {
            label: texts.palette.setUp(project.name),
            run: () => void navigate({ to: '/projects/$slug/setup', params: { slug: project.slug } }),
          },
          {
            label: texts.settings.project(project.name),
            run: () =>
              void navigate({
                to: '/projects/$slug/settings/$section',
                params: { slug: project.slug, section: 'general' },
              }),
          },
        ])
        .filter(fits),
    },
  ].filter((group) => group.items.length > 0);
}

/** Everything that can be done or opened, by name; or the id of an event or an issue. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const groups = useGroups(typed);
  const choose = (entry: Entry) => {
    onClose();
    // What it runs may open something of its own, which has to come when this is gone.
    setTimeout(entry.run);
  };
  return (
    <Dialog.Root open onOpenChange={(now) => !now && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="scrim" />
        <Dialog.Popup className="dialog palette" aria-label={texts.palette.label}>
          <Autocomplete.Root
            items={groups}
            value={typed}
            onValueChange={setTyped}
            open
            inline
            mode="none"
            autoHighlight="always"
            keepHighlight
            itemToStringValue={(entry: Entry) => entry.label}
          >
            <Autocomplete.Input
              className="palette-input"
              placeholder={texts.palette.placeholder}
              aria-label={texts.palette.label}
            />
            <Autocomplete.Empty className="palette-empty">{texts.palette.nothing}</Autocomplete.Empty>
            <Autocomplete.List className="palette-list">
              {(group: Group) => (
                <Autocomplete.Group key={group.name} items={group.items}>
                  <Autocomplete.GroupLabel className="palette-group">{group.name}</Autocomplete.GroupLabel>
                  <Autocomplete.Collection>
                    {(entry: Entry) => (
                      <Autocomplete.Item
                        key={entry.label}
                        value={entry}
                        className="palette-item"
                        onClick={() => choose(entry)}
                      >
                        <span>{entry.label}</span>
                        {entry.keys && (
                          <span className="caps">
                            {capsOf(entry.keys).map((cap) => (
                              <kbd key={cap} className="key">
                                {cap}
                              </kbd>
                            ))}
                          </span>
                        )}
                      </Autocomplete.Item>
                    )}
                  </Autocomplete.Collection>
                </Autocomplete.Group>
              )}
            </Autocomplete.List>
          </Autocomplete.Root>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
