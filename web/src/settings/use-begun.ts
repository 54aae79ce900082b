import { useState } from 'react'

/**
 * What somebody is changing, and which version they began from. `overtaken` once the server has another: what was
 * typed stays, and nothing is sent before they have begun from the new one.
 */
export function useBegun<Data, Draft>(
  data: Data,
  version: string,
  draftOf: (data: Data) => Draft,
): {
  draft: Draft
  set: (draft: Draft) => void
  version: string
  overtaken: boolean
  beginAnew: (data?: Data, version?: string) => void
} {
  const [begun, setBegun] = useState(version)
  const [draft, set] = useState(() => draftOf(data))
  const beginAnew = (from = data, of = version) => {
    setBegun(of)
    set(draftOf(from))
  }
  return { draft, set, version: begun, overtaken: begun !== version, beginAnew }
}
