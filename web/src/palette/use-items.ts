import { useMantineColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import type { Role } from '../../../src/domain/roles.ts'
import { useSignOut } from '../session/queries.ts'
import { capsOf } from '../ui/acts.ts'
import { THEMES } from '../ui/ThemeItems.tsx'
import { tellRefusal } from '../ui/toast.ts'
import { type Binding, useLetters } from '../ui/use-shortcuts.ts'
import { views } from '../views/queries.ts'
import { chooseLanguage, LANGUAGES, type Language } from '../words/language.ts'
import type { Item } from './pick.ts'
import { type Key, t } from './t.ts'

/** Parts of pages that have an address of their own, and who works there. */
const PARTS: readonly { href: string; label: Key; roles: readonly Role[] }[] = [
  { href: '/feed?view=mine', label: 'palette.claimedByMe', roles: ['member'] },
  { href: '/feed?view=answered', label: 'palette.answeredByMe', roles: ['member'] },
  { href: '/inbox?view=mine', label: 'palette.myCases', roles: ['staff', 'admin'] },
  { href: '/inbox?view=unassigned', label: 'palette.casesOfNobody', roles: ['staff', 'admin'] },
  { href: '/inbox/approvals', label: 'palette.approvals', roles: ['staff', 'admin'] },
  { href: '/inbox/triage', label: 'ui.triage', roles: ['staff', 'admin'] },
  { href: '/inbox/storms', label: 'palette.storms', roles: ['staff', 'admin'] },
  { href: '/knowledge/corrections', label: 'palette.knowledgeCorrections', roles: ['staff', 'admin'] },
  { href: '/rules?tab=text', label: 'palette.rulesAsText', roles: ['admin', 'staff'] },
  { href: '/rules?tab=versions', label: 'palette.rulesVersions', roles: ['admin', 'staff'] },
  { href: '/rules?tab=costs', label: 'palette.rulesCosts', roles: ['admin', 'staff'] },
  { href: '/rules?tab=learned', label: 'palette.rulesLearned', roles: ['admin', 'staff'] },
  { href: '/sources?tab=networks', label: 'palette.networks', roles: ['admin', 'staff'] },
  { href: '/search', label: 'ui.search', roles: ['member', 'staff', 'admin'] },
  { href: '/me/security', label: 'palette.security', roles: ['member', 'staff', 'admin', 'reader'] },
]

type Brand = { id: string; name: string }

/** Where the palette was opened, and for whom. */
export type Place = {
  /** What can be done there by a key. */
  acts: readonly Binding[]
  ways: readonly { href: string; label: string; go?: string }[]
  roles: readonly Role[]
  brands: readonly Brand[]
  chosen: Brand
  onChoose: (id: string) => void
  onKeys: () => void
}

/** Everything the palette offers to whoever opened it there, in its order. */
export function useItems(place: Place): Item[] {
  const { acts, ways, roles } = place
  const [, go] = useLocation()
  const words = { ctrl: t('ui.ctrl'), esc: t('ui.esc') }
  const here = acts.map(
    ({ says, key, run }, n): Item => ({
      ...{ id: `act-${n}`, group: t('palette.here'), label: says ? t(says) : '', caps: capsOf(key, words), run },
    }),
  )
  const pages = ways.map(
    ({ href, label, go: letter }): Item => ({
      ...{ id: `page-${href}`, group: t('ui.goTo'), label, run: () => go(href) },
      ...(letter && { caps: ['g', letter] }),
    }),
  )
  const parts = PARTS.filter((part) => part.roles.some((role) => roles.includes(role))).map(
    ({ href, label }): Item => ({ id: `part-${href}`, group: t('ui.goTo'), label: t(label), run: () => go(href) }),
  )
  return [...here, ...useViews(roles), ...pages, ...parts, ...useSettings(place)]
}

/** Saved views of the screens one works at. */
function useViews(roles: readonly Role[]): Item[] {
  const [, go] = useLocation()
  const staff = roles.some((role) => role === 'staff' || role === 'admin')
  const member = roles.includes('member')
  const feed = useQuery({ ...views('feed'), enabled: member }).data?.items ?? []
  const inbox = useQuery({ ...views('inbox'), enabled: staff }).data?.items ?? []
  const search = useQuery({ ...views('search'), enabled: staff || member }).data?.items ?? []
  return [...feed, ...inbox, ...search].map(({ id, screen, name, query }) => ({
    ...{ id: `view-${id}`, group: t('palette.savedViews'), label: name },
    run: () => go(`/${screen}?${query}`),
  }))
}

/** Brand, colours, language, keys and the way out. */
function useSettings({ brands, chosen, onChoose, onKeys }: Place): Item[] {
  const { setColorScheme } = useMantineColorScheme()
  const [letters, setLetters] = useLetters()
  const signOut = useSignOut()
  const set = (id: string, label: string, run: () => void, group = t('palette.settings')): Item => ({
    ...{ id, group, label, run },
  })
  return [
    ...brands
      .filter(({ id }) => id !== chosen.id)
      .map(({ id, name }) => set(`brand-${id}`, name, () => onChoose(id), t('palette.workForAnother'))),
    ...Object.entries(THEMES).map(([scheme, label]) =>
      set(
        `theme-${scheme}`,
        t('palette.coloursAs', { colours: t(label) }),
        () => setColorScheme(scheme as keyof typeof THEMES), // one of the entries
      ),
    ),
    ...Object.entries(LANGUAGES).map(
      ([code, name]) =>
        set(`language-${code}`, t('palette.languageIs', { name }), () => chooseLanguage(code as Language)), // one of the entries
    ),
    set('letters', letters ? t('palette.lettersOff') : t('palette.lettersOn'), () => setLetters(!letters)),
    { ...set('keys', t('ui.keys'), onKeys), caps: ['?'] },
    set('sign-out', t('palette.signOut'), () => signOut.mutate(undefined, { onError: tellRefusal })),
  ]
}
