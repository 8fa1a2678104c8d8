import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, value } from '../../api/client';
import { CheckField } from '../../ui/Field';
import { Missing } from '../../ui/State';
import { toast } from '../../ui/Toasts';
import { noticesQuery } from '../webhooks/webhookQueries';
import { webhookTexts } from '../webhooks/webhookTexts';

const { notices: texts } = webhookTexts;
const KINDS = ['assigned', 'mentioned', 'regression', 'comments', 'alerts'] as const;

/** Of what one is told by mail; each is saved as it is changed. */
export function Notifications() {
  const queries = useQueryClient();
  const notices = useQuery(noticesQuery);
  const [moved, setMoved] = useState<Partial<Record<(typeof KINDS)[number], boolean>>>({});
  const stored = notices.data;
  if (!stored) return <Missing asked={notices} rows={5} />;
  const save = async (kind: (typeof KINDS)[number], wanted: boolean) => {
    // At once, and taken back if it is refused.
    setMoved((before) => ({ ...before, [kind]: wanted }));
    try {
      const saved = await value(api.PUT('/api/v1/me/notifications', { body: { [kind]: wanted } }));
      queries.setQueryData(noticesQuery.queryKey, saved);
      toast(texts.saved);
    } catch (e) {
      toast(e instanceof Error ? e.message : String(e));
    } finally {
      setMoved(({ [kind]: _moved, ...others }) => others);
    }
  };
  return (
    <fieldset className="sections-form plain-fieldset">
      <legend className="field-label">{texts.words}</legend>
      {KINDS.map((kind) => (
        <CheckField
          key={kind}
          label={texts[kind]}
          checked={moved[kind] ?? stored[kind]}
          onChange={(e) => void save(kind, e.target.checked)}
        />
      ))}
    </fieldset>
  );
}
