import { useLocalStorage } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useLocation } from 'wouter'
import { speakForBrand } from '../api/request.ts'
import { AppFrame } from '../ui/AppFrame.tsx'
import { Empty } from '../ui/Empty.tsx'
import { LiveDot } from '../ui/LiveDot.tsx'
import { ShortcutList, useShortcutList } from '../ui/ShortcutList.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { ThemeSwitch } from '../ui/ThemeSwitch.tsx'
import { BrandChoice } from './BrandChoice.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import { pagesFor } from './pages.ts'
import type { Me } from './queries.ts'
import { Routes } from './Routes.tsx'
import { useLive } from './use-live.ts'

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
      <Empty icon="user" title="No brand yet">
        You are signed in, but no brand has made you a member. Ask the admin who invited you.
      </Empty>
    )
  }
  // Before any page asks for its data, which its children do as they render.
  speakForBrand(brand.id)
  const choose = (id: string) => {
    speakForBrand(id)
    remember(id)
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' })
    go('/')
  }
  return <Desk key={brand.id} me={me} brand={brand} brands={brands} onBrand={choose} />
}

type DeskProps = {
  me: Me
  brand: { id: string; name: string }
  brands: { id: string; name: string }[]
  onBrand: (id: string) => void
}

function Desk({ me, brand, brands, onBrand }: DeskProps) {
  const [path] = useLocation()
  const live = useLive(brand.id)
  const [keysShown, keys] = useShortcutList()
  const roles = [...new Set(me.memberships.filter(({ brandId }) => brandId === brand.id).map(({ role }) => role))]
  const nav = pagesFor(roles).map((page) => ({
    ...page,
    current: path === page.href || path.startsWith(`${page.href}/`),
  }))
  return (
    <AppFrame
      nav={nav}
      brand={<BrandChoice brands={brands} chosen={brand} onChoose={onBrand} />}
      tools={
        <>
          <LiveDot state={live} />
          <ThemeSwitch />
          <PersonMenu name={me.name} email={me.email} roles={roles} onKeys={keys.open} />
        </>
      }
    >
      <Suspense fallback={<Skeletons label="Loading the page" />}>
        <Routes roles={roles} />
      </Suspense>
      <ShortcutList opened={keysShown} onOpen={keys.open} onClose={keys.close} />
    </AppFrame>
  )
}
