import { RequestFailed } from '../../api/client';
import { Button } from '../../ui/Button';
import { projectTexts } from './texts';

const CONFLICT = 409;

/** Whether a change was refused because it was made of a state that is not the latest any more. */
export function isConflict(error: unknown): boolean {
  return error instanceof RequestFailed && error.status === CONFLICT && 'revision' in error.details;
}

/** Says that somebody else was faster, and offers what they made of it. */
export function Conflict({ load }: { load: () => void }) {
  return (
    <div className="project-conflict" role="alert">
      <p>{projectTexts.conflict}</p>
      <Button onClick={load}>{projectTexts.loadLatest}</Button>
    </div>
  );
}
