import { UnstyledButton } from '@mantine/core'
import { useDisclosure, useLocalStorage } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, type RefObject, Suspense, useState } from 'react'
import { useLocation } from 'wouter'
import { AccountsNotice } from '../accounts/AccountsNotice.tsx'
import { speakForBrand } from '../api/request.ts'
import { useLoungeOpen } from '../lounge/open.ts'
import { Bell } from '../notices/Bell.tsx'
import { AppFrame } from '../ui/AppFrame.tsx'
import { Boundary } from '../ui/Boundary.tsx'
import { Empty } from '../ui/Empty.tsx'
import { Icon } from '../ui/Icon.tsx'
import { KeyCap } from '../ui/KeyCap.tsx'
import { LiveDot } from '../ui/LiveDot.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { writeAs } from '../ui/use-draft.ts'
import { useBindings, useLetters, useShortcuts } from '../ui/use-shortcuts.ts'
import { type Brand, BrandChoice, BrandItems } from './BrandChoice.tsx'
import { NeedsTwoFactor } from './NeedsTwoFactor.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import { homeFor, LOUNGE, mainRole, OWN_SETTINGS, type Page, pagesFor } from './pages.ts'
import type { Me } from './queries.ts'
import { Routes } from './Routes.tsx'
import { t } from './t.ts'
import { useLive } from './use-live.ts'
import { usePalette } from './use-palette.ts'
import { useTop } from './use-top.ts'
import classes from './Workplace.module.css'

// Fetched when they are first opened.
const ShortcutList = lazy(() => import('../ui/ShortcutList.tsx').then((file) => ({ default: file.ShortcutList })))
const Palette = lazy(() => import('../palette/Palette.tsx').then((file) => ({ default: file.Palette })))

// Always on the page, so that it has come before the connection is lost.
const WaitingBar = lazy(() => import('../waiting/WaitingBar.tsx').then((file) => ({ default: file.WaitingBar })))
const Tour = lazy(() => import('../tour/Tour.tsx').then((file) => ({ default: file.Tour })))

/** Everything behind the sign-in, for the brand one works for. */
export function Workplace({ me }: { me: Me }) {
  const client = useQueryClient()
  const [, go] = useLocation()
  const [remembered, remember] = useLocalStorage<string>({
    key: 'deputize.brand',
    defaultValue: '',
    getInitialValueInEffect: false,
  })
  const brands = [
    ...new Map(me.memberships.map(({ brandId, brandName }) => [brandId, { id: brandId, name: brandName }])).values(),
  ]
  const brand = brands.find(({ id }) => id === remembered) ?? brands[0]
  if (!brand) {
    return (
      <Empty icon="user" title={t('session.noBrandYet')}>
        {t('session.youAreSigned')}
      </Empty>
    )
  }
  // Before any page asks for its data, which its children do as they render.
  speakForBrand(brand.id)
  writeAs(me.userId)
  const choose = (id: string) => {
    speakForBrand(id)
    remember(id)
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
    go('/')
  }
  return <Desk key={brand.id} me={me} brand={brand} brands={brands} onBrand={choose} />
}

type DeskProps = { me: Me; brand: Brand; brands: Brand[]; onBrand: (id: string) => void }

function Desk({ me, brand, brands, onBrand }: DeskProps) {
  const [path, go] = useLocation()
  const live = useLive(brand.id)
  const [keysShown, keys] = useDisclosure(false)
  const [toured, setToured] = useState(0)
  const palette = usePalette()
  useTop(path)
  useLetters()
  const here = me.memberships.filter(({ brandId }) => brandId === brand.id)
  const open = here.filter(({ needsTwoFactor }) => me.twoFactor || !needsTwoFactor)
  const roles = [...new Set(open.map(({ role }) => role))]
  const role = mainRole(roles)
  const lounge = useLoungeOpen(roles)
  const pages = pagesFor(roles).filter(({ href }) => href !== LOUNGE || lounge)
  const nav = pages.map((page) => ({
    ...page,
    label: t(page.label),
    current: path === page.href || path.startsWith(`${page.href}/`),
  }))
  const searches = roles.some((role) => role !== 'reader')
  useShortcuts({ palette: palette.open, keys: keys.open, search: searches ? () => go('/search') : undefined })
  // `g s` is the brand's settings for those who keep them.
  const all = pages.some(({ go: letter }) => letter === OWN_SETTINGS.go) ? pages : [...pages, OWN_SETTINGS]
  const ways = all.flatMap(({ href, label, go: letter }: Pick<Page, 'href' | 'label' | 'go'>) =>
    letter ? [{ key: `g ${letter}`, label: t(label), href }] : [],
  )
  useBindings(() => ways.map(({ key, href }) => ({ key, says: null, run: () => go(href) })))
  const choice = { brands, chosen: brand, onChoose: onBrand }
  return (
    <AppFrame
      nav={nav}
      brand={<BrandChoice {...choice} />}
      tools={
        <>
          <LiveDot state={live} />
          <Finder onOpen={palette.open} />
          <Bell />
          <PersonMenu
            name={me.name}
            email={me.email}
            roles={roles}
            onKeys={keys.open}
            brands={<BrandItems {...choice} />}
            onTour={() => setToured(toured + 1)}
          />
        </>
      }
    >
      <Suspense fallback={null}>
        <WaitingBar />
      </Suspense>
      {open.length < here.length && <NeedsTwoFactor brand={brand.name} />}
      <Suspense fallback={null}>
        {role && <Tour userId={me.userId} role={role} atHome={path === homeFor([role])} asked={toured} />}
      </Suspense>
      <Boundary of={path}>
        <Suspense fallback={<Skeletons label={t('session.loadingThePage')} />}>
          {roles.some((role) => role === 'member' || role === 'admin') && <AccountsNotice />}
          <Routes roles={roles} />
        </Suspense>
      </Boundary>
      <Suspense fallback={null}>{keysShown && <ShortcutList onClose={keys.close} pages={ways} />}</Suspense>
      {palette.acts && (
        <Suspense fallback={<Begun typed={palette.begun} />}>
          <Palette
            {...choice}
            acts={palette.acts}
            begun={palette.begun}
            onClose={palette.close}
            ways={nav}
            roles={roles}
            onKeys={keys.open}
          />
        </Suspense>
      )}
    </AppFrame>
  )
}

/** The palette's door: as wide as a field where there is room, a glass where there is none. */
const Finder = ({ onOpen }: { onOpen: () => void }) => (
  <UnstyledButton className={classes.finder ?? ''} onClick={onOpen}>
    <Icon name="search" />
    <span>{t('session.findAnything')}</span>
    <KeyCap of="palette" />
  </UnstyledButton>
)

/** Takes what is typed while the palette is on its way, so that no letter of it is taken for a key. */
function Begun({ typed }: { typed: RefObject<string> }) {
  return (
    <input
      className="aloud"
      aria-label={t('session.findAnything')}
      // biome-ignore lint/a11y/noAutofocus: somebody has just asked for a field to type in
      autoFocus
      onChange={(event) => {
        typed.current = event.currentTarget.value
      }}
    />
  )
}
