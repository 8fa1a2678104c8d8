import { Check, Copy as CopyIcon } from 'lucide-react';
import { useState } from 'react';
import { texts } from '../texts/en';
import { IconButton } from './Button';

/** Puts text on the clipboard, also on plain http, where browsers offer no clipboard to scripts. */
export async function copyText(text: string): Promise<void> {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'sr-only';
  document.body.append(area);
  const before = document.activeElement;
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  if (!copied) throw new Error(texts.copyRefused);
}

/** A button that copies a text and says that it did. */
export function Copy({ text, label }: { text: string; label: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await copyText(text);
    setDone(true);
    setTimeout(() => setDone(false), 1_500);
  };
  return (
    <IconButton label={done ? texts.copied : label} onClick={() => void copy()}>
      {done ? <Check aria-hidden /> : <CopyIcon aria-hidden />}
    </IconButton>
  );
}
