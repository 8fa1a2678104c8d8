import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { Event } from '../../api/model';
import { CodeLines } from '../../ui/CodeLines';
import { Copy } from '../../ui/Copy';
import { Pairs } from '../../ui/Pairs';
import { SdkText } from '../../ui/SdkText';
import { languageOf } from '../../ui/languages';
import { Section } from './Section';
import './StackTrace.css';
import { type Exception, type Frame, exceptionsOf, fold, placeOf, rawTrace } from './frames';
import { pageTexts } from './pageTexts';

export type FrameMode = 'app' | 'all' | 'raw';

function FrameRow({
  frame,
  platform,
  isOpenAtFirst,
}: {
  frame: Frame;
  platform: string | null;
  isOpenAtFirst: boolean;
}) {
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
      {hasMore ? (
        <button type="button" className="frame-head" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
          <span className="frame-words">{words}</span>
        </button>
      ) : (
        <div className="frame-head frame-head-flat">
          <span className="frame-words">{words}</span>
        </div>
      )}
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

function LibraryRow({ frames, from, platform }: { frames: Frame[]; from: string; platform: string | null }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <li className="frame frame-library">
        <button type="button" className="frame-head" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? <ChevronDown aria-hidden /> : <ChevronRight aria-hidden />}
          <span className="frame-words frame-fold">{pageTexts.libraryFrames(frames.length, from)}</span>
        </button>
      </li>
      {isOpen &&
        frames.map((frame, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- frames have no other identity than their place
          <FrameRow key={index} frame={frame} platform={platform} isOpenAtFirst={false} />
        ))}
    </>
  );
}

interface OneProps {
  exception: Exception;
  isCause: boolean;
  mode: 'app' | 'all';
  platform: string | null;
}

function One({ exception, isCause, mode, platform }: OneProps) {
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
            />
          ) : (
            <LibraryRow key={part.key} frames={part.frames} from={part.from} platform={platform} />
          ),
        )}
      </ol>
    </div>
  );
}

interface StackTraceProps {
  event: Event;
  mode: FrameMode;
  setMode: (mode: FrameMode) => void;
}

const MODES: readonly FrameMode[] = ['app', 'all', 'raw'];

/** Where it failed: the newest exception first, its causes below it, our own frames before those of libraries. */
export function StackTrace({ event, mode, setMode }: StackTraceProps) {
  const exceptions = exceptionsOf(event);
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
            />
          ))
        )}
      </div>
    </Section>
  );
}
