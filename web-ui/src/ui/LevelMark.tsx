import './LevelMark.css';

const SHAPES = {
  fatal: <path d="M5 1h4l4 4v4l-4 4H5L1 9V5z" />,
  error: <circle cx="7" cy="7" r="5.5" />,
  warning: <path d="M7 1.2 13.2 12.4H.8z" />,
  info: <circle cx="7" cy="7" r="4.5" fill="none" strokeWidth="2" stroke="currentColor" />,
  debug: <path d="M4 4h6v6H4z" />,
} as const;

export type Level = keyof typeof SHAPES;

/** The level that is shown for a word that an SDK sent, of an event or of a log. */
export function levelOf(word: string | null | undefined): Level {
  const given = word ?? '';
  switch (given) {
    case 'fatal':
    case 'error':
    case 'warning':
    case 'info':
    case 'debug':
      return given;
    case 'critical':
      return 'fatal';
    case 'warn':
      return 'warning';
    case 'trace':
      return 'debug';
    case 'log':
      return 'info';
    default:
      return word ? 'info' : 'error';
  }
}

/** A level as a shape of its own, so that it can be told without colours. */
export function LevelMark({ level }: { level: string | null | undefined }) {
  const known = levelOf(level);
  return (
    <svg
      className={`level level-${known}`}
      viewBox="0 0 14 14"
      width="14"
      height="14"
      fill="currentColor"
      role="img"
    >
      <title>{level ?? known}</title>
      {SHAPES[known]}
    </svg>
  );
}
