import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { api, value } from '../api/client';
import type { Job } from '../api/model';
import { texts } from '../texts/en';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { toast } from '../ui/Toasts';
import { exactNumber } from '../ui/format';
import './JobProgress.css';
import { can, useSession } from './session';

const { jobs: words } = texts;
const STATES: Record<string, string> = words.states;
const TONES: Record<string, 'good' | 'error' | 'warning' | 'info'> = {
  succeeded: 'good',
  failed: 'error',
  paused: 'warning',
  cancelling: 'warning',
  cancelled: 'warning',
};

const MOVING = new Set(['queued', 'running', 'cancelling']);

/** Whether a job goes on by itself. */
export function isMoving(state: string): boolean {
  return MOVING.has(state);
}

export function JobState({ state }: { state: string }) {
  return <Badge tone={TONES[state] ?? 'info'}>{STATES[state] ?? state}</Badge>;
}

interface ProgressProps {
  done: number;
  /** Null as long as the end is not known. */
  total: number | null;
  /** What is going on, in front. */
  children: ReactNode;
}

/** How far something is, in words and as a bar where the end is known. */
export function Progress({ done, total, children }: ProgressProps) {
  return (
    <span className="job-progress">
      {children}
      {total !== null && <progress value={done} max={Math.max(1, total)} aria-label={words.progress} />}
      <span className="meta">
        {total === null ? words.reached(exactNumber(done)) : words.of(exactNumber(done), exactNumber(total))}
      </span>
    </span>
  );
}

export function JobProgress({ job }: { job: Job }) {
  return (
    <Progress done={job.progress.done} total={job.progress.total}>
      <JobState state={job.state} />
    </Progress>
  );
}

/** Pause, resume, cancel: what fits the state, for who may. */
export function JobControls({ job }: { job: Job }) {
  const session = useSession();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  if (!can(session, 'event:admin') || !(isMoving(job.state) || job.state === 'paused')) return null;
  const run = async (action: 'pause' | 'resume' | 'cancel') => {
    setBusy(true);
    try {
      await value(api.POST(`/api/v1/jobs/{id}/${action}`, { params: { path: { id: job.id } } }));
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['jobs'] }),
        queries.invalidateQueries({ queryKey: ['job', job.id] }),
      ]);
    } catch (e) {
      toast(e instanceof Error ? e.message : String(e));
    } finally {
      setBusy(false);
    }
  };
  return (
    <span className="row-actions">
      {(job.state === 'queued' || job.state === 'running') && (
        <Button busy={busy} onClick={() => void run('pause')}>
          {words.pause}
        </Button>
      )}
      {job.state === 'paused' && (
        <Button busy={busy} onClick={() => void run('resume')}>
          {words.resume}
        </Button>
      )}
      {job.state !== 'cancelling' && (
        <Button look="quiet" busy={busy} onClick={() => void run('cancel')}>
          {words.cancel}
        </Button>
      )}
    </span>
  );
}
