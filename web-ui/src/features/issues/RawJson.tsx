import { useState } from 'react';
import type { Event, Path } from '../../api/model';
import { Button } from '../../ui/Button';
import { CodeLines } from '../../ui/CodeLines';
import { Copy } from '../../ui/Copy';
import { cut } from '../../ui/SdkText';
import { Section } from './Section';
import { pageTexts } from './pageTexts';

const MAX_SHOWN = 200_000;

/** All that the API knows of the event. */
export function RawJson({ event }: { event: Event }) {
  const [isOpen, setOpen] = useState(false);
  const json = isOpen ? JSON.stringify(event, null, 2) : '';
  return (
    <Section
      id="raw"
      title={pageTexts.raw}
      tools={
        <>
          {isOpen && <Copy text={json} label={pageTexts.copyJson} />}
          <a
            className="button button-quiet"
            href={('/api/v1/events/{id}' satisfies Path).replace('{id}', event.id)}
            target="_blank"
            rel="noreferrer"
          >
            {pageTexts.openRaw}
          </a>
        </>
      }
    >
      {isOpen && (
        <div className="card raw">
          <CodeLines lines={cut(json, MAX_SHOWN).split('\n')} language="json" label={pageTexts.rawLines} />
        </div>
      )}
      <Button onClick={() => setOpen(!isOpen)}>{isOpen ? pageTexts.hideRaw : pageTexts.showRaw}</Button>
    </Section>
  );
}
