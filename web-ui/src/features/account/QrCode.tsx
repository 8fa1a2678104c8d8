import { encode } from 'uqr';

/** Around the code, which readers need. */
const BORDER = 4;

/** A text as an image for the camera of a phone: always dark on light, as some readers know nothing else. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: BORDER });
  const modules = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('');
  return (
    <svg className="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label}>
      <path d={modules} />
    </svg>
  );
}
