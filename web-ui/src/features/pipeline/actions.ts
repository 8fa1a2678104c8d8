import { useQueryClient } from '@tanstack/react-query';
import { api, value } from '../../api/client';
import type { DeadLetterCause } from '../../api/model';
import { toast } from '../../ui/Toasts';
import { counted } from '../../ui/format';
import { pipelineTexts } from './texts';

const { dead } = pipelineTexts;

/** "1 item", "12 items". */
export function items(count: number): string {
  return counted(count, 'item');
}

function ofCause({ reason, stage, project_id }: DeadLetterCause) {
  return { reason, stage, project: project_id };
}

/** What can be done about dead letters. Each says what it did. */
export function useDeadLetterActions() {
  const queries = useQueryClient();
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['dead-letters'] }),
      queries.invalidateQueries({ queryKey: ['jobs', 'retry'] }),
    ]);
  const path = (id: number) => ({ params: { path: { id } } });
  const retryCause = async (cause: DeadLetterCause) => {
    const started = await value(api.POST('/api/v1/dead-letters/retry', { body: ofCause(cause) }));
    toast(dead.retried(dead.retryAll(items(started.letters))));
    await refresh();
  };
  const discardCause = async (cause: DeadLetterCause, because: string) => {
    const { letters } = await value(
      api.POST('/api/v1/dead-letters/discard', { body: { ...ofCause(cause), because } }),
    );
    toast(dead.discarded(items(letters)));
    await refresh();
  };
  const retry = async (id: number) => {
    await value(api.POST('/api/v1/dead-letters/{id}/retry', path(id)));
    toast(dead.retried(dead.retryAll(items(1))));
    await refresh();
  };
  const discard = async (id: number, because: string) => {
    await value(api.POST('/api/v1/dead-letters/{id}/discard', { ...path(id), body: { because } }));
    toast(dead.discarded(items(1)));
    await refresh();
  };
  return { retryCause, discardCause, retry, discard };
}
