import { Button, Fieldset, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import type { BrandProfile } from '../../../src/people/brand/contract.ts'
import { Disclosure } from '../ui/Disclosure.tsx'
import { languageWord } from '../ui/words.ts'
import { faultAt } from './faults.ts'
import { newSkill, type SkillDraft } from './skill-drafts.ts'
import { t } from './t.ts'

type Props = {
  skills: SkillDraft[]
  known: BrandProfile
  languages: string[]
  error: unknown
  onChange: (skills: SkillDraft[]) => void
}

/** The brand's skills, and the words by which each is found in a post. */
export function Skills({ skills, known, languages, error, onChange }: Props) {
  const change = (key: number, more: Partial<SkillDraft>) =>
    onChange(skills.map((one) => (one.key === key ? { ...one, ...more } : one)))
  return (
    <Fieldset legend={t('settings.skills')}>
      <Text size="sm" c="dimmed" mb="xs">
        {t('settings.skillsLead')}
      </Text>
      <Stack gap="xs">
        {skills.map((skill, nth) => {
          const is = known.skills.find(({ name }) => name === skill.name)
          const fault = faultAt(error, 'skills', nth, 'name')
          return (
            <Disclosure
              key={skill.key}
              begins={skill.name === '' || fault !== null}
              label={`${skill.name || t('settings.newSkill')} · ${t('settings.heldBy', { count: is?.members ?? 0 })}${is?.inRules ? ` · ${t('settings.rulesNameIt')}` : ''}`}
            >
              <SkillFields
                skill={skill}
                fault={fault}
                languages={[...new Set([...languages, ...Object.keys(skill.words)])]}
                faultOf={(language) => faultAt(error, 'skills', nth, 'words', language)}
                onChange={(more) => change(skill.key, more)}
                onRemove={() => onChange(skills.filter(({ key }) => key !== skill.key))}
              />
            </Disclosure>
          )
        })}
        <Group>
          <Button variant="default" onClick={() => onChange([...skills, newSkill()])}>
            {t('settings.addASkill')}
          </Button>
        </Group>
      </Stack>
    </Fieldset>
  )
}

type FieldsProps = {
  skill: SkillDraft
  fault: string | null
  languages: string[]
  faultOf: (language: string) => string | null
  onChange: (more: Partial<SkillDraft>) => void
  onRemove: () => void
}

function SkillFields({ skill, fault, languages, faultOf, onChange, onRemove }: FieldsProps) {
  return (
    <Stack gap="xs" pb="sm">
      <TextInput
        label={t('settings.name')}
        value={skill.name}
        error={fault}
        required
        maxLength={100}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      {languages.map((language) => (
        <Textarea
          key={language}
          label={t('settings.wordsIn', { language: languageWord(language) })}
          value={skill.words[language] ?? ''}
          error={faultOf(language)}
          onChange={(event) => onChange({ words: { ...skill.words, [language]: event.currentTarget.value } })}
          autosize
          minRows={1}
          lang={language}
          dir="auto"
        />
      ))}
      <Group>
        <Button variant="default" size="xs" onClick={onRemove}>
          {t('settings.removeSkill', { name: skill.name || t('settings.newSkill') })}
        </Button>
      </Group>
    </Stack>
  )
}
