import { Toast } from '@base-ui/react/toast';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { texts } from '../texts/en';
import { IconButton } from './Button';
import './Toasts.css';

const manager = Toast.createToastManager();
const SHOWN_MILLIS = 6_000;

interface Undo {
  label: string;
  run: () => void;
}

/** Says what was done, for six seconds, with a way to take it back. */
export function toast(words: string, undo?: Undo): void {
  const id: string = manager.add({
    title: words,
    timeout: SHOWN_MILLIS,
    ...(undo && {
      actionProps: {
        children: undo.label,
        onClick: () => {
          manager.close(id);
          undo.run();
        },
      },
    }),
  });
}

function List() {
  const { toasts } = Toast.useToastManager();
  return toasts.map((one) => (
    <Toast.Root key={one.id} toast={one} className="toast">
      <Toast.Content className="toast-content">
        <Toast.Title className="toast-words" render={<p />} />
        {one.actionProps && <Toast.Action className="toast-action" />}
        <Toast.Close render={<IconButton label={texts.close} className="toast-close" />}>
          <X aria-hidden />
        </Toast.Close>
      </Toast.Content>
    </Toast.Root>
  ));
}

/** Where toasts appear; around the whole page. */
export function Toasts({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider toastManager={manager} limit={3}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="toasts">
          <List />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}
