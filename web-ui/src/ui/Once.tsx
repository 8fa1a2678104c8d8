import { Copy } from './Copy';
import './Sections.css';

interface OnceProps {
  words: string;
  /** What is never shown again. */
  secret: string;
  copy: string;
}

/** Something that is shown once, with a way to copy it. */
export function Once({ words, secret, copy }: OnceProps) {
  return (
    <div className="once" role="status">
      <div>
        <p>{words}</p>
        <code>{secret}</code>
      </div>
      <Copy text={secret} label={copy} />
    </div>
  );
}
