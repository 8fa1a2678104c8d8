import { CodeLines } from '../../ui/CodeLines';
import { groupingTexts } from './groupingTexts';

const { help: texts } = groupingTexts;

function Terms({ title, terms }: { title: string; terms: readonly (readonly [string, string])[] }) {
  return (
    <div className="rules-help-part">
      <h2>{title}</h2>
      <dl>
        {terms.map(([term, words]) => (
          <div key={term} className="rules-help-term">
            <dt className="mono">{term}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** The grammar of the rules, as far as one needs it to begin; docs/grouping.md has all of it. */
export function RulesHelp() {
  return (
    <details className="card rules-help">
      <summary>{texts.title}</summary>
      <div className="rules-help-part">
        <h2>{groupingTexts.fingerprint}</h2>
        <CodeLines lines={texts.fingerprints} label={`${texts.examples}: ${groupingTexts.fingerprint}`} />
      </div>
      <div className="rules-help-part">
        <h2>{groupingTexts.stacktrace}</h2>
        <CodeLines lines={texts.stacktraces} label={`${texts.examples}: ${groupingTexts.stacktrace}`} />
      </div>
      <Terms title={texts.conditions} terms={texts.facts} />
      <Terms title={texts.values} terms={texts.valueFacts} />
      <Terms title={texts.actions} terms={texts.actionFacts} />
    </details>
  );
}
