import { readdirSync, readFileSync } from 'node:fs'
import type { Facts } from '../../rules/fields.ts'
import { classify } from '../../src/classify/classify.ts'
import { openModel } from '../../src/classify/model.ts'
import { factsOf } from '../../src/decide/facts.ts'
import { demoBrand } from '../../src/demo/content.ts'
import type { Destination } from '../../src/domain/roles.ts'

type Post = {
  id: string
  author: { handle: string; followers: number }
  text: string
  lang: string
  kind: string
  expect: { angry: boolean; destination: Destination }
}

const POSTS = new URL('../../demo/posts/', import.meta.url)

/** The demo's posts as rules see them, understood by the model that ships. */
export function demoPosts(): { id: string; text: string; expect: Post['expect']; facts: Facts }[] {
  const { languages, skills, handles, calendar, timeZone } = demoBrand()
  const model = openModel({ languages, skills })
  const at = new Date('2026-03-04T10:00:00Z')
  return readdirSync(POSTS).flatMap((file) =>
    readFileSync(new URL(file, POSTS), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): Post => JSON.parse(line))
      .map(({ id, text, lang, kind, author, expect }) => {
        const asked = { text, network: 'sandbox', kind, author, followUp: false, clusterSize: 1, at }
        const understood = classify({ text, language: lang }, model)
        const facts = factsOf(asked, understood, { handles, calendar: { timeZone, ...calendar } })
        return { id, text, expect, facts }
      }),
  )
}
