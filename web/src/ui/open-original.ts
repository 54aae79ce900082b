/** Opens a post where it stands, in a window of its own that learns nothing of ours. */
export function openOriginal(url: string | null): void {
  if (url !== null && /^https?:/.test(url)) window.open(url, '_blank', 'noopener,noreferrer')
}
