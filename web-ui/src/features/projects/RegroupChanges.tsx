import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Regroup, RegroupChange } from '../../api/model';
import { Button } from '../../ui/Button';
import { SdkText } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { RegroupPartCard } from './RegroupPartCard';
import { changesQuery } from './regroupQueries';
import { regroupTexts as texts } from './regroupTexts';

/** The one issue of a change: what all go into, or what all come from. */
function One({ issue }: Pick<RegroupChange, 'issue'>) {
  return (
    <div className="regroup-one">
      <b>
        <SdkText inList>{issue.title}</SdkText>
      </b>{' '}
      {issue.id !== null && (
        <Link to="/issues/$id" params={{ id: issue.id }}>
          {texts.issue(issue.id)}
        </Link>
      )}
      <p className="meta">{texts.events(issue.events)}</p>
    </div>
  );
}

function Parts({ change }: { change: RegroupChange }) {
  const left = change.parts_total - change.parts.length;
  return (
    <>
      <ul>
        {change.parts.map((part, place) => (
          <RegroupPartCard
            key={`${part.latest_event_id} ${part.issue_id}`}
            part={part}
            stays={place === 0 && part.issue_id !== null && part.issue_id === change.issue.id}
          />
        ))}
      </ul>
      {left > 0 && <p className="meta">{texts.others(left)}</p>}
    </>
  );
}

function Change({ change }: { change: RegroupChange }) {
  const one = <One issue={change.issue} />;
  const parts = <Parts change={change} />;
  const isMerge = change.kind === 'merge';
  return (
    <li className="card regroup-change">
      <div>
        <h3>{texts.before}</h3>
        {isMerge ? parts : one}
      </div>
      <div>
        <h3>{texts.after}</h3>
        {isMerge ? one : parts}
      </div>
    </li>
  );
}

interface RegroupChangesProps {
  regroup: Regroup;
  kind: RegroupChange['kind'];
}

/** The issues that a regroup merges, or splits, each before and after, those of the most events first. */
export function RegroupChanges({ regroup, kind }: RegroupChangesProps) {
  const asked = useInfiniteQuery(changesQuery(regroup, kind));
  const changes = asked.data?.pages.flatMap((page) => page.results);
  return (
    <section className="regroup-changes" aria-label={texts[kind]}>
      <h2>{texts[kind]}</h2>
      {!changes ? (
        <Missing asked={asked} rows={3} />
      ) : changes.length === 0 ? (
        <p className="meta">{texts.noneOf[kind]}</p>
      ) : (
        <ul className="regroup-changes">
          {changes.map((change, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- one that is not there yet has no other identity
            <Change key={change.issue.id ?? `new ${place}`} change={change} />
          ))}
        </ul>
      )}
      {asked.hasNextPage && (
        <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {texts.more}
        </Button>
      )}
    </section>
  );
}
