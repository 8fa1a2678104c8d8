import { AlertDialog as Alert } from '@base-ui/react/alert-dialog';
import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { texts } from '../texts/en';
import { Button, IconButton } from './Button';
import './Dialog.css';

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** The row of buttons at the end. */
  actions?: ReactNode;
  /** In pixels; 560 if not given. */
  width?: 'narrow' | 'wide';
}

/** A window over the page, which stays as it is below it. */
export function Dialog({ open, onClose, title, children, actions, width }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(now) => !now && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="scrim" />
        <Base.Popup className={`dialog${width ? ` dialog-${width}` : ''}`}>
          <div className="dialog-head">
            <Base.Title className="dialog-title">{title}</Base.Title>
            <Base.Close render={<IconButton label={texts.close} />}>
              <X aria-hidden />
            </Base.Close>
          </div>
          <div className="dialog-body">{children}</div>
          {actions && <div className="dialog-actions">{actions}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** A panel from the right, for a look at something without leaving the list. */
export function Drawer({ open, onClose, title, children }: Omit<DialogProps, 'actions' | 'width'>) {
  return (
    <Base.Root open={open} onOpenChange={(now) => !now && onClose()} modal={false}>
      <Base.Portal>
        <Base.Popup className="dialog drawer">
          <div className="dialog-head">
            <Base.Title className="dialog-title">{title}</Base.Title>
            <Base.Close render={<IconButton label={texts.close} />}>
              <X aria-hidden />
            </Base.Close>
          </div>
          <div className="dialog-body">{children}</div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

interface ConfirmProps {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** What the button does, in words: "Delete 3 issues". */
  action: string;
  /** Returns once it is done; the window closes then, and stays with the sentence of the fault if it throws. */
  run: () => Promise<unknown>;
  danger?: boolean;
  /** What has to be typed before the button works. */
  typed?: string;
}

/** Asks before something that cannot be taken back. */
export function Confirm({ open, onClose, title, children, action, run, danger = true, typed }: ConfirmProps) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState('');
  const [words, setWords] = useState('');
  const start = async () => {
    setBusy(true);
    setFault('');
    try {
      await run();
      setWords('');
      onClose();
    } catch (e) {
      setFault(e instanceof Error ? e.message : String(e));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Alert.Root open={open} onOpenChange={(now) => !now && !busy && onClose()}>
      <Alert.Portal>
        <Alert.Backdrop className="scrim" />
        <Alert.Popup className="dialog dialog-narrow">
          <Alert.Title className="dialog-title">{title}</Alert.Title>
          <Alert.Description render={<div />} className="dialog-body">
            {children}
          </Alert.Description>
          {typed !== undefined && (
            <label className="field">
              <span className="field-label">{texts.typeToConfirm(typed)}</span>
              <input
                className="input mono"
                value={words}
                autoComplete="off"
                onChange={(e) => setWords(e.target.value)}
              />
            </label>
          )}
          {fault && (
            <p className="field-error" role="alert">
              {fault}
            </p>
          )}
          <div className="dialog-actions">
            <Alert.Close render={<Button disabled={busy} />}>{texts.cancel}</Alert.Close>
            <Button
              look={danger ? 'danger' : 'primary'}
              busy={busy}
              disabled={typed !== undefined && words !== typed}
              onClick={() => void start()}
            >
              {action}
            </Button>
          </div>
        </Alert.Popup>
      </Alert.Portal>
    </Alert.Root>
  );
}
