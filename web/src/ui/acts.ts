import type { Key } from '../words/t.ts'

/** Where an act can be done, in the order of the list of keys. */
export const PLACES = ['anywhere', 'list', 'post', 'case', 'writing'] as const
export type Place = (typeof PLACES)[number]

/**
 * `key` is what a keyboard event calls it, `Mod+` before it for Ctrl or ⌘, two with a space between for one after the
 * other. `says` names the act in the list of keys and in the palette; two acts of the same words are one line. `aside`: not for the palette, where it would make no sense or stands otherwise.
 */
export type Act = { key: string; says: Key; at: Place; aside?: true }

/** Every act that has a key: the list of keys, the palette and the caps on buttons are made of it. */
export const ACTS = {
  palette: { key: 'Mod+k', says: 'ui.everythingByName', at: 'anywhere', aside: true },
  search: { key: '/', says: 'ui.search', at: 'anywhere', aside: true },
  keys: { key: '?', says: 'ui.thisList', at: 'anywhere', aside: true },
  undo: { key: 'z', says: 'ui.undoTheReply', at: 'anywhere' },
  next: { key: 'j', says: 'ui.nextPreviousCard', at: 'list', aside: true },
  previous: { key: 'k', says: 'ui.nextPreviousCard', at: 'list', aside: true },
  pick: { key: 'x', says: 'ui.pickCases', at: 'list', aside: true },
  pickTo: { key: 'X', says: 'ui.pickCases', at: 'list', aside: true },
  reply: { key: 'r', says: 'ui.reply', at: 'post' },
  claim: { key: 'c', says: 'ui.claim', at: 'post' },
  extend: { key: 'l', says: 'ui.holdLonger', at: 'post' },
  pass: { key: 'x', says: 'ui.passWithAReason', at: 'post' },
  ask: { key: 'q', says: 'ui.askAnExpert', at: 'post' },
  later: { key: 'h', says: 'ui.putOff', at: 'post' },
  toStaff: { key: 'e', says: 'ui.sendToStaff', at: 'post' },
  original: { key: 'o', says: 'ui.openTheOriginal', at: 'post' },
  translate: { key: 't', says: 'ui.translate', at: 'post' },
  take: { key: 'i', says: 'ui.takeTheCase', at: 'case' },
  replyAsBrand: { key: 'r', says: 'ui.replyAsTheBrand', at: 'case' },
  note: { key: 'n', says: 'ui.writeANote', at: 'case' },
  handBack: { key: 'b', says: 'ui.handBack', at: 'case' },
  assign: { key: 'a', says: 'ui.assignTheCase', at: 'case' },
  snooze: { key: 'h', says: 'ui.snoozeTheCase', at: 'case' },
  label: { key: '#', says: 'ui.labelTheCase', at: 'case' },
  priority: { key: 'p', says: 'ui.prioritiseTheCase', at: 'case' },
  merge: { key: 'm', says: 'ui.mergeTheCase', at: 'case' },
  macro: { key: '.', says: 'ui.runAMacro', at: 'case' },
  suggestion1: { key: '1', says: 'ui.useASuggestion', at: 'writing', aside: true },
  suggestion2: { key: '2', says: 'ui.useASuggestion', at: 'writing', aside: true },
  suggestion3: { key: '3', says: 'ui.useASuggestion', at: 'writing', aside: true },
  send: { key: 'Mod+Enter', says: 'ui.sendWhatYouWrote', at: 'writing' },
  leave: { key: 'Escape', says: 'ui.closeTheComposer', at: 'writing' },
} as const satisfies Record<string, Act>

export type ActId = keyof typeof ACTS

/** The caps of a key as a keyboard shows them; the two with words are given by the caller's language. */
export function capsOf(key: string, words: { ctrl: string; esc: string }): string[] {
  if (key.startsWith('Mod+')) return [words.ctrl, ...capsOf(key.slice(4), words)]
  return key.split(' ').map((one) => ({ Enter: '↵', Escape: words.esc })[one] ?? one)
}

/** Lines of the list of keys: acts of the same words are one, in the order of the table. */
export function linesAt<A extends Pick<Act, 'key' | 'says' | 'at'>>(
  acts: readonly A[],
  place: Place,
): { says: A['says']; keys: string[] }[] {
  const lines = new Map<A['says'], string[]>()
  for (const { key, says, at } of acts)
    if (at === place) lines.set(says, [...(lines.get(says) ?? []).filter((one) => one !== key), key])
  return [...lines].map(([says, keys]) => ({ says, keys }))
}
