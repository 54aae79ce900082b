/** People of a community invited in one act at most: each costs the community a request. */
export const AT_ONCE = 20

/**
 * The rank somebody begins with once they have shown that the account is theirs: helper from a trust level on, which an
 * admin chooses. Never champion, who speaks as the brand; that is earned here.
 * @param trustLevel 0–4; null: the community did not say
 * @param helperFrom null: nobody begins as a helper
 */
export const rankFor = (trustLevel: number | null, helperFrom: number | null): 'newcomer' | 'helper' =>
  trustLevel !== null && helperFrom !== null && trustLevel >= helperFrom ? 'helper' : 'newcomer'
