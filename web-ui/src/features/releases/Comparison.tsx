import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { Release, ReleaseFigures } from '../../api/model';
import { Count } from '../../ui/Count';
import { Facts } from '../../ui/Facts';
import { SelectField } from '../../ui/Field';
import { Missing } from '../../ui/State';
import { When } from '../../ui/When';
import { change } from './change';
import { IssueCount, RegressedCount } from './columns';
import { comparisonQuery, siblingsQuery } from './queries';
import { releaseTexts } from './texts';

const route = getRouteApi('/shell/releases/$id');
const { compare: texts } = releaseTexts;
const COUNTS = ['events', 'users', 'new_issues', 'regressed_issues'] as const;
const NAMES = {
  events: texts.events,
  users: texts.users,
  new_issues: texts.fresh,
  regressed_issues: texts.regressed,
};

function Figures({
  release,
  here,
  other,
}: {
  release: Release;
  here: ReleaseFigures;
  other: ReleaseFigures | null;
}) {
  const value = (figures: ReleaseFigures, name: (typeof COUNTS)[number]) => {
    const linked = { ...figures, project: release.project };
    if (name === 'new_issues') return <IssueCount key={figures.id} release={linked} />;
    if (name === 'regressed_issues') return <RegressedCount key={figures.id} release={linked} />;
    return <Count key={figures.id} value={figures[name]} />;
  };
  const times = (figures: ReleaseFigures, name: 'first_event_at' | 'last_event_at') => (
    <When key={figures.id} at={figures[name]} />
  );
  return (
    <Facts
      title={texts.title}
      note={other ? undefined : texts.alone}
      none=""
      heads={[
        { name: texts.figure },
        { name: here.version, end: true },
        ...(other ? [{ name: other.version, end: true }, { name: texts.change }] : []),
      ]}
      rows={[...COUNTS, 'first_event_at', 'last_event_at'] as const}
      rowKey={(name) => name}
      cells={(name) => {
        if (name === 'first_event_at' || name === 'last_event_at') {
          const label = name === 'first_event_at' ? texts.first : texts.last;
          return [label, times(here, name), ...(other ? [times(other, name), ''] : [])];
        }
        return [
          NAMES[name],
          value(here, name),
          ...(other ? [value(other, name), change(here[name], other[name])] : []),
        ];
      }}
    />
  );
}

/** The release beside another one, the one before it if none is chosen. */
export function Comparison({ release }: { release: Release }) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/releases/$id' });
  const answer = useQuery(comparisonQuery(release.id, search.compare, search));
  const { data: siblings } = useQuery(siblingsQuery(release.project.slug));
  const others = (siblings?.results ?? []).filter((one) => one.id !== release.id);
  return (
    <>
      {others.length > 0 && (
        <SelectField
          label={texts.with}
          value={search.compare ?? ''}
          onChange={(e) => {
            const compare = e.target.value === '' ? undefined : Number(e.target.value);
            void navigate({ search: (before) => ({ ...before, compare }) });
          }}
        >
          <option value="">{texts.previous}</option>
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {one.version}
            </option>
          ))}
        </SelectField>
      )}
      {answer.data ? (
        <Figures release={release} here={answer.data.release} other={answer.data.with} />
      ) : (
        <Missing asked={answer} rows={6} />
      )}
    </>
  );
}
