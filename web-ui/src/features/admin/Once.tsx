import { Copy } from '../../ui/Copy';
import { adminTexts } from './texts';

/** Something that is shown once, with a way to copy it. */
export function Once({ words, url }: { words: string; url: string }) {
  return (
    <div className="once" role="status">
      <div>
        <p>{words}</p>
        <code>{url}</code>
      </div>
      <Copy text={url} label={adminTexts.users.copy} />
    </div>
  );
}
