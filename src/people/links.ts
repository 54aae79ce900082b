/** Pages that a link of ours opens. */
export type Door = 'join' | 'reset' | 'confirm'

/** The token stands behind the `#`, which browsers keep to themselves: no server and no `Referer` sees it. */
export const linkTo = (baseUrl: string, door: Door, token: string): string => `${baseUrl}/${door}#${token}`
