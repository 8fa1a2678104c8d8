import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { texts } from '../texts/en';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/Field';
import { Menu, type MenuEntry } from '../ui/Menu';
import { PHONE, useMedia } from '../ui/useMedia';
import './ScopeBar.css';
import { environmentsQuery, projectsQuery } from './queries';
import { DEFAULT_RANGE, RANGES, type Scope, projectsOf } from './search';
import { isAtLeast, useSession } from './session';

function Trigger({ words, ...rest }: { words: string }) {
  return (
    <button type="button" className="scope-trigger" {...rest}>
      <span>{words}</span>
      <ChevronDown aria-hidden />
    </button>
  );
}

const localInput = (iso: string | undefined) => {
  const at = iso ? new Date(iso) : new Date();
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};
const shortDay = (iso: string) => localInput(iso).replace('T', ' ').slice(5);

function WindowDialog({ scope, open, onClose, apply }: WindowProps) {
  const [start, setStart] = useState(() => localInput(scope.start));
  const [end, setEnd] = useState(() => localInput(scope.end));
  const isBackwards = start >= end;
  const submit = () => {
    apply({ start: new Date(start).toISOString(), end: new Date(end).toISOString() });
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={texts.scope.custom}
      width="narrow"
      actions={
        <Button look="primary" disabled={isBackwards} onClick={submit}>
          {texts.scope.apply}
        </Button>
      }
    >
      <div className="scope-window">
        <TextField
          label={texts.scope.from}
          type="datetime-local"
          value={start}
          onChange={(e) => setStart(e.target.value)}
        />
        <TextField
          label={texts.scope.to}
          type="datetime-local"
          value={end}
          onChange={(e) => setEnd(e.target.value)}
          error={isBackwards ? texts.scope.backwards : undefined}
        />
      </div>
    </Dialog>
  );
}

interface WindowProps {
  scope: Scope;
  open: boolean;
  onClose: () => void;
  apply: (window: { start: string; end: string }) => void;
}

/** Project, environment and range: what rules every number on the page. */
export function ScopeBar() {
  const scope: Scope = useSearch({ strict: false });
  const navigate = useNavigate();
  const session = useSession();
  const [custom, setCustom] = useState(false);
  const isPhone = useMedia(PHONE);
  const { data: projects = [] } = useQuery(projectsQuery);
  const chosen = projectsOf(scope);
  const { data: environments = [] } = useQuery(environmentsQuery(chosen));
  const set = (change: { [K in keyof Scope]: Scope[K] | undefined }) =>
    void navigate({
      to: '.',
      search: (before: Record<string, unknown>) => ({ ...before, ...change }),
    });
  const toggle = (slug: string) => {
    const next = chosen.includes(slug) ? chosen.filter((one) => one !== slug) : [...chosen, slug];
    set({ project: next.length > 0 ? next.join(',') : undefined });
  };
  const names = new Map(projects.map((project) => [project.slug, project.name]));
  const projectWords =
    chosen.length === 0
      ? texts.scope.allProjects
      : chosen.length === 1
        ? (names.get(chosen[0]!) ?? chosen[0]!)
        : texts.scope.projects(chosen.length);
  const isUnlisted = scope.environment !== undefined && !environments.includes(scope.environment);
  const range = scope.range ?? DEFAULT_RANGE;
  const projectEntries: (MenuEntry | 'line')[] = [
    { label: texts.scope.allProjects, run: () => set({ project: undefined }), checked: chosen.length === 0 },
    ...projects.map((project) => ({
      label: project.name,
      run: () => toggle(project.slug),
      checked: chosen.includes(project.slug),
    })),
    ...(chosen.length === 1
      ? ([
          'line',
          {
            label: texts.settings.project(projectWords),
            run: () =>
              void navigate({
                to: '/projects/$slug/settings/$section',
                params: { slug: chosen[0]!, section: 'general' },
              }),
            closes: true,
          },
          {
            label: texts.palette.setUp(projectWords),
            run: () => void navigate({ to: '/projects/$slug/setup', params: { slug: chosen[0]! } }),
            closes: true,
          },
        ] as const)
      : []),
    ...(isAtLeast(session, 'admin')
      ? ([
          'line',
          { label: texts.scope.newProject, run: () => void navigate({ to: '/projects/new' }), closes: true },
        ] as const)
      : []),
  ];
  const environmentEntries: MenuEntry[] = [
    {
      label: texts.scope.allEnvironments,
      run: () => set({ environment: undefined }),
      checked: !scope.environment,
    },
    ...[...(isUnlisted ? [scope.environment!] : []), ...environments].map((name) => ({
      label: name,
      run: () => set({ environment: name }),
      checked: scope.environment === name,
    })),
  ];
  const rangeEntries: MenuEntry[] = [
    ...RANGES.map((one) => ({
      label: texts.ranges[one],
      run: () => set({ range: one === DEFAULT_RANGE ? undefined : one, start: undefined, end: undefined }),
      checked: !scope.start && range === one,
    })),
    { label: texts.scope.custom, run: () => setCustom(true), checked: scope.start !== undefined },
  ];
  const environmentWords = scope.environment ?? texts.scope.allEnvironments;
  const rangeWords =
    scope.start && scope.end ? `${shortDay(scope.start)} – ${shortDay(scope.end)}` : texts.ranges[range];
  return (
    <div className="scope">
      {isPhone ? (
        <Menu
          trigger={
            <Trigger words={[projectWords, scope.environment, rangeWords].filter(Boolean).join(', ')} />
          }
          entries={[...projectEntries, 'line', ...environmentEntries, 'line', ...rangeEntries]}
        />
      ) : (
        <>
          <Menu multiple trigger={<Trigger words={projectWords} />} entries={projectEntries} />
          <Menu trigger={<Trigger words={environmentWords} />} entries={environmentEntries} />
          <Menu trigger={<Trigger words={rangeWords} />} entries={rangeEntries} />
        </>
      )}
      {custom && (
        <WindowDialog
          scope={scope}
          open
          onClose={() => setCustom(false)}
          apply={(window) => set({ ...window, range: undefined })}
        />
      )}
    </div>
  );
}
