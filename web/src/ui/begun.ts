/** What somebody has typed, and the version they began from; or what was just saved, while the page does not know it yet. */
export type Begun<Version, Draft> =
  | { is: 'typed'; version: Version; draft: Draft }
  | { is: 'saved'; version: Version; draft: Draft; over: Version }

/**
 * The form as it stands over live data of `version`, whose own draft is `fresh`. Who has typed nothing sees what is live.
 * `overtaken`: what was typed began from another version, so it is not sent before they have begun anew.
 */
export function standing<Version, Draft>(
  begun: Begun<Version, Draft> | null,
  version: Version,
  fresh: Draft,
): { draft: Draft; version: Version; overtaken: boolean } {
  if (begun?.is === 'typed') return { ...pick(begun), overtaken: begun.version !== version }
  // Until the page has heard of it, and after it has: the rows keep their keys, and the field its focus.
  if (begun && (version === begun.over || version === begun.version)) return { ...pick(begun), overtaken: false }
  return { draft: fresh, version, overtaken: false }
}

const pick = <Version, Draft>({ version, draft }: Begun<Version, Draft>) => ({ version, draft })
