/**
 * What a brand asks of itself on a network, where that differs from what the network asks (P2). Absent: as the network
 * has it.
 */
export type OwnTerms = {
  /** Whether posts and their reach earn points. */
  rewards?: boolean
  /** A person presses send for each answer, where the network would take some from programs. */
  personSends?: true
  /** What is deleted there is gone here within so many hours. */
  deleteWithinHours?: number
  /** Words and authors of posts are forgotten after so many hours. */
  keepHours?: number
}
