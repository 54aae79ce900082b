import { Button, Checkbox, Group, NativeSelect, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { FormEvent } from 'react'
import type { MyBeliefs, MyDesk } from '../../../src/feed/contract.ts'
import { beliefs, useDeskChange } from '../feed/queries.ts'
import { Card } from '../security/Card.tsx'
import { Overtaken } from '../settings/Overtaken.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { Skeletons } from '../ui/Skeletons.tsx'
import { tell } from '../ui/toast.ts'
import { useBegun } from '../ui/use-begun.ts'
import { languageWord } from '../ui/words.ts'
import { evidenceWords, fitWord } from './belief-words.ts'
import classes from './SkillsCard.module.css'
import { t } from './t.ts'

/** What one says of oneself, in three words; a level between them is kept until another word is chosen. */
const LEVELS = [
  { level: 0.3, words: t('me.aLittle') },
  { level: 0.6, words: t('me.well') },
  { level: 0.9, words: t('me.veryWell') },
] as const

const nearest = (level: number): number =>
  LEVELS.reduce((best, one) => (Math.abs(one.level - level) < Math.abs(best.level - level) ? one : best), LEVELS[0])
    .level

/** Languages and skills: what one says of them, and beside it what answers have shown (M1, M2). */
export function SkillsCard({ desk }: { desk: MyDesk }) {
  const { data, error, refetch } = useQuery(beliefs)
  if (error && !data) return <ProblemCard error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeletons rows={1} height={200} label={t('me.loadingWhatIsKnown')} />
  return (
    <Card title={t('me.skillsAndLanguages')}>
      <SkillsForm desk={desk} known={data} />
    </Card>
  )
}

type Said = { languages: string[]; levels: ReadonlyMap<string, number> }

const saidOf = ({ languages, skills }: MyDesk): Said => ({
  languages,
  levels: new Map(skills.map(({ skill, level }) => [skill, level])),
})
const languagesIn = ({ languages }: Said) => languages.join(' ')
const skillsIn = ({ levels }: Said) => JSON.stringify([...levels].sort())

/** “English, German; kettle: well”. */
const wordsOf = ({ languages, levels }: Said): string => {
  const skills = [...levels].map(
    ([skill, level]) => `${skill}: ${LEVELS.find((one) => one.level === nearest(level))?.words}`,
  )
  return [languages.map(languageWord).join(', '), skills.join(', ')].filter((part) => part !== '').join('; ')
}

function SkillsForm({ desk, known }: { desk: MyDesk; known: MyBeliefs }) {
  const kept = saidOf(desk)
  const { draft, set, version, overtaken, beginAnew } = useBegun(desk, desk.versions.declared, saidOf)
  // Typed was just what an admin has set: nothing would be lost.
  if (overtaken && languagesIn(draft) === languagesIn(kept) && skillsIn(draft) === skillsIn(kept)) beginAnew()
  const { languages, levels } = draft
  const change = useDeskChange()
  const [best = ''] = languages
  const tags = [...new Set([...known.offered.languages, ...languages])]
  const names = [...new Set([...known.offered.skills, ...levels.keys()])].sort()
  const save = (event: FormEvent) => {
    event.preventDefault()
    const body = {
      versions: { declared: version },
      ...(languagesIn(draft) !== languagesIn(kept) && { languages }),
      ...(skillsIn(draft) !== skillsIn(kept) && { skills: [...levels].map(([skill, level]) => ({ skill, level })) }),
    }
    change.mutate(body, {
      onSuccess: (changed) => {
        beginAnew(changed, changed.versions.declared)
        tell(t('me.keptAsYouSaid'))
      },
    })
  }
  const choose = (skill: string, level: number) => {
    const next = new Map(levels)
    if (level === 0) next.delete(skill)
    else next.set(skill, level)
    set({ languages, levels: next })
  }
  return (
    <form onSubmit={save} aria-label={t('me.skillsAndLanguages')}>
      <Stack gap="md">
        {overtaken && <Overtaken onBeginAnew={() => beginAnew()} now={wordsOf(kept)} />}
        <Text size="sm" c="dimmed">
          {t('me.youAreOfferedOnly')}
        </Text>
        <NativeSelect
          label={t('me.languageYouWriteBest')}
          value={best}
          onChange={(event) => {
            const tag = event.currentTarget.value
            set({ levels, languages: [tag, ...languages.filter((one) => one !== tag)] })
          }}
          data={tags.map((value) => ({ value, label: languageWord(value) }))}
          maw={280}
        />
        <Checkbox.Group
          label={t('me.youAlsoAnswerIn')}
          value={languages.slice(1)}
          onChange={(others) => set({ levels, languages: [best, ...others] })}
        >
          <Group gap="sm" mt={6}>
            {tags
              .filter((tag) => tag !== best)
              .map((tag) => (
                <Checkbox key={tag} value={tag} label={languageWord(tag)} />
              ))}
          </Group>
        </Checkbox.Group>
        <ul className={classes.skills}>
          {names.map((skill) => (
            <li key={skill} className={classes.skill}>
              <NativeSelect
                label={skill}
                size="sm"
                value={String(levels.has(skill) ? nearest(levels.get(skill) ?? 0) : 0)}
                onChange={(event) => choose(skill, Number(event.currentTarget.value))}
                data={[
                  { value: '0', label: t('me.notMine') },
                  ...LEVELS.map(({ level, words }) => ({ value: String(level), label: words })),
                ]}
              />
              <Shown skill={known.skills.find((one) => one.skill === skill)} />
            </li>
          ))}
        </ul>
        {change.isError && <ProblemCard error={change.error} />}
        <Group>
          <Button type="submit" loading={change.isPending} disabled={overtaken}>
            {t('me.keepThis')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** What answers have shown of a skill; nothing for one that is not declared. */
function Shown({ skill }: { skill: MyBeliefs['skills'][number] | undefined }) {
  if (!skill) return null
  return (
    <Text size="sm" className={classes.shown ?? ''}>
      {t('me.yourAnswersHere', { fit: fitWord(skill.fit) })}{' '}
      <Text component="span" size="sm" c="dimmed">
        {evidenceWords(skill)}
      </Text>
    </Text>
  )
}
