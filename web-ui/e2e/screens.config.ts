import journeys from './playwright.config';

/** Only the pictures in docs/screens, of a Resentry with the data of the demo. */
export default { ...journeys, projects: [{ name: 'screens', testMatch: 'screens.ts' }] };
