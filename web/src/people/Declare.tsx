import { Button, Checkbox, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { SkilledMember } from '../../../src/people/skills/contract.ts'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { tell } from '../ui/toast.ts'
import { languageWord } from '../ui/words.ts'
import { LEVELS, nearestLevel } from './levels.ts'
import { useDeclare } from './skills-queries.ts'
import { t } from './t.ts'

type Props = {
  member: SkilledMember
  offered: { languages: string[]; skills: string[] }
  onClose: () => void
}

/** Languages and skills of a member as they were when this was opened; only what is changed here is sent, beside what they change themselves. */
export function Declare({ member: { id, name, ...known }, offered, onClose }: Props) {
  const before = new Map(known.skills.map(({ skill, level }) => [skill, nearestLevel(level)]))
  const [languages, setLanguages] = useState(known.languages)
  const [levels, setLevels] = useState<ReadonlyMap<string, number>>(before)
  const declare = useDeclare(id)
  const tags = [...new Set([...known.languages, ...offered.languages])]
  const names = [...new Set([...offered.skills, ...before.keys()])].sort()
  const save = (event: FormEvent) => {
    event.preventDefault()
    const isNew = (tag: string) => !known.languages.includes(tag)
    const changed = [...levels].filter(([skill, level]) => before.get(skill) !== level)
    const body = {
      add: { languages: languages.filter(isNew), skills: changed.map(([skill, level]) => ({ skill, level })) },
      remove: {
        languages: known.languages.filter((tag) => !languages.includes(tag)),
        skills: [...before.keys()].filter((skill) => !levels.has(skill)),
      },
    }
    const onSuccess = () => {
      tell(t('people.skillsChanged', { name }))
      onClose()
    }
    declare.mutate(body, { onSuccess })
  }
  const choose = (skill: string, level: number) => {
    const next = new Map(levels)
    if (level === 0) next.delete(skill)
    else next.set(skill, level)
    setLevels(next)
  }
  const title = t('people.changeSkillsOf', { name })
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('ui.close') }} centered>
      <form onSubmit={save}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('people.theyAreTold')}
          </Text>
          <Checkbox.Group label={t('people.languages')} value={languages} onChange={setLanguages}>
            <Group gap="sm" mt={6}>
              {tags.map((tag) => (
                <Checkbox key={tag} value={tag} label={languageWord(tag)} />
              ))}
            </Group>
          </Checkbox.Group>
          {names.map((skill) => (
            <NativeSelect
              key={skill}
              label={skill}
              size="sm"
              value={String(levels.get(skill) ?? 0)}
              onChange={(event) => choose(skill, Number(event.currentTarget.value))}
              data={[
                { value: '0', label: t('people.notTheirs') },
                ...LEVELS.map(({ level, word }) => ({ value: String(level), label: word })),
              ]}
            />
          ))}
          {declare.isError && <ProblemCard error={declare.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('ui.cancel')}
            </Button>
            <Button type="submit" loading={declare.isPending} disabled={languages.length === 0}>
              {t('ui.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
