import type { Role } from '../../../src/domain/roles.ts'
import { t } from './t.ts'

export type Step = {
  title: string
  says: string
  /** The page it is about. */
  on: string
  /** What is outlined meanwhile, as far as it is there. */
  target: string
  /** The step is over by itself once there is one more of these. */
  until?: string
}

/** A minute for each role; the member's ends with an answer sent. */
export const STEPS: Record<Role, readonly Step[]> = {
  member: [
    {
      title: t('tour.postsPickedForYou'),
      says: t('tour.chooseOneYouCanAnswer'),
      on: '/feed',
      target: '[data-offer]',
      until: '[data-offer] textarea',
    },
    {
      title: t('tour.writeAndSend'),
      says: t('tour.thePreviewIsWhatIsPosted'),
      on: '/feed',
      target: '[data-offer] textarea',
      until: '[data-replied]',
    },
    {
      title: t('tour.onItsWay'),
      says: t('tour.myRepliesTellsWhatCame'),
      on: '/feed',
      target: '[href="/replies"]',
    },
  ],
  staff: [
    {
      title: t('tour.theMostUrgentOnTop'),
      says: t('tour.openACase'),
      on: '/inbox',
      target: '[data-priority]',
    },
    {
      title: t('tour.whyItIsHere'),
      says: t('tour.takeItThenAnswer'),
      on: '/inbox',
      target: 'article',
    },
    {
      title: t('tour.approvals'),
      says: t('tour.whatNewcomersWrote'),
      on: '/inbox',
      target: 'a[href="/inbox/approvals"]',
    },
  ],
  admin: [
    {
      title: t('tour.theRulesInWords'),
      says: t('tour.theFirstThatHolds'),
      on: '/rules',
      target: 'h1',
    },
    {
      title: t('tour.tryBeforeYouPublish'),
      says: t('tour.aBacktestShows'),
      on: '/rules',
      target: 'a[href="/rules?tab=text"]',
    },
    {
      title: t('tour.wherePostsComeFrom'),
      says: t('tour.theDemosSpeed'),
      on: '/rules',
      target: '[href="/sources"]',
    },
  ],
  reader: [
    {
      title: t('tour.theShareThatGotAnAnswer'),
      says: t('tour.eachFigureSays'),
      on: '/report',
      target: 'h1',
    },
    {
      title: t('tour.theBoard'),
      says: t('tour.whoHelpedMost'),
      on: '/report',
      target: '[href="/board"]',
    },
  ],
}
