import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { projectsQuery } from '../../app/queries';
import { useTitle } from '../../app/useTitle';
import { texts } from '../../texts/en';
import { CodeLines } from '../../ui/CodeLines';
import { Copy } from '../../ui/Copy';
import { SelectField } from '../../ui/Field';
import { State } from '../../ui/State';
import { Waiting } from './Waiting';
import { PLATFORMS, filled, platformOf } from './platforms';
import './setup.css';
import { setupTexts } from './texts';

const route = getRouteApi('/shell/projects/$slug/setup');

function Step({ number, title, words, code, language }: StepProps) {
  return (
    <li className="step">
      <div className="step-head">
        <span className="step-number">{number}</span>
        <div>
          <h2>{title}</h2>
          {words && <p className="meta">{words}</p>}
        </div>
        <Copy text={code} label={setupTexts.copyCode} />
      </div>
      <div className="card step-code">
        <CodeLines lines={code.split('\n')} language={language} label={title} />
      </div>
    </li>
  );
}

interface StepProps {
  number: number;
  title: string;
  words?: string;
  code: string;
  language: string;
}

/** How to send to a project, with the DSN already in the code, and whether something came. */
export function SetupPage() {
  const { slug } = route.useParams();
  const { platform: wanted } = route.useSearch();
  const navigate = useNavigate({ from: '/projects/$slug/setup' });
  const { data: projects } = useSuspenseQuery(projectsQuery);
  const project = projects.find((one) => one.slug === slug);
  useTitle(project ? setupTexts.page(project.name) : texts.fault.notFound);
  if (!project) return <State whole title={texts.fault.notFound} />;
  const key = project.keys.find((one) => one.active);
  const platform = platformOf(wanted ?? project.platform);
  if (!key)
    return (
      <State whole title={setupTexts.page(project.name)}>
        {setupTexts.noKey}
      </State>
    );
  return (
    <div className="page setup">
      <div className="setup-steps">
        <h1>{setupTexts.page(project.name)}</h1>
        <div className="setup-dsn">
          <span className="field-label">{setupTexts.dsn}</span>
          <code>{key.dsn}</code>
          <Copy text={key.dsn} label={setupTexts.copyDsn} />
        </div>
        <SelectField
          label={setupTexts.otherPlatform}
          value={platform.id}
          onChange={(e) => void navigate({ search: (before) => ({ ...before, platform: e.target.value }) })}
        >
          {PLATFORMS.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </SelectField>
        <ol className="steps">
          <Step number={1} title={setupTexts.install} code={platform.install} language="bash" />
          <Step
            number={2}
            title={setupTexts.configure}
            words={setupTexts.into(platform.file)}
            code={filled(platform.code, key.dsn)}
            language={platform.language}
          />
          <Step
            number={3}
            title={setupTexts.provoke}
            words={setupTexts.provokeWords}
            code={platform.test}
            language={platform.language}
          />
        </ol>
      </div>
      <Waiting project={project} dsn={key.dsn} />
    </div>
  );
}
