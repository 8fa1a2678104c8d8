import { useQueryClient } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import type { Feedback } from '../../api/model';
import { texts } from '../../texts/en';
import { toast } from '../../ui/Toasts';
import type { Status } from './queries';
import { feedbackTexts } from './texts';

interface Change {
  status?: Status;
  assigned_to?: number | null;
}

/** What one does with feedback; what it was before can be had back for a moment. */
export function useFeedbackActions() {
  const queries = useQueryClient();
  const send = async (id: string, change: Change) => {
    try {
      const changed = await value(
        api.PUT('/api/v1/feedback/{id}', { params: { path: { id } }, body: change }),
      );
      queries.setQueryData(['feedback', 'one', id], changed);
      return changed;
    } finally {
      void queries.invalidateQueries({ queryKey: ['feedback'] });
      void queries.invalidateQueries({ queryKey: ['issue-feedback'] });
    }
  };
  const run = async (id: string, change: Change, back: Change, words: (changed: Feedback) => string) => {
    try {
      const changed = await send(id, change);
      toast(words(changed), { label: texts.undo, run: () => void send(id, back) });
    } catch (fault) {
      toast(fault instanceof Error ? fault.message : String(fault));
    }
  };
  return {
    setStatus: (one: Feedback, status: Status) =>
      run(one.id, { status }, { status: one.status }, () => feedbackTexts.done[status]),
    assign: (one: Feedback, person: { id: number } | null) =>
      run(
        one.id,
        { assigned_to: person?.id ?? null },
        { assigned_to: one.assigned_to?.id ?? null },
        (changed) => feedbackTexts.given(changed.assigned_to?.name),
      ),
  };
}
