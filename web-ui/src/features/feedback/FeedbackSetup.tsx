import { CodeLines } from '../../ui/CodeLines';
import { Copy } from '../../ui/Copy';
import { State } from '../../ui/State';
import { SNIPPETS } from './snippets';
import { feedbackTexts } from './texts';

/** How people come to say something, where nobody ever did. */
export function FeedbackSetup() {
  const { setup } = feedbackTexts;
  return (
    <div className="feedback-setup">
      <State title={setup.title}>{setup.words}</State>
      <ul>
        {SNIPPETS.map(({ name, language, code }) => (
          <li key={name}>
            <div className="feedback-snippet-head">
              <h3>{setup[name]}</h3>
              <Copy text={code} label={feedbackTexts.copyCode} />
            </div>
            <div className="card">
              <CodeLines lines={code.split('\n')} language={language} label={setup[name]} />
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
