/**
 * Stores a page whole; when the database refuses its values, in halves, until the bad one stands alone (L8).
 * `store` is one transaction; `alone` is told of the one that cannot be stored.
 */
export async function inHalves<T, R>(
  page: readonly T[],
  store: (part: readonly T[]) => Promise<R[]>,
  alone: (bad: T) => unknown,
): Promise<R[]> {
  const [first] = page
  if (first === undefined) return []
  try {
    return await store(page)
  } catch (error) {
    if (!isRefusalOfData(error)) throw error
    if (page.length === 1) {
      await alone(first)
      return []
    }
    const half = page.length >> 1
    return [...(await inHalves(page.slice(0, half), store, alone)), ...(await inHalves(page.slice(half), store, alone))]
  }
}

/** Classes of SQLSTATE that speak of the values and not of the server: data exception, constraint, program limit. */
export function isRefusalOfData(error: unknown): boolean {
  const code = (error as { cause?: { code?: unknown } }).cause?.code ?? (error as { code?: unknown }).code
  return typeof code === 'string' && /^(22|23|54)/.test(code)
}
