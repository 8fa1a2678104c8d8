import { RequestFailed } from '../../api/client';

/** What is wrong with a query, and where. */
export interface QueryFault {
  message: string;
  /** In characters; absent if the server does not say. */
  position?: number;
  length?: number;
}

const INVALID = 400;
const TOO_LONG = 422;

/** The fault of a query that an answer tells of; nothing if something else went wrong, or nothing. */
export function queryFault(error: unknown): QueryFault | undefined {
  if (!(error instanceof RequestFailed) || (error.status !== INVALID && error.status !== TOO_LONG))
    return undefined;
  const position = Number.parseInt(error.details['position'] ?? '', 10);
  const length = Number.parseInt(error.details['length'] ?? '', 10);
  return Number.isNaN(position)
    ? { message: error.message }
    : { message: error.message, position, length: Number.isNaN(length) ? 1 : length };
}
