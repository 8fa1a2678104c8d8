import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { IssueDetail, SimilarIssue, SimilarIssues as Answer } from '../../api/model';
import { can, useSession } from '../../app/session';
import { Button } from '../../ui/Button';
import { Confirm } from '../../ui/Dialog';
import { Count } from '../../ui/Count';
import { SdkText } from '../../ui/SdkText';
import { Missing } from '../../ui/State';
import { When } from '../../ui/When';
import { counted, exactNumber } from '../../ui/format';
import { Section } from './Section';
import './SimilarIssues.css';
import { useIssueActions } from './actions';
import { similarQuery } from './pageQueries';
import { alikeReasons, alikeWords } from './similar';
import { similarTexts as texts } from './similarTexts';

/** Whether an element has come near the window: what is below is asked for when somebody gets there. */
function useReached() {
  const place = useRef<HTMLDivElement>(null);
  const [reached, setReached] = useState(false);
  useEffect(() => {
    if (!place.current || reached) return undefined;
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setReached(true),
      { rootMargin: '200px' },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, [reached]);
  return [place, reached] as const;
}

interface RowProps {
  similar: SimilarIssue;
  /** Absent for who may not merge. */
  choose: ((chosen: boolean) => void) | undefined;
  chosen: boolean;
}

function Row({ similar, choose, chosen }: RowProps) {
  const { issue } = similar;
  return (
    <li>
      {choose ? (
        <input
          type="checkbox"
          className="check"
          aria-label={texts.choose(issue.short_id)}
          checked={chosen}
          onChange={(event) => choose(event.target.checked)}
        />
      ) : (
        <span />
      )}
      <Link to="/issues/$id" params={{ id: issue.id }} className="similar-title">
        <SdkText inList>{issue.title}</SdkText>
      </Link>
      <b className="similar-score">{alikeWords(similar.score)}</b>
      <span className="num">
        <Count value={issue.events_total} />
      </span>
      <span className="meta similar-seen">
        <When at={issue.last_seen} />
      </span>
      <span className="meta similar-why">
        {issue.short_id}: {alikeReasons(similar)}
      </span>
    </li>
  );
}

function nothing({ comparable, compared }: Answer): string {
  if (!comparable) return texts.notComparable;
  return compared === 0 ? texts.nothingToCompare : texts.none(exactNumber(compared));
}

function List({ issue, answer }: { issue: IssueDetail; answer: Answer }) {
  const actions = useIssueActions();
  const mayMerge = can(useSession(), 'event:write');
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [merging, setMerging] = useState(false);
  if (answer.results.length === 0) return <p className="meta">{nothing(answer)}</p>;
  const choose = (id: number, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const what = counted(chosen.size, 'issue');
  return (
    <>
      <ul className="card similar" aria-label={texts.list}>
        {answer.results.map((similar) => (
          <Row
            key={similar.issue.id}
            similar={similar}
            chosen={chosen.has(similar.issue.id)}
            choose={mayMerge ? (isChosen) => choose(similar.issue.id, isChosen) : undefined}
          />
        ))}
      </ul>
      {chosen.size > 0 && <Button onClick={() => setMerging(true)}>{texts.merge(what)}</Button>}
      <Confirm
        open={merging}
        onClose={() => setMerging(false)}
        title={texts.mergeTitle(what)}
        action={texts.merge(what)}
        danger={false}
        run={async () => {
          await actions.merge({ into: issue.id, ids: [issue.id, ...chosen] });
          setChosen(new Set());
        }}
      >
        <p>{texts.mergeWords}</p>
      </Confirm>
    </>
  );
}

/** Issues that may be about the same problem, and a way to make them one with this. */
export function SimilarIssues({ issue }: { issue: IssueDetail }) {
  const [place, reached] = useReached();
  const asked = useQuery({ ...similarQuery(issue.id), enabled: reached });
  return (
    <Section id="similar" title={texts.title}>
      <div ref={place} />
      {asked.data ? (
        <List key={issue.id} issue={issue} answer={asked.data} />
      ) : (
        reached && <Missing asked={asked} rows={2} />
      )}
    </Section>
  );
}
