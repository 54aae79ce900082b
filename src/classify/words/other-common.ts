/** Frequent words of languages we cannot read, so that they are told from those we can. */
export const OTHER_COMMON: Record<string, string> = {
  nl: `
    ik, het, een, niet, van, de, en, is, dat, je, jullie, mijn, ook, maar, voor, met, op, te, zijn, heb, heeft,
    wat, hoe, waarom, naar, aan, geen, wel, nog, al, er, dit, deze, bij, kan, wordt, hallo, bedankt`,
  sv: `
    jag, och, att, det, inte, är, som, på, för, med, har, ett, en, den, av, till, mig, min, kan, ni, hur, när,
    vad, tack, hej, varför`,
  pl: `
    nie, się, jest, na, że, w, z, i, do, jak, co, mi, mam, to, ale, czy, mnie, dziękuję, proszę, dlaczego, już,
    moje, mój`,
  tr: `
    ve, bir, bu, için, çok, ne, da, de, değil, ben, var, yok, mi, neden, nasıl, teşekkürler, merhaba, ama, gibi,
    benim`,
  id: `
    yang, dan, di, tidak, ini, itu, saya, untuk, dengan, ke, dari, ada, sudah, bisa, kenapa, bagaimana, terima,
    kasih, tolong, aku`,
}
