/**
 * A named place where a process may be made to die, so that a test can prove what survives it.
 * Called at each commit point of the pipeline (`ingest.stored`, `reply.sent` …); in production it does nothing.
 */
export type FaultPoint = (name: string) => void

export const noFaults: FaultPoint = () => {}
