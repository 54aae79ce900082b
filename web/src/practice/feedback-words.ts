import type { Feedback, PracticePost, Try } from './queries.ts'
import { t } from './t.ts'

type Key = Parameters<typeof t>[0]

/** Whether the act fits the post, and why. */
const ACT: Record<PracticePost['post'], Record<Try['act'], Key>> = {
  question: {
    answer: 'practice.actGoodQuestion',
    pass: 'practice.actPassQuestion',
    'to-staff': 'practice.actStaffQuestion',
  },
  'other-skill': {
    answer: 'practice.actAnswerSkill',
    pass: 'practice.actGoodSkill',
    'to-staff': 'practice.actStaffSkill',
  },
  angry: { answer: 'practice.actAnswerAngry', pass: 'practice.actPassAngry', 'to-staff': 'practice.actGoodAngry' },
}

const REST: Partial<Record<Feedback['about'], { good: Key; bad: Key }>> = {
  reason: { good: 'practice.reasonGood', bad: 'practice.reasonBad' },
  length: { good: 'practice.lengthGood', bad: 'practice.lengthBad' },
  'takes-up': { good: 'practice.takesUpGood', bad: 'practice.takesUpBad' },
  'few-words': { good: 'practice.fewWords', bad: 'practice.fewWords' },
  placeholder: { good: 'practice.placeholder', bad: 'practice.placeholder' },
  'asks-private': { good: 'practice.asksPrivate', bad: 'practice.asksPrivate' },
}

/** One thing that is said of a try, as a sentence. */
export function feedbackWords(
  { about, good, found, says }: Feedback,
  { post, skill }: PracticePost,
  act: Try['act'],
): string {
  if (says !== null) return says
  if (about === 'act') return t(ACT[post][act], { skill: skill ?? t('practice.thatMatter') })
  const key = REST[about]?.[good ? 'good' : 'bad']
  return key ? t(key, { left: found ?? '', word: found ?? '' }) : about
}
