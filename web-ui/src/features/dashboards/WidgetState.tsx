import type { ReactNode } from 'react';
import { Button } from '../../ui/Button';
import { type Asked, Skeleton } from '../../ui/State';
import { texts as common } from '../../texts/en';
import { dashboardsTexts } from './texts';

const { widget: texts } = dashboardsTexts;

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** In place of what has not come: why, with another try, in the room that a widget has. */
export function WidgetMissing({ asked }: { asked: Asked }) {
  if (!asked.error) return <Skeleton rows={2} height={32} />;
  return (
    <div role="alert" className="widget-state">
      <p>
        <b>{texts.failed}</b> {sentence(asked.error)}
      </p>
      <Button onClick={() => void asked.refetch()}>{common.tryAgain}</Button>
    </div>
  );
}

/** In place of rows when there are none. */
export function WidgetEmpty({ children = texts.nothing }: { children?: ReactNode }) {
  return <p className="meta widget-state">{children}</p>;
}
