import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Chip } from '../ui/Chip.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { Icon } from '../ui/Icon.tsx'
import { KeyCap } from '../ui/KeyCap.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { Veil } from '../ui/Veil.tsx'
import { languageWord } from '../ui/words.ts'
import { type Translated, translation, ways } from './queries.ts'
import classes from './Translation.module.css'
import { MINE, type TranslationProps } from './Translation.tsx'
import { t } from './t.ts'

type Props = TranslationProps & { from: string }

/** The button, and what it brings. */
export function Offered({ mentionId, text, abusive, active, from }: Props) {
  const [shown, show] = useState(false)
  const why = useId()
  const { data: way } = useQuery(ways(from, MINE))
  const { data, error, isFetching, refetch } = useQuery({ ...translation(mentionId, text, from, MINE), enabled: shown })
  const able = way !== undefined && (way.browser !== null || way.server)
  const refusal =
    way === undefined || able ? null : way.anyBrowser && from !== 'und' ? noPair(from) : t('translate.noTranslator')
  useShortcuts({ translate: active && able ? () => show(!shown) : undefined })
  return (
    <div className={classes.translation}>
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<Icon name="globe" size={15} />}
          disabled={!able}
          loading={shown && isFetching}
          aria-expanded={shown}
          {...(refusal !== null && { 'aria-describedby': why })}
          onClick={() => show(!shown)}
        >
          {shown ? t('translate.hide') : t('translate.translate')} <KeyCap of="translate" />
        </Button>
        {refusal !== null && (
          <Text size="sm" c="dimmed" id={why}>
            {refusal}
          </Text>
        )}
      </Group>
      <div role="status">
        {shown && isFetching && way?.browser === 'fetches' && !way.server && (
          <Text size="sm" c="dimmed">
            {t('translate.fetching')}
          </Text>
        )}
        {shown && error && <ProblemCard error={error} onRetry={() => void refetch()} title={t('translate.couldNot')} />}
        {shown && data && <Words said={data} original={text} abusive={abusive} />}
      </div>
    </div>
  )
}

const noPair = (from: string) => t('translate.noPair', { from: languageWord(from) })

function Words({ said, original, abusive }: { said: Translated; original: string; abusive: boolean }) {
  if (said.text.trim() === original.trim()) return <Text size="sm">{t('translate.alreadyYours')}</Text>
  const from = languageWord(said.from)
  return (
    <section className={classes.words} aria-label={t('translate.translation')}>
      <Veil over={abusive}>
        <div lang={MINE}>
          <HostileText text={said.text} />
        </div>
      </Veil>
      <Group gap={6} mt={4}>
        <Chip icon="globe">{t('translate.machineMade')}</Chip>
        <Text size="sm" c="dimmed">
          {t(said.by === 'browser' ? 'translate.byYourBrowser' : 'translate.byTheServer', { from })}
        </Text>
      </Group>
    </section>
  )
}
