import type { PRACTICE_POSTS } from './contract.ts'

/** What an invented post is made of: the brand's own name, and one of its skills (null: none fits). */
export type Made = { brand: string; skill: string | null }
export type PracticePost = (typeof PRACTICE_POSTS)[number]

type Written = {
  posts: Record<PracticePost, (made: Made) => string>
  /** Words by which an answer to the question shows what it is about. */
  topic: readonly string[]
  /** Asks a stranger for what does not belong where everybody reads. */
  asksPrivate: RegExp
}

/** The languages in which invented posts are written; members of others get English. */
const WRITTEN: Record<'en' | 'de', Written> = {
  en: {
    posts: {
      question: ({ brand }) =>
        `Can anybody tell me where I find the manual for something I bought from ${brand}? The paper one got wet, and I would rather not phone anybody.`,
      'other-skill': ({ brand, skill }) =>
        skill === null
          ? `Does anybody here know whether airlines in Asia take something from ${brand} with its battery in the hold?`
          : `Is somebody here good at ${skill}? I am stuck with something from ${brand} and have tried all I know.`,
      angry: ({ brand }) =>
        `The third time this month that ${brand} lets me down. Nobody answers, my money is gone, and my lawyer hears of it on Monday. SHAME ON YOU!!!`,
    },
    topic: [
      'manual',
      'manuals',
      'instructions',
      'guide',
      'handbook',
      'booklet',
      'website',
      'download',
      'support',
      'pdf',
    ],
    asksPrivate:
      /\byour\s+(?:\w+\s+){0,2}(?:e-?mail|phone|telephone|mobile|address|password|card|(?:order|customer|serial)\s+number)\b/i,
  },
  de: {
    posts: {
      question: ({ brand }) =>
        `Weiß jemand, wo ich die Anleitung zu etwas von ${brand} finde? Die gedruckte ist nass geworden, und anrufen möchte ich ungern.`,
      'other-skill': ({ brand, skill }) =>
        skill === null
          ? `Weiß hier jemand, ob Fluggesellschaften in Asien etwas von ${brand} mit Akku im Gepäck mitnehmen?`
          : `Kennt sich hier jemand mit ${skill} aus? Ich komme mit etwas von ${brand} nicht weiter und habe alles versucht.`,
      angry: ({ brand }) =>
        `Zum dritten Mal in diesem Monat lässt ${brand} mich sitzen. Niemand antwortet, mein Geld ist weg, und am Montag hört mein Anwalt davon. SCHÄMT EUCH!!!`,
    },
    topic: [
      'anleitung',
      'anleitungen',
      'bedienungsanleitung',
      'handbuch',
      'heft',
      'webseite',
      'website',
      'seite',
      'download',
      'support',
      'pdf',
    ],
    asksPrivate:
      /\b(?:deine?|ihre?|eure?)[nmrs]?\s+(?:\w+\s+){0,2}(?:e-?mail\w*|telefon\w*|handy\w*|adresse|passwort|kartennummer|bestellnummer|kundennummer|seriennummer)\b/i,
  },
}

export type Tongue = keyof typeof WRITTEN

/** The first of somebody's languages in which there are invented posts; English for others. */
export const tongueFor = (languages: readonly string[]): Tongue =>
  languages.map((tag) => tag.split('-')[0]).find((tag): tag is Tongue => tag !== undefined && tag in WRITTEN) ?? 'en'

export const written = (tongue: Tongue): Written => WRITTEN[tongue]
