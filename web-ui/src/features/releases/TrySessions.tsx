import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Release } from '../../api/model';
import { projectsQuery } from '../../app/queries';
import { Button } from '../../ui/Button';
import { toast } from '../../ui/Toasts';
import { envelopeAddress, sessionEnvelope } from './health';
import { healthTexts as texts } from './healthTexts';

/** Sends sessions the way an SDK in this browser would: to the DSN's own host, by the ingest route. */
export function TrySessions({ release, onSent }: { release: Release; onSent: () => void }) {
  const { data: projects = [] } = useQuery(projectsQuery);
  const [isBusy, setBusy] = useState(false);
  const key = projects.find((one) => one.id === release.project.id)?.keys.find((one) => one.active);
  if (!key) return null;
  const send = async (status: 'exited' | 'crashed') => {
    setBusy(true);
    try {
      const response = await fetch(envelopeAddress(key.dsn), {
        method: 'POST',
        body: sessionEnvelope(crypto.randomUUID(), status, release.version, texts.environment, new Date()),
        credentials: 'omit',
      });
      toast(response.ok ? texts.sent : texts.refused(response.status));
      if (response.ok) onSent();
    } catch {
      toast(texts.blocked);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="row-actions">
      <Button busy={isBusy} onClick={() => void send('exited')}>
        {texts.tryOk}
      </Button>
      <Button busy={isBusy} onClick={() => void send('crashed')}>
        {texts.tryCrashed}
      </Button>
    </div>
  );
}
