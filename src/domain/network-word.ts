const NAMES: Record<string, string> = {
  x: 'X',
  youtube: 'YouTube',
  linkedin: 'LinkedIn',
  rss: 'RSS',
}

/** What a network is called in a sentence: `youtube` → “YouTube”. */
export const networkWord = (network: string): string =>
  NAMES[network] ?? network.charAt(0).toUpperCase() + network.slice(1)
