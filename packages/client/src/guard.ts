/** Taken before anything wraps it, so that what is said here is no breadcrumb. */
const warn = console.warn;

/** The same function, but whatever goes wrong in it is told in the console and never to the page. */
export function guarded<A extends unknown[], R>(run: (...args: A) => R, otherwise: R): (...args: A) => R {
  return (...args) => {
    try {
      return run(...args);
    } catch (fault) {
      warn('resentry:', fault);
      return otherwise;
    }
  };
}
