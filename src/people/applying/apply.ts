import type { Question } from '../../domain/applying.ts'
import { DomainError } from '../../domain/errors.ts'
import { type FieldFault, refuseFaults } from '../../domain/setting-faults.ts'

export type Answered = { question: string; answer: string }

/**
 * The answers as they are kept, each with its question.
 * @throws DomainError `conflict` when other questions were asked, `invalid` beside an answer that is none
 */
export function answersTo(questions: readonly Question[], given: readonly Answered[]): Answered[] {
  if (questions.length !== given.length || questions.some(({ text }, nth) => given[nth]?.question !== text))
    throw new DomainError('conflict', 'The questions have changed meanwhile. Look at them again, then apply.')
  refuseFaults(
    given.flatMap(({ answer }, nth): FieldFault[] => {
      const choices = questions[nth]?.choices ?? []
      const isOne = choices.length === 0 ? answer !== '' : choices.includes(answer)
      return isOne ? [] : [{ at: ['answers', nth, 'answer'], says: 'Please answer this question.' }]
    }),
  )
  return given.map(({ question, answer }) => ({ question, answer }))
}

/** What is wrong with questions that are to be asked: the same choice twice, or one alone. */
export const questionFaults = (questions: readonly Question[]): FieldFault[] =>
  questions.flatMap(({ choices }, nth): FieldFault[] => {
    const at = ['questions', nth, 'choices']
    if (choices.length === 1) return [{ at, says: 'One choice is none: give another, or leave them out.' }]
    return new Set(choices).size < choices.length ? [{ at, says: 'The same choice stands here twice.' }] : []
  })
