import { ChevronDown, ChevronRight, Fingerprint } from 'lucide-react';
import { useState } from 'react';
import type { Event, EventGrouping, FrameLink } from '../../api/model';
import { CodeLines } from '../../ui/CodeLines';
import { Copy } from '../../ui/Copy';
import { ExternalLink } from '../../ui/ExternalLink';
import { Pairs } from '../../ui/Pairs';
import { SdkText } from '../../ui/SdkText';
import { languageOf } from '../../ui/languages';
import { Section } from './Section';
import './StackTrace.css';
import { type LinkOf, lineName, linksOf } from './codeLinks';
import {
  type Code,
  type Exception,
  type Frame,
  exceptionsOf,
  fold,
  isSymbolicated,
  missingMapsOf,
  placeOf,
  rawTrace,
} from './frames';
import { framesThatCount, partOf } from './groupingParts';
import { groupingTexts } from './groupingTexts';
import { linkTexts } from './linkTexts';
import { pageTexts } from './pageTexts';

export type FrameMode = 'app' | 'all' | 'raw';

/** That a frame, or one of many, is in the fingerprint. */
function CountMark({ words }: { words: string }) {
  return (
    <span className="frame-mark" role="img" aria-label={words} title={words}>
      <Fingerprint aria-hidden />
    </span>
  );
}

interface FrameRowProps {
  frame: Frame;
  platform: string | null;
  isOpenAtFirst: boolean;
  counts: boolean;
  link: FrameLink | undefined;
}

function FrameRow({ frame, platform, isOpenAtFirst, counts, link }: FrameRowProps) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  const hasMore = frame.code !== undefined || frame.variables.length > 0;
  const name = frame.function ?? frame.module;
  const words = (
    <>
      <span className="frame-place">
        <SdkText inList>{placeOf(frame)}</SdkText>
      </span>
      {name && (
        <>
          <span className="meta"> {pageTexts.inFunction} </span>
          <b>
            <SdkText inList>{name}</SdkText>
          </b>
        </>
      )}
    </>
  );
  return (
    <li className={frame.inApp ? 'frame' : 'frame frame-library'}>
      <div className="frame-line">
        {hasMore ? (
          <button
            type="button"
            className="frame-head"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
            <span className="frame-words">{words}</span>
            {counts && <CountMark words={groupingTexts.made} />}
          </button>
        ) : (
          <div className="frame-head frame-head-flat">
            <span className="frame-words">{words}</span>
            {counts && <CountMark words={groupingTexts.made} />}
          </div>
        )}
        {link && (
          <ExternalLink
            className="frame-link"
            href={link.url}
            label={linkTexts.line(lineName(link), link.path)}
          >
            {lineName(link)}
          </ExternalLink>
        )}
      </div>
      {isOpen && frame.code && (
        <CodeLines
          lines={frame.code.lines}
          from={frame.code.from}
          {...(frame.line === undefined ? {} : { hit: frame.line })}
          language={languageOf(frame.file ?? frame.path, platform)}
          label={placeOf(frame)}
        />
      )}
      {isOpen && frame.variables.length > 0 && (
        <div className="frame-variables">
          <Pairs entries={frame.variables} label={pageTexts.variables} />
        </div>
      )}
    </li>
  );
}

interface LibraryRowProps {
  frames: Frame[];
  from: string;
  platform: string | null;
  counting: ReadonlySet<number>;
  linkOf: LinkOf;
}

function LibraryRow({ frames, from, platform, counting, linkOf }: LibraryRowProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <li className="frame frame-library">
        <button type="button" className="frame-head" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
          <span className="frame-words frame-fold">{pageTexts.libraryFrames(frames.length, from)}</span>
          {!isOpen && frames.some((frame) => counting.has(frame.index)) && (
            <CountMark words={groupingTexts.madeSome} />
          )}
        </button>
      </li>
      {isOpen &&
        frames.map((frame) => (
          <FrameRow
            key={frame.index}
            frame={frame}
            platform={platform}
            isOpenAtFirst={false}
            counts={counting.has(frame.index)}
            link={linkOf(frame)}
          />
        ))}
    </>
  );
}

interface OneProps {
  exception: Exception;
  isCause: boolean;
  mode: 'app' | 'all';
  platform: string | null;
  /** The places of the frames that are in the fingerprint. */
  counting: ReadonlySet<number>;
  linkOf: LinkOf;
}

