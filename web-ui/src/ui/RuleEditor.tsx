import { useEffect, useId, useRef, useState } from 'react';
import './RuleEditor.css';

/** What is wrong with a text, and where if that is known. */
export interface RuleFault {
  message: string;
  /** Both from 1. */
  place: { line: number; column: number } | undefined;
}

interface RuleEditorProps {
  label: string;
  hint: string;
  value: string;
  change: (text: string) => void;
  /** Of the text as it is now. */
  fault: RuleFault | undefined;
  readOnly: boolean;
}

const MIN_LINES = 6;
const MAX_LINES = 18;

/** Where in a text a place is, as its characters are counted. */
export function offsetOf(text: string, { line, column }: { line: number; column: number }): number {
  const lines = text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return Math.min(text.length, before + Math.min(column - 1, lines[line - 1]?.length ?? 0));
}

/** A text of rules, one a line, with the numbers of its lines; the place of a fault is marked, and the caret goes there. */
export function RuleEditor({ label, hint, value, change, fault, readOnly }: RuleEditorProps) {
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const told = useRef<RuleFault>(undefined);
  const [scroll, setScroll] = useState({ top: 0, left: 0 });
  const count = value.split('\n').length;
  const rows = Math.min(MAX_LINES, Math.max(MIN_LINES, count + 1));
  const place = fault?.place;
  useEffect(() => {
    const control = area.current;
    // A fault that was left and came back by editing moves no caret again.
    if (!fault || !control || told.current === fault) return;
    told.current = fault;
    control.focus();
    if (!fault.place) return;
    const at = offsetOf(control.value, fault.place);
    control.setSelectionRange(at, at);
    const line = control.scrollHeight / control.value.split('\n').length;
    control.scrollTop = Math.max(0, (fault.place.line - 3) * line);
  }, [fault]);
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <div className={fault ? 'rule-editor rule-editor-faulty' : 'rule-editor'}>
        {place && (
          <span
            className="rule-editor-hit"
            aria-hidden
            style={{ top: `calc(var(--rule-line) * ${place.line - 1} + var(--rule-pad) - ${scroll.top}px)` }}
          />
        )}
        <pre className="rule-editor-numbers" aria-hidden>
          <span style={{ top: -scroll.top }}>
            {Array.from({ length: count }, (_, index) => index + 1).join('\n')}
          </span>
        </pre>
        <div className="rule-editor-text">
          {place && (
            <span
              className="rule-editor-column"
              aria-hidden
              style={{
                top: `calc(var(--rule-line) * ${place.line - 1} + var(--rule-pad) - ${scroll.top}px)`,
                left: `calc(${place.column - 1}ch + var(--rule-pad) - ${scroll.left}px)`,
              }}
            />
          )}
          <textarea
            ref={area}
            id={id}
            rows={rows}
            wrap="off"
            spellCheck={false}
            autoCapitalize="off"
            readOnly={readOnly}
            value={value}
            aria-describedby={fault ? `${id}-hint ${id}-error` : `${id}-hint`}
            aria-invalid={fault ? true : undefined}
            onChange={(e) => change(e.target.value)}
            onScroll={({ currentTarget: { scrollTop, scrollLeft } }) =>
              setScroll({ top: scrollTop, left: scrollLeft })
            }
          />
        </div>
      </div>
      <p className="field-hint" id={`${id}-hint`}>
        {hint}
      </p>
      {fault && (
        <p className="field-error" id={`${id}-error`}>
          {fault.message}
        </p>
      )}
    </div>
  );
}
