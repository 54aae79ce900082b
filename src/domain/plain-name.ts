/** A name is no place for a link, an address or a message. */
const LONGEST = 80
/** Line ends, controls, marks that turn or hide what stands beside them; joiners are letters' own in some scripts. */
const HIDDEN = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]|(?![\u200c\u200d])\p{Cf}/u
/** What programs that show mails make links of. */
const LINK = /[:/\\@<>]|[.。]\p{L}{2}/u

export const isPlainName = (name: string): boolean =>
  name.length <= LONGEST && /\p{L}/u.test(name) && !HIDDEN.test(name) && !LINK.test(name.normalize('NFKC'))
