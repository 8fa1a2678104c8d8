import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api, value } from '../../api/client';
import type { Delivery } from '../../api/model';
import { can, useSession } from '../../app/session';
import { toast } from '../../ui/Toasts';
import { deliveryTexts as texts } from './deliveryTexts';

/** Whether somebody can have it sent again. Of mail with a link nothing is kept. */
export function isGivenUp(delivery: Delivery): boolean {
  return (delivery.state === 'dead' || delivery.state === 'suppressed') && delivery.kind !== 'mail';
}

/** Sends again, says so, and has the lists asked for again. */
export function useResend() {
  const queries = useQueryClient();
  const mayResend = can(useSession(), 'alerts:write');
  const run = useCallback(
    async (send: () => Promise<string>) => {
      try {
        toast(await send());
      } catch (e) {
        toast(e instanceof Error ? e.message : String(e));
      }
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['deliveries'] }),
        queries.invalidateQueries({ queryKey: ['delivery'] }),
      ]);
    },
    [queries],
  );
  const resend = useCallback(
    (delivery: Delivery) =>
      void run(async () => {
        await value(api.POST('/api/v1/deliveries/{id}/resend', { params: { path: { id: delivery.id } } }));
        return texts.resent;
      }),
    [run],
  );
  const resendAll = useCallback(
    (delivery: Delivery) =>
      void run(async () => {
        const { resent } = await value(
          api.POST('/api/v1/deliveries/resend-dead', { params: { query: { target: delivery.target_id } } }),
        );
        return texts.resentAll(resent);
      }),
    [run],
  );
  return { mayResend, resend, resendAll };
}
