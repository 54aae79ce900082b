import {
  Button,
  Checkbox,
  Fieldset,
  Group,
  NativeSelect,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { useState } from 'react'
import { CopyField } from '../ui/CopyField.tsx'
import { FormButtons } from '../ui/FormButtons.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { faultAt } from './faults.ts'
import { useMakeKey } from './key-queries.ts'
import { t } from './t.ts'

const DAYS = [30, 90, 365] as const

const PART_WORDS: Record<string, string> = {
  inbox: t('settings.partInbox'),
  answers: t('settings.partAnswers'),
  texts: t('settings.partTexts'),
  rules: t('settings.partRules'),
  sources: t('settings.partSources'),
  people: t('settings.partPeople'),
  report: t('settings.partReport'),
  settings: t('settings.partSettings'),
  audit: t('settings.partAudit'),
}

const sayScope = (scope: string): string => {
  const [part = '', verb] = scope.split(':')
  const name = PART_WORDS[part] ?? part
  return verb === 'read' ? t('settings.mayRead', { part: name }) : t('settings.mayChange', { part: name })
}

/** Makes a key and shows it, this once. */
export function NewKeyForm({ scopes, onDone }: { scopes: string[]; onDone: () => void }) {
  const [name, setName] = useState('')
  const [held, setHeld] = useState<string[]>([])
  const [days, setDays] = useState('90')
  const make = useMakeKey()
  return (
    <form
      className="card"
      style={{ padding: '18px 20px' }}
      aria-label={t('settings.newKey')}
      onSubmit={(event) => {
        event.preventDefault()
        make.mutate({ name: name.trim(), scopes: held, days: days === '' ? null : Number(days) })
      }}
    >
      <Stack gap="sm">
        <Title order={2} size="h4">
          {t('settings.newKey')}
        </Title>
        {make.data ? (
          <>
            <CopyField label={t('settings.theKey')} value={make.data.secret} />
            <Text size="sm">{t('settings.shownOnce')}</Text>
            <Group>
              <Button variant="default" onClick={onDone}>
                {t('ui.close')}
              </Button>
            </Group>
          </>
        ) : (
          <>
            <TextInput
              label={t('settings.name')}
              description={t('settings.keyNameLead')}
              value={name}
              maxLength={80}
              required
              error={faultAt(make.error, 'name')}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <Fieldset legend={t('settings.whatItMay')}>
              <Checkbox.Group value={held} onChange={setHeld} error={faultAt(make.error, 'scopes')}>
                <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xs">
                  {scopes.map((scope) => (
                    <Checkbox key={scope} value={scope} label={sayScope(scope)} />
                  ))}
                </SimpleGrid>
              </Checkbox.Group>
            </Fieldset>
            <NativeSelect
              label={t('settings.endsAfter')}
              value={days}
              onChange={(event) => setDays(event.currentTarget.value)}
              data={[
                ...DAYS.map((count) => ({ value: String(count), label: t('settings.days', { count }) })),
                { value: '', label: t('settings.neverEnds') },
              ]}
              maw={260}
            />
            {make.isError && <ProblemCard error={make.error} title={t('settings.notMade')} />}
            <FormButtons label={t('settings.makeTheKey')} busy={make.isPending} onCancel={onDone} />
          </>
        )}
      </Stack>
    </form>
  )
}
