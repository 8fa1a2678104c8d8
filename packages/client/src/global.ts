// What a classic script puts into `Resentry`.
export * from './index.js';
