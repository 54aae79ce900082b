/** Screens whose filters can be kept under a name. */
export const VIEW_SCREENS = ['feed', 'inbox', 'search'] as const
export type ViewScreen = (typeof VIEW_SCREENS)[number]
