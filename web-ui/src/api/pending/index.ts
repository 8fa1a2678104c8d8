import type { AdminPaths } from './admin';
import type { EnvironmentPaths } from './environments';
import type { EventPaths } from './events';
import type { IssuePaths } from './issues';
import type { PipelinePaths } from './pipeline';
import type { ProjectPaths } from './projects';
import type { SessionPaths } from './session';

/** The routes that the pages call. Gives way to the types that are generated from the OpenAPI document. */
export type Paths = AdminPaths &
  EnvironmentPaths &
  EventPaths &
  IssuePaths &
  PipelinePaths &
  ProjectPaths &
  SessionPaths;
