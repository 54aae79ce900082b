import { holdsLink } from '../length.ts'

/**
 * What X bills, in millionths of a US dollar, as its price list said in August 2026 (docs.x.com, "Pricing"). The same
 * post read twice within a day of UTC is billed once. What a contract says instead is nowhere to be read by us.
 */
const POST_READ = 5_000
const OWN_READ = 1_000
const USER_READ = 10_000
const CREATE = 15_000
const SUMMONED_REPLY = 10_000
const CREATE_WITH_URL = 200_000

/** `own`: mentions of the app's own account. */
export const priceOfReading = (posts: number, users: number, own = false): number =>
  posts * (own ? OWN_READ : POST_READ) + users * USER_READ

/** Self-serve apps answer only whoever called them, which is cheaper; an address in the text is dear for everybody. */
export function priceOfReply(text: string, access: 'self-serve' | 'enterprise'): number {
  if (holdsLink(text)) return CREATE_WITH_URL
  return access === 'self-serve' ? SUMMONED_REPLY : CREATE
}
