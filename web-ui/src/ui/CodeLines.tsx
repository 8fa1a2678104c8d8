import { useEffect, useState } from 'react';
import './CodeLines.css';
import { visible } from './SdkText';
import type { Piece } from './grammars';

interface CodeLinesProps {
  lines: readonly string[];
  /** The number of the first line; lines have none if it is not known. */
  from?: number;
  /** The number of the line that is marked. */
  hit?: number;
  language?: string | undefined;
  label: string;
}

/** Longer lines are minified code, which no colours make readable. */
const MAX_COLORED = 20_000;

function useColors(lines: readonly string[], language: string | undefined): Piece[][] | null {
  const code = lines.join('\n');
  const [colors, setColors] = useState<{ code: string; pieces: Piece[][] | null }>();
  useEffect(() => {
    if (!language || code.length > MAX_COLORED) return undefined;
    let isWanted = true;
    import('./grammars')
      .then(({ colored }) => colored(code, language))
      .then((pieces) => isWanted && setColors({ code, pieces }))
      // Without its colours the code is as good.
      .catch(() => {});
    return () => {
      isWanted = false;
    };
  }, [code, language]);
  return colors?.code === code ? colors.pieces : null;
}

/** Source code: plain at once, in colours when they arrive. */
export function CodeLines({ lines, from, hit, language, label }: CodeLinesProps) {
  const shown = lines.map(visible);
  const colors = useColors(shown, language);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls sideways has to be reachable by keyboard
    <pre className="code-lines" tabIndex={0} aria-label={label} role="region">
      {shown.map((line, index) => {
        const number = from === undefined ? undefined : from + index;
        return (
          // oxlint-disable-next-line react/no-array-index-key -- lines have no other identity than their place
          <span
            key={index}
            className={number !== undefined && number === hit ? 'code-line code-hit' : 'code-line'}
          >
            {number !== undefined && <span className="code-number">{number}</span>}
            <code>
              {colors?.[index]
                ? colors[index].map((piece, place) => (
                    // oxlint-disable-next-line react/no-array-index-key -- pieces of a line, in their order
                    <span key={place} className={piece.kind ? `code-${piece.kind}` : undefined}>
                      {piece.text}
                    </span>
                  ))
                : line}
              {'\n'}
            </code>
          </span>
        );
      })}
    </pre>
  );
}
