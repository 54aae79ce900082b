import { Alert, Button, Group, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { Icon } from '../../ui/Icon.tsx'
import { ProblemCard } from '../../ui/ProblemCard.tsx'
import { Skeletons } from '../../ui/Skeletons.tsx'
import { ActionForm, isFinal } from './ActionForm.tsx'
import classes from './Builder.module.css'
import { BuildingProvider } from './context.ts'
import { HowOften } from './HowOften.tsx'
import * as p from './policy-text.ts'
import { ruleWords, useMatches } from './queries.ts'
import { RuleCard } from './RuleCard.tsx'
import { t } from './t.ts'
import { type Fault, firstQuestion, within } from './tree.ts'

type Props = {
  text: string
  onChange: (text: string) => void
  /** What the server says about a text: of `text` once it has looked at it, else of what it was a moment ago. */
  look: { of: string; ok: boolean; faults: Fault[] } | null
}

/** The policy as cards, one a rule, that can be changed, moved, copied and removed. What it writes is the text itself. */
export function Builder({ text, onChange, look }: Props) {
  const words = useQuery(ruleWords)
  const open = p.openPolicy(text)
  const sound = look?.ok === true && look.of === text
  const matches = useMatches(text, sound)
  const cards = useCards(open?.rules.length ?? 0)
  if (words.error) return <ProblemCard error={words.error} onRetry={() => void words.refetch()} />
  if (!words.data) return <Skeletons rows={5} height={76} label={t('builder.loadingTheWords')} />
  if (!open)
    return (
      <Alert color="orange" icon={<Icon name="warning" />} title={t('builder.noPolicy')}>
        {t('builder.mendTheText')}
      </Alert>
    )
  const { rules, otherwise } = open
  const [first] = words.data.fields
  const building = {
    words: words.data,
    faults: look && !look.ok ? look.faults : [],
    put: (path: p.Path, value: p.Raw) => onChange(p.withValue(text, path, value)),
    act: (path: p.Path, before: p.RawMap, after: p.RawMap) => onChange(p.withAction(text, path, before, after)),
    move: (list: p.Path, from: number, to: number) => onChange(p.withMoved(text, list, from, to)),
  }
  const move = (from: number, to: number) => {
    if (to < 0 || to >= rules.length || to === from) return
    cards.move(from, to, nameOf(rules[from]), rules.length, () => onChange(p.withMoved(text, ['rules'], from, to)))
  }
  const advice = look?.ok ? look.faults : []
  return (
    <BuildingProvider value={building}>
      <p className="aloud" role="status">
        {cards.said}
      </p>
      {sound && matches.error && (
        <ProblemCard error={matches.error} onRetry={matches.retry} title={t('builder.noFigures')} />
      )}
      <ol className={classes.rules} ref={cards.list}>
        {rules.map((raw, at) => (
          <li
            key={cards.keys[at]}
            className={`card ${cards.over === at ? classes.target : ''}`}
            onDragOver={(event) => cards.hover(event, at)}
            onDrop={() => cards.grabbed !== null && move(cards.grabbed, at)}
          >
            <RuleCard
              raw={raw}
              at={at}
              of={rules.length}
              opened={cards.opened === cards.keys[at]}
              advice={within(advice, ['rules', at])}
              howOften={
                matches.data?.rules[at] &&
                matches.data.rules.length === rules.length && (
                  <HowOften
                    rule={matches.data.rules[at]}
                    of={matches.data}
                    final={isFinal(raw)}
                    stale={matches.stale}
                  />
                )
              }
              onOpen={() => cards.toggle(at)}
              onMove={(to) => move(at, to)}
              onName={(name) => building.put(['rules', at, 'name'], name)}
              onSwitch={() => building.put(['rules', at, 'off'], isOff(raw) ? undefined : true)}
              onCopy={() => {
                onChange(p.withCopy(text, at, p.freeName(nameOf(raw), rules)))
                cards.add(at + 1)
              }}
              onRemove={() => {
                onChange(p.withValue(text, ['rules', at], undefined))
                cards.remove(at)
              }}
              onGrab={() => cards.grab(at)}
              onDrop={() => cards.grab(null)}
            />
          </li>
        ))}
      </ol>
      <Group>
        <Button
          variant="default"
          leftSection={<Icon name="rules" />}
          onClick={() => {
            const name = p.freeName(t('builder.newRule'), rules)
            onChange(p.withRule(text, { name, when: first && firstQuestion(first), then: { triage: {} } }))
            cards.add(rules.length)
          }}
        >
          {t('builder.addRule')}
        </Button>
      </Group>
      <section className="card" style={{ padding: '14px 18px' }} aria-labelledby="otherwise">
        <Title order={2} size="h5" id="otherwise" mb={4}>
          {t('builder.otherwise')}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {t('builder.otherwiseWhen')}
        </Text>
        <ActionForm raw={otherwise} path={['otherwise']} last />
        {within(advice, ['otherwise']).map(({ says }) => (
          <Text key={says} size="sm" mt="xs">
            {says}
          </Text>
        ))}
      </section>
    </BuildingProvider>
  )
}

const isOff = (raw: p.Raw): boolean => p.isRawMap(raw) && raw.off === true

const nameOf = (raw: p.Raw): string => p.nameOf(raw) || t('builder.unnamed')

/** Which card is which while rules move, which is open, which is being dragged, and what was said of the last move. */
function useCards(count: number) {
  const fresh = useRef(0)
  const [kept, keep] = useState<number[]>([])
  const [opened, setOpened] = useState<number | null>(null)
  const [grabbed, grab] = useState<number | null>(null)
  const [over, setOver] = useState<number | null>(null)
  const [said, say] = useState('')
  const list = useRef<HTMLOListElement>(null)
  // The text may have been changed elsewhere: then cards are told apart by their place again.
  const keys = kept.length === count ? kept : Array.from({ length: count }, (_, at) => -1 - at)
  const withNew = (at: number) => {
    fresh.current += 1
    keep([...keys.slice(0, at), fresh.current, ...keys.slice(at)])
    setOpened(fresh.current)
  }
  return {
    ...{ keys, opened, grabbed, over, said, list },
    toggle: (at: number) => setOpened(opened === keys[at] ? null : (keys[at] ?? null)),
    add: withNew,
    remove: (at: number) => keep(keys.filter((_, place) => place !== at)),
    grab: (at: number | null) => {
      grab(at)
      setOver(null)
    },
    hover: (event: { preventDefault: () => void }, at: number) => {
      if (grabbed === null) return
      event.preventDefault()
      setOver(at)
    },
    move: (from: number, to: number, name: string, of: number, change: () => void) => {
      const tool = document.activeElement?.getAttribute('data-tool')
      const others = keys.filter((_, at) => at !== from)
      flushSync(() => {
        change()
        keep([...others.slice(0, to), keys[from] ?? 0, ...others.slice(to)])
        say(t('builder.isNowAt', { name, place: to + 1, of }))
      })
      // The element moved with its rule, and lost the keyboard on the way.
      if (tool) list.current?.children[to]?.querySelector<HTMLElement>(`[data-tool="${tool}"]`)?.focus()
    },
  }
}