const NONE: ReadonlySet<number> = new Set();

function One({ exception, isCause, mode, platform, counting, linkOf }: OneProps) {
  const parts = fold(exception.frames, mode);
  const top = parts.find((part) => part.kind === 'frame')?.key;
  return (
    <div className="exception">
      {(exception.type || exception.value) && (
        <p className="exception-head">
          {isCause && <span className="exception-cause">{pageTexts.causedBy} </span>}
          {exception.type && (
            <b className="exception-type">
              <SdkText>{exception.type}</SdkText>
            </b>
          )}
          {exception.type && exception.value && ': '}
          {exception.value && <SdkText>{exception.value}</SdkText>}
          {exception.mechanism.type && (
            <span className="meta exception-mechanism">
              {pageTexts.mechanism(exception.mechanism.type, exception.mechanism.handled)}
            </span>
          )}
        </p>
      )}
      <ol>
        {parts.map((part) =>
          part.kind === 'frame' ? (
            <FrameRow
              key={part.key}
              frame={part.frame}
              platform={platform}
              isOpenAtFirst={!isCause && part.key === top}
              counts={counting.has(part.frame.index)}
              link={linkOf(part.frame)}
            />
          ) : (
            <LibraryRow
              key={part.key}
              frames={part.frames}
              from={part.from}
              platform={platform}
              counting={counting}
              linkOf={linkOf}
            />
          ),
        )}
      </ol>
    </div>
  );
}

interface StackTraceProps {
  event: Event;
  /** Undefined until it is known. */
  grouping: EventGrouping | undefined;
  /** None until they are known. */
  links: readonly FrameLink[];
  mode: FrameMode;
  setMode: (mode: FrameMode) => void;
}

const MODES: readonly FrameMode[] = ['app', 'all', 'raw'];
const CODES: readonly Code[] = ['original', 'minified'];

/** More of them say nothing new. */
const MAX_MISSING = 3;

/** Where it failed: the newest exception first, its causes below it, our own frames before those of libraries. */
export function StackTrace({ event, grouping, links, mode, setMode }: StackTraceProps) {
  const [code, setCode] = useState<Code>('original');
  const exceptions = exceptionsOf(event, code);
  const missing = missingMapsOf(event);
  const counting = grouping ? framesThatCount(partOf(grouping.hashed), exceptions.length) : [];
  const raw = rawTrace(exceptions);
  if (exceptions.length === 0) {
    return (
      <Section id="trace" title={pageTexts.trace}>
        <div className="card no-trace">
          {event.message && (
            <p className="mono">
              <SdkText>{event.message}</SdkText>
            </p>
          )}
          <p className="meta">{pageTexts.noTrace}</p>
        </div>
      </Section>
    );
  }
  const tools = (
    <>
      {isSymbolicated(event) && (
        <div className="switch" role="group" aria-label={pageTexts.code}>
          {CODES.map((one) => (
            <button key={one} type="button" aria-pressed={code === one} onClick={() => setCode(one)}>
              {pageTexts.codes[one]}
            </button>
          ))}
        </div>
      )}
      <div className="switch" role="group" aria-label={pageTexts.frames}>
        {MODES.map((one) => (
          <button key={one} type="button" aria-pressed={mode === one} onClick={() => setMode(one)}>
            {pageTexts.modes[one]}
          </button>
        ))}
      </div>
      <Copy text={raw} label={pageTexts.copyTrace} />
    </>
  );
  return (
    <Section id="trace" title={pageTexts.trace} tools={tools}>
      <div className="card trace">
        {missing.length > 0 && (
          <ul className="trace-missing">
            {missing.slice(0, MAX_MISSING).map((reason) => (
              <li key={reason}>
                <SdkText>{reason}</SdkText>
              </li>
            ))}
          </ul>
        )}
        {mode === 'raw' ? (
          <CodeLines lines={raw.split('\n')} label={pageTexts.trace} />
        ) : (
          exceptions.map((exception, index) => (
            <One
              // oxlint-disable-next-line react/no-array-index-key -- a chain has no other identity than its order
              key={`${event.id}-${index}`}
              exception={exception}
              isCause={index > 0}
              mode={mode}
              platform={event.platform}
              counting={counting[index] ?? NONE}
              linkOf={linksOf(links, index, exceptions.length)}
            />
          ))
        )}
      </div>
    </Section>
  );
}
