/** Aborts on the first Ctrl-C or SIGTERM, so that the step at hand can end; a second one ends the process at once. */
export function stopSignal(): { signal: AbortSignal; release: () => void } {
  const stop = new AbortController()
  const onSignal = () => {
    release()
    stop.abort()
  }
  const release = () => {
    process.off('SIGINT', onSignal)
    process.off('SIGTERM', onSignal)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return { signal: stop.signal, release }
}
