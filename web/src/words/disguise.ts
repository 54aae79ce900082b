const ACCENTED: Record<string, string> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  A: 'Á',
  E: 'É',
  I: 'Í',
  O: 'Ó',
  U: 'Ú',
}

/** Accented, in brackets and a third longer, as German is, in words of its length: `⟦Cláím ~~⟧`. Places and tags stay. */
export function disguise(text: string): string {
  const pieces = text.split(/(\{\{\w+\}\}|<\/?\w+>)/)
  const accented = pieces.map((piece, index) =>
    index % 2 === 1 ? piece : piece.replace(/[aeiou]/gi, (letter) => ACCENTED[letter] ?? letter),
  )
  const longer = '~'.repeat(Math.ceil(text.length / 3)).replace(/~{8}(?=~)/g, '$& ')
  return `⟦${accented.join('')} ${longer}⟧`
}
