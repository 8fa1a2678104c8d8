import { useState } from 'react';

/** The last answer that there was: a list keeps its rows under a query that means nothing. */
export function useKept<T>(data: T | undefined): T | undefined {
  const [kept, setKept] = useState(data);
  if (data !== undefined && data !== kept) setKept(data);
  return data ?? kept;
}
