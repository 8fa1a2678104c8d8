import { Dialog } from '../../ui/Dialog';
import { queryTexts } from './texts';

/** The language of searches in short, by examples. */
export function QueryHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const texts = queryTexts.help;
  return (
    <Dialog open={open} onClose={onClose} title={texts.title}>
      <p>{texts.words}</p>
      <dl className="query-help">
        {texts.examples.map(([query, words]) => (
          <div key={query} className="query-help-row">
            <dt>
              <code>{query}</code>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <p className="meta">{texts.keys}</p>
      <p className="meta">{texts.more}</p>
    </Dialog>
  );
}
