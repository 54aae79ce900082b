import { lazy, Suspense } from 'react'
import { LANGUAGES, language } from '../words/language.ts'

// Not of the first load: most posts are in a language that their reader reads.
const Offered = lazy(() => import('./Offered.tsx').then((file) => ({ default: file.Offered })))

/** What is read here; English in disguise is English. */
export const MINE = language in LANGUAGES ? language : 'en'

export type TranslationProps = {
  mentionId: string
  text: string
  /** As it was understood to be; `und`: nobody could tell. */
  language: string
  /** Blurred like the post itself. */
  abusive: boolean
  /** Letters act on this post. */
  active: boolean
}

/** A post in the reader's own language, beside it and never instead of it; nothing where it is in that already. */
export function Translation(props: TranslationProps) {
  const from = props.language.split('-')[0] ?? 'und'
  if (from === MINE || props.text.trim() === '') return null
  const { mentionId, text, abusive, active } = props
  return (
    <Suspense fallback={null}>
      <Offered {...{ mentionId, text, abusive, active, from }} language={props.language} />
    </Suspense>
  )
}
