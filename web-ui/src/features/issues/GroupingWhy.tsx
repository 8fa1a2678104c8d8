import { Link } from '@tanstack/react-router';
import { Fingerprint } from 'lucide-react';
import { useState } from 'react';
import type { EventGrouping } from '../../api/model';
import { Button } from '../../ui/Button';
import { Copy } from '../../ui/Copy';
import { SdkText } from '../../ui/SdkText';
import { exactNumber } from '../../ui/format';
import './GroupingWhy.css';
import { type GroupingPart, framesOfStack, partOf } from './groupingParts';
import { groupingTexts as texts } from './groupingTexts';

/** Frames beyond these are folded, as long as they do not count. */
const FRAMES_AT_FIRST = 8;

function Verdict({ part }: { part: GroupingPart }) {
  return part.counts ? (
    <span className="why-verdict">
      <Fingerprint aria-hidden /> {texts.counts}
    </span>
  ) : (
    <span className="why-verdict why-left">{texts.left}</span>
  );
}

/** Why a part was left out or how it was changed, in the server's words. */
function Hint({ part }: { part: GroupingPart }) {
  return part.hint ? (
    <span className="meta why-hint">
      <SdkText inList>{part.hint}</SdkText>
    </span>
  ) : null;
}

function Value({ part }: { part: GroupingPart }) {
  return (
    <div className={part.counts ? 'why-row' : 'why-row why-row-left'}>
      <Verdict part={part} />
      <span className="meta">{texts.part(part.id)}</span>
      <span className="why-words">
        {part.value ? (
          <span className="mono">
            <SdkText inList>{part.value}</SdkText>
          </span>
        ) : null}
        <Hint part={part} />
      </span>
    </div>
  );
}

function Frame({ part }: { part: GroupingPart }) {
  const of = (id: string) => part.parts.find((one) => one.id === id);
  const [unit, called, line] = [of('unit'), of('function'), of('line')];
  return (
    <li className={part.counts ? 'why-row' : 'why-row why-row-left'}>
      <Verdict part={part} />
      <span className="why-words">
        <span className="mono">
          <SdkText inList>{called?.value || texts.unnamed}</SdkText>
          {unit?.value && (
            <>
              <span className="meta"> {texts.inUnit} </span>
              <SdkText inList>{unit.value}</SdkText>
            </>
          )}
        </span>
        <Hint part={part} />
        {part.counts && (
          <>
            {called && <Hint part={called} />}
            {unit && <Hint part={unit} />}
            {line?.counts && line.value && (
              <span className="mono why-line">
                <SdkText inList>{line.value}</SdkText>
              </span>
            )}
          </>
        )}
      </span>
    </li>
  );
}

function Stack({ part }: { part: GroupingPart }) {
  const [isOpen, setOpen] = useState(false);
  const frames = framesOfStack(part);
  const shown = isOpen ? frames : frames.filter((frame, place) => frame.counts || place < FRAMES_AT_FIRST);
  if (frames.length === 0) return <p className="meta why-row">{texts.noFrames}</p>;
  return (
    <>
      <ol aria-label={texts.part(part.id)}>
        {shown.map((frame) => (
          <Frame key={frame.index} part={part.counts ? frame : { ...frame, counts: false }} />
        ))}
      </ol>
      {shown.length < frames.length && (
        <Button look="quiet" onClick={() => setOpen(true)}>
          {texts.allFrames(exactNumber(frames.length))}
        </Button>
      )}
    </>
  );
}

/** A part with its parts, however deep they go. */
function Part({ part }: { part: GroupingPart }) {
  if (part.value !== undefined) return <Value part={part} />;
  return (
    <div className="why-part">
      <p className="why-part-head">
        {texts.part(part.id)} <Hint part={part} />
      </p>
      {part.id === 'stacktrace' ? (
        <Stack part={part} />
      ) : (
        part.parts.map((one, place) => (
          // oxlint-disable-next-line react/no-array-index-key -- parts have no other identity than their place
          <Part key={place} part={part.counts ? one : { ...one, counts: false }} />
        ))
      )}
    </div>
  );
}

interface GroupingWhyProps {
  grouping: EventGrouping;
  project: string;
  /** Whether the issue has the hash that the rules of today give the event. */
  isHere: boolean;
}

/** Why an event has the hash it has: what counted, what was left out and why, and which rule decided. */
export function GroupingWhy({ grouping, project, isHere }: GroupingWhyProps) {
  const { rule, others } = grouping;
  return (
    <div className="card why">
      <p>{texts.by(grouping.variant)}</p>
      {rule && (
        <p>
          {texts.rule(rule.origin, rule.line)}: <code className="why-rule">{rule.text}</code>{' '}
          {rule.origin === 'project' && (
            <Link to="/projects/$slug/settings/$section" params={{ slug: project, section: 'grouping' }}>
              {texts.rules}
            </Link>
          )}
        </p>
      )}
      {!isHere && <p className="why-elsewhere">{texts.elsewhere}</p>}
      <Part part={partOf(grouping.hashed)} />
      {others.length > 0 && (
        <details>
          <summary>{texts.others}</summary>
          {others.map((other, place) => (
            // oxlint-disable-next-line react/no-array-index-key -- they are never changed
            <Part key={place} part={partOf(other)} />
          ))}
        </details>
      )}
      <p className="meta why-foot">
        {texts.strategy} <span className="mono">{grouping.strategy}</span>, {texts.hash}{' '}
        <span className="mono">{grouping.hash}</span>
        <Copy text={grouping.hash} label={texts.copyHash} />
      </p>
    </div>
  );
}
