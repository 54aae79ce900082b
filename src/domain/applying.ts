/** Something a brand asks of whoever applies; answered in one's own words, or by one of `choices` where there are some. */
export type Question = { text: string; choices: string[] }

/** Whether a brand takes applications to help, and what it asks (P9). */
export type Applying = { open: boolean; questions: Question[] }

/** As it stands until an admin changes it. */
export const NOBODY_APPLIES: Applying = { open: false, questions: [] }

export const MOST_QUESTIONS = 5
export const MOST_CHOICES = 8
