import { useMemo, useState } from 'react'
import { type Begun, standing } from './begun.ts'

/**
 * A draft beside live data. Until somebody types, the form follows the data; from then on what they type stays, however
 * often the data arrive, and `overtaken` says that the server has another version than the one they began from: nothing
 * is sent before they have begun anew. `beginAnew` with what was just saved shows that at once.
 */
export function useBegun<Data, Version extends string | number | null, Draft>(
  data: Data,
  version: Version,
  draftOf: (data: Data) => Draft,
): {
  draft: Draft
  set: (draft: Draft) => void
  version: Version
  overtaken: boolean
  beginAnew: (saved?: Data, as?: Version) => void
} {
  const [begun, setBegun] = useState<Begun<Version, Draft> | null>(null)
  // By version alone: data of the same version are the same, and rows keep their keys.
  const fresh = useMemo(() => draftOf(data), [version])
  const now = standing(begun, version, fresh)
  return {
    ...now,
    set: (draft) => setBegun({ is: 'typed', version: now.version, draft }),
    beginAnew: (saved, as) =>
      setBegun(saved && as !== undefined ? { is: 'saved', version: as, draft: draftOf(saved), over: version } : null),
  }
}
