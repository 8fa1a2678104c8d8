import { useState } from 'react';
import { texts } from '../texts/en';
import { exactNumber } from './format';
import './SdkText.css';

/** What cannot be seen or turns the reading direction: control, zero-width and direction characters, but no line ends and tabs. */
const HIDDEN =
  // oxlint-disable-next-line no-control-regex -- these are the characters in question
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/g;

/** Text with every character that would hide or turn something spelled out as ‹U+202E›. */
export function visible(text: string): string {
  return text.replace(
    HIDDEN,
    (char) => `‹U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`,
  );
}

/** Cuts at a length, but not through a character of two units. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? length - 1 : length;
  return text.slice(0, end);
}

interface SdkTextProps {
  children: string;
  /** How many characters are shown at first. */
  limit?: number;
  /** In a list the rest is on the page of the thing, so there is no button for it. */
  inList?: boolean;
}

/** Text that an SDK sent, and so anybody: never markup, never able to reach out of its place. */
export function SdkText({ children, limit, inList = false }: SdkTextProps) {
  const [whole, setWhole] = useState(false);
  const length = limit ?? (inList ? 300 : 600);
  const isLong = children.length > length;
  const shown = whole || !isLong ? children : cut(children, length);
  return (
    <>
      <bdi className="sdk-text">
        {visible(shown)}
        {isLong && !whole && '…'}
      </bdi>
      {isLong && !inList && (
        <button type="button" className="sdk-text-more" onClick={() => setWhole(!whole)}>
          {whole ? texts.showLess : texts.showAllCharacters(exactNumber(children.length))}
        </button>
      )}
    </>
  );
}
