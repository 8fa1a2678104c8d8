import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { projectsQuery } from '../../app/queries';
import { CodeLines } from '../../ui/CodeLines';
import { Copy } from '../../ui/Copy';
import { SelectField } from '../../ui/Field';
import './crons.css';
import { SNIPPETS } from './snippets';
import { cronTexts } from './texts';

const { snippets: texts } = cronTexts;

/** How a job checks in, with the DSN of its project in the code. */
export function Snippets({ slug, monitor }: { slug: string | undefined; monitor: string }) {
  const { data: projects = [] } = useQuery(projectsQuery);
  const [id, setId] = useState('curl');
  const project = projects.find((one) => one.slug === slug) ?? projects[0];
  const dsn = project?.keys.find((key) => key.active)?.dsn;
  const snippet = SNIPPETS.find((one) => one.id === id) ?? SNIPPETS[0];
  if (!project || !snippet) return null;
  const code = dsn === undefined ? '' : snippet.code(dsn, monitor);
  return (
    <section className="card cron-section" aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <p className="meta">{texts.words}</p>
      {dsn === undefined ? (
        <p>{texts.noKey}</p>
      ) : (
        <>
          <div className="cron-snippet-head">
            <SelectField label={texts.tool} value={id} onChange={(e) => setId(e.target.value)}>
              {SNIPPETS.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </SelectField>
            <Copy text={code} label={texts.copy} />
          </div>
          <div className="cron-code">
            <CodeLines lines={code.split('\n')} language={snippet.language} label={snippet.name} />
          </div>
        </>
      )}
    </section>
  );
}
