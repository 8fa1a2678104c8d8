import type { Operation } from './shape';

export interface EnvironmentPaths {
  '/api/v1/environments': { get: Operation<string[], { query: { project?: string[] } }> };
}
