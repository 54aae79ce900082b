import { Anchor, Fieldset, Group, NumberInput, Stack, TagsInput, Text, TextInput } from '@mantine/core'
import { Link } from 'wouter'
import type { BrandProfile } from '../../../src/people/brand/contract.ts'
import { BeforeLeaving } from '../answers/BeforeLeaving.tsx'
import { TwoFactorRule } from '../people/TwoFactorRule.tsx'
import { tell } from '../ui/toast.ts'
import { useBegun } from '../ui/use-begun.ts'
import { rich } from '../words/rich.tsx'
import { faultAt } from './faults.ts'
import { type BrandBody, useSetBrand } from './queries.ts'
import { SettingsForm } from './SettingsForm.tsx'
import { Skills } from './Skills.tsx'
import { type SkillDraft, skillDrafts, skillsOf } from './skill-drafts.ts'
import { t } from './t.ts'

type Draft = Omit<BrandBody, 'version' | 'skills'> & { skills: SkillDraft[] }

const draftOf = ({ skills, ...brand }: BrandProfile): Draft => {
  const { name, handles, languages, responseMinutes, leaseMinutes, offerMinutes, offerTo, welfare } = brand
  return {
    ...{ name, handles, languages, responseMinutes, leaseMinutes, offerMinutes, offerTo, welfare },
    skills: skillDrafts(skills),
  }
}

/** What the brand is called and listens for, and how its community works. */
export function BrandForm({ brand }: { brand: BrandProfile }) {
  const { draft, set, version, overtaken, beginAnew } = useBegun(brand, brand.version, draftOf)
  const act = useSetBrand()
  const change = (more: Partial<Draft>) => set({ ...draft, ...more })
  const save = () =>
    act.mutate(
      { ...draft, name: draft.name.trim(), skills: skillsOf(draft.skills), version },
      {
        onSuccess: (now) => {
          beginAnew(now, now.version)
          tell(t('settings.kept'))
        },
      },
    )
  const fault = (field: keyof Draft) =>
    faultAt(act.error, field) ?? [0, 1, 2, 3, 4, 5, 6, 7].map((nth) => faultAt(act.error, field, nth)).find(Boolean)
  return (
    <Stack gap="lg">
      <SettingsForm
        title={t('settings.brand')}
        lead={t('settings.brandLead')}
        busy={act.isPending}
        error={act.error}
        overtaken={overtaken}
        onBeginAnew={() => beginAnew()}
        onSave={save}
      >
        <TextInput
          label={t('settings.name')}
          value={draft.name}
          error={fault('name')}
          required
          maxLength={120}
          onChange={(event) => change({ name: event.currentTarget.value })}
          maw={420}
        />
        <TagsInput
          label={t('settings.handles')}
          description={t('settings.handlesLead')}
          value={draft.handles}
          error={fault('handles')}
          onChange={(handles) => change({ handles })}
          splitChars={[',', ' ']}
        />
        <TagsInput
          label={t('settings.languages')}
          description={t('settings.languagesLead')}
          value={draft.languages}
          error={fault('languages')}
          onChange={(languages) => change({ languages })}
          splitChars={[',', ' ']}
        />
        <Text size="sm" c="dimmed">
          {rich(t('settings.zoneIs'), {
            zone: brand.timeZone,
            link: (words) => (
              <Anchor component={Link} href="/settings/calendar" inherit underline="always">
                {words}
              </Anchor>
            ),
          })}
        </Text>
        <Times draft={draft} change={change} fault={(field) => faultAt(act.error, field)} />
        <Limits limits={draft.welfare} onChange={(welfare) => change({ welfare })} />
        <Skills
          skills={draft.skills}
          known={brand}
          languages={draft.languages}
          error={act.error}
          onChange={(skills) => change({ skills })}
        />
      </SettingsForm>
      <TwoFactorRule />
      <BeforeLeaving />
      <Text size="sm">
        <Anchor component={Link} href="/rules?tab=costs">
          {t('settings.toTheThresholds')}
        </Anchor>
      </Text>
    </Stack>
  )
}

const TIMES = [
  { field: 'responseMinutes', label: 'settings.responseMinutes', means: 'settings.responseMinutesLead' },
  { field: 'offerMinutes', label: 'settings.offerMinutes', means: 'settings.offerMinutesLead' },
  { field: 'leaseMinutes', label: 'settings.leaseMinutes', means: 'settings.leaseMinutesLead' },
  { field: 'offerTo', label: 'settings.offerTo', means: 'settings.offerToLead' },
] as const

type TimesProps = {
  draft: Draft
  change: (more: Partial<Draft>) => void
  fault: (field: (typeof TIMES)[number]['field']) => string | null
}

function Times({ draft, change, fault }: TimesProps) {
  return (
    <Fieldset legend={t('settings.community')}>
      <Group gap="sm" align="flex-start">
        {TIMES.map(({ field, label, means }) => (
          <NumberInput
            key={field}
            label={t(label)}
            description={t(means)}
            suffix={field === 'offerTo' ? '' : ` ${t('settings.min')}`}
            value={draft[field]}
            error={fault(field)}
            onChange={(value) => change({ [field]: Number(value) || 0 })}
            min={1}
            allowDecimal={false}
            style={{ flex: '1 1 220px' }}
          />
        ))}
      </Group>
    </Fieldset>
  )
}

type Welfare = Draft['welfare']

function Limits({ limits, onChange }: { limits: Welfare; onChange: (limits: Welfare) => void }) {
  const number = (value: string | number) => (value === '' ? null : Number(value))
  return (
    <Fieldset legend={t('settings.limits')}>
      <Text size="sm" c="dimmed" mb="xs">
        {t('settings.limitsLead')}
      </Text>
      <Group gap="sm" align="flex-start">
        <NumberInput
          label={t('settings.mostAnHour')}
          value={limits.mostAnHour ?? ''}
          onChange={(value) => onChange({ ...limits, mostAnHour: number(value) })}
          placeholder={t('settings.noLimit')}
          {...{ min: 1, max: 100, allowDecimal: false, style: { flex: '1 1 180px' } }}
        />
        <NumberInput
          label={t('settings.mostADay')}
          value={limits.mostADay ?? ''}
          onChange={(value) => onChange({ ...limits, mostADay: number(value) })}
          placeholder={t('settings.noLimit')}
          {...{ min: 1, max: 1_000, allowDecimal: false, style: { flex: '1 1 180px' } }}
        />
        <NumberInput
          label={t('settings.angryShare')}
          value={limits.angryShare === null ? '' : Math.round(limits.angryShare * 100)}
          onChange={(value) => onChange({ ...limits, angryShare: value === '' ? null : Number(value) / 100 })}
          placeholder={t('settings.noLimit')}
          suffix=" %"
          {...{ min: 0, max: 100, allowDecimal: false, style: { flex: '1 1 180px' } }}
        />
        <NumberInput
          label={t('settings.breakMinutes')}
          value={limits.breakMinutes ?? ''}
          onChange={(value) => onChange({ ...limits, breakMinutes: number(value) })}
          placeholder={t('settings.noBreak')}
          suffix={` ${t('settings.min')}`}
          {...{ min: 1, max: 1_440, allowDecimal: false, style: { flex: '1 1 180px' } }}
        />
      </Group>
    </Fieldset>
  )
}
