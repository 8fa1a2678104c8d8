import { useState } from 'react';
import { api, value } from '../../api/client';
import type { Release, SymbolicatedFrame } from '../../api/model';
import { present } from '../../app/search';
import { Button } from '../../ui/Button';
import { CodeLines } from '../../ui/CodeLines';
import { FormFault, TextField, useForm } from '../../ui/Field';
import { SdkText } from '../../ui/SdkText';
import { languageOf } from '../../ui/languages';
import { placeIn } from './place';
import './releases.css';
import { releaseTexts } from './texts';

const { check: texts } = releaseTexts;

/** What a place comes from, or why that cannot be told; and under which names its map was looked for. */
function Checked({ frame }: { frame: SymbolicatedFrame }) {
  const { orig_line: line, context_line: hit } = frame;
  const before = frame.pre_context ?? [];
  const place = `${frame.orig_file}:${line}:${frame.orig_column}`;
  return (
    <div className="checked" aria-live="polite">
      {frame.symbolicated ? (
        <p className="mono">
          <SdkText>{place}</SdkText> {frame.orig_function && <b>{frame.orig_function}</b>}
        </p>
      ) : (
        <p className="checked-reason">
          <SdkText>{frame.reason ?? ''}</SdkText>
        </p>
      )}
      {typeof line === 'number' && typeof hit === 'string' && (
        <CodeLines
          lines={[...before, hit, ...(frame.post_context ?? [])]}
          from={line - before.length}
          hit={line}
          language={languageOf(frame.orig_file ?? undefined, 'javascript')}
          label={place}
        />
      )}
      {frame.sourcemap && <p className="meta">{texts.foundIn(frame.sourcemap, frame.resolved_with ?? '')}</p>}
      {frame.looked_for.length > 0 && (
        <details>
          <summary className="meta">{texts.lookedFor}</summary>
          <ul className="mono">
            {frame.looked_for.map((name) => (
              <li key={name}>
                <SdkText>{name}</SdkText>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

/** Tries a place in minified code against the source maps of a release. */
export function CheckFrame({ release }: { release: Release }) {
  const [text, setText] = useState('');
  const [debugId, setDebugId] = useState('');
  const [frame, setFrame] = useState<SymbolicatedFrame>();
  const place = placeIn(text);
  const form = useForm(['url', 'line', 'column', 'debug_id'], async () => {
    if (!place) return;
    setFrame(
      await value(
        api.POST('/api/v1/projects/{id}/check-frame', {
          params: { path: { id: release.project.id } },
          body: {
            ...place,
            release: release.version,
            ...present({ debug_id: debugId.trim() || undefined }),
          },
        }),
      ),
    );
  });
  return (
    <section className="card check-frame" aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <form className="check-form" onSubmit={form.submit}>
        <TextField
          label={texts.place}
          hint={texts.placeHint}
          required
          autoComplete="off"
          value={text}
          error={text !== '' && !place ? texts.noPlace : form.errors['url']}
          onChange={(e) => setText(e.target.value)}
        />
        <TextField
          label={texts.debugId}
          autoComplete="off"
          value={debugId}
          error={form.errors['debug_id']}
          onChange={(e) => setDebugId(e.target.value)}
        />
        <Button type="submit" busy={form.busy} disabled={!place}>
          {texts.send}
        </Button>
      </form>
      <FormFault>{form.fault}</FormFault>
      {frame && <Checked frame={frame} />}
    </section>
  );
}
