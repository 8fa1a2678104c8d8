/** The shape that openapi-typescript gives to an operation, so that calls stay as they are once the types are generated. */
export interface Operation<Answer, Input = object, Body = never> {
  parameters: Parameters_<Input>;
  requestBody?: [Body] extends [never] ? never : { content: { 'application/json': Body } };
  responses: {
    200: { headers: Record<string, unknown>; content: { 'application/json': Answer } };
  };
}

type Parameters_<Input> = (Input extends { query: infer Q } ? { query?: Q } : { query?: never }) &
  (Input extends { path: infer P } ? { path: P } : { path?: never }) & { header?: never; cookie?: never };

export interface Id {
  path: { id: number };
}

/** A page of a list. */
export interface Page<T> {
  results: T[];
  /** What to send as cursor for the page behind this one. */
  next: string | null;
  /** How many there are in all, where that is cheap to know. */
  total?: number | null;
}

export interface PageQuery {
  cursor?: string;
  limit?: number;
}
