import { api, value } from '../../api/client';

const ASK_AGAIN_MILLIS = 300;
const MOST_ASKED = 60;

/** Waits until a job has moved events from one issue to another; for many events it goes on behind the page. */
export async function awaitMoved(job: number): Promise<void> {
  for (let asked = 0; asked < MOST_ASKED; asked++) {
    // One question after the other: the answer decides whether there is a next one.
    // oxlint-disable-next-line no-await-in-loop
    const { state } = await value(api.GET('/api/v1/jobs/{id}', { params: { path: { id: job } } }));
    if (state !== 'queued' && state !== 'running') return;
    // oxlint-disable-next-line no-await-in-loop
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MILLIS));
  }
}
