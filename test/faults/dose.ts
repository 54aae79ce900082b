/**
 * How often something is tried: in full where servers stand for it (`npm run test:services`, and so every run of CI),
 * a tenth on the embedded database of `npm test`, which whoever is at work runs many times a day.
 */
export const dose = (full: number): number => (process.env.TEST_DATABASE_URL ? full : Math.ceil(full / 10))
