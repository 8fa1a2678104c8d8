import { When } from '../../ui/When';
import { projectTexts } from './texts';

/** Who changed settings last, and when; nothing if nobody ever did. */
export function LastChange({ at, by }: { at: string | null; by: string | null }) {
  if (!at) return null;
  return (
    <p className="meta">
      {projectTexts.lastChanged} <When at={at} />
      {by && ` ${projectTexts.changedBy(by)}`}
    </p>
  );
}
