// All of it in one module, to be copied.
export * from './index.js';
export { ErrorBoundary } from './react.js';
