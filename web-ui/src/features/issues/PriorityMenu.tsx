import type { Issue } from '../../api/model';
import { can, useSession } from '../../app/session';
import { Button } from '../../ui/Button';
import { Menu } from '../../ui/Menu';
import { useIssueActions } from './actions';
import { stateTexts } from './stateTexts';

const PRIORITIES = ['high', 'medium', 'low'] as const;

/** How soon somebody should look at an issue, and the choice of it. */
export function PriorityMenu({ issue }: { issue: Issue }) {
  const session = useSession();
  const actions = useIssueActions();
  const words = stateTexts.priorities[issue.priority];
  if (!can(session, 'event:write')) return words;
  return (
    <Menu
      align="end"
      trigger={
        <Button look="quiet" aria-label={`${stateTexts.priority}: ${words}`}>
          {words}
        </Button>
      }
      entries={PRIORITIES.map((priority) => ({
        label: stateTexts.priorities[priority],
        checked: issue.priority === priority,
        run: () => void actions.change([issue], { priority }),
      }))}
    />
  );
}
