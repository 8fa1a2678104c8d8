import { useEffect } from 'react';
import { texts } from '../texts/en';

/** Names the tab of the browser. */
export function useTitle(page: string): void {
  useEffect(() => {
    document.title = texts.title(page);
  }, [page]);
}
