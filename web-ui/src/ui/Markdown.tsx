import type { ReactNode } from 'react';
import './Markdown.css';
import { visible } from './SdkText';

/** A part of a line: words, or words that mean something more. */
const INLINE =
  /(`[^`\n]+`)|(\*\*[^*\n]+\*\*)|(\*[^*\s][^*\n]*\*)|(https?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]}])/g;

function inline(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, bold, italic, link] = match;
    if (match.index > end) parts.push(text.slice(end, match.index));
    const key = match.index;
    if (code) parts.push(<code key={key}>{code.slice(1, -1)}</code>);
    else if (bold) parts.push(<b key={key}>{bold.slice(2, -2)}</b>);
    else if (italic) parts.push(<i key={key}>{italic.slice(1, -1)}</i>);
    else if (link) {
      parts.push(
        <a key={key} href={link} rel="noreferrer noopener" target="_blank">
          {link}
        </a>,
      );
    }
    end = match.index + whole.length;
  }
  parts.push(text.slice(end));
  return parts;
}

interface Block {
  kind: 'text' | 'quote' | 'list' | 'code';
  lines: string[];
}

function blocksOf(text: string): Block[] {
  const blocks: Block[] = [];
  let isCode = false;
  for (const line of text.split(/\r?\n/)) {
    const last = blocks.at(-1);
    if (line.startsWith('```')) {
      if (!isCode) blocks.push({ kind: 'code', lines: [] });
      isCode = !isCode;
      continue;
    }
    if (isCode) {
      last?.lines.push(line);
      continue;
    }
    const quote = /^> ?(.*)$/.exec(line)?.[1];
    const item = /^[-*] (.*)$/.exec(line)?.[1];
    const kind = quote !== undefined ? 'quote' : item !== undefined ? 'list' : 'text';
    const words = quote ?? item ?? line;
    if (kind === 'text' && line.trim() === '') blocks.push({ kind: 'text', lines: [] });
    else if (last?.kind === kind) last.lines.push(words);
    else blocks.push({ kind, lines: [words] });
  }
  return blocks.filter((block) => block.kind === 'code' || block.lines.length > 0);
}

function lines(block: Block): ReactNode[] {
  return block.lines.flatMap((line, index) =>
    index === 0 ? inline(line) : [<br key={`br-${index}`} />, ...inline(line)],
  );
}

function element(block: Block, key: number): ReactNode {
  switch (block.kind) {
    case 'code':
      return (
        <pre key={key} className="markdown-code">
          {block.lines.join('\n')}
        </pre>
      );
    case 'quote':
      return <blockquote key={key}>{lines(block)}</blockquote>;
    case 'list':
      return (
        <ul key={key}>
          {block.lines.map((line, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- the text never changes in place
            <li key={index}>{inline(line)}</li>
          ))}
        </ul>
      );
    case 'text':
      return <p key={key}>{lines(block)}</p>;
  }
}

/** What people write: bold, italic, code, quotes, lists and links, as elements and never as markup. */
export function Markdown({ children }: { children: string }) {
  return <div className="markdown">{blocksOf(visible(children)).map(element)}</div>;
}
