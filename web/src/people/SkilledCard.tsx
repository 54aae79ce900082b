import { Button, Group, Stack, Table, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { SkilledMember } from '../../../src/people/skills/contract.ts'
import { Ago } from '../ui/Ago.tsx'
import { Chip } from '../ui/Chip.tsx'
import { languageWord, percent, rankWord } from '../ui/words.ts'
import { rich } from '../words/rich.tsx'
import { Declare } from './Declare.tsx'
import { GrantRank } from './GrantRank.tsx'
import { levelWord } from './levels.ts'
import { type Key, t } from './t.ts'

type Props = { member: SkilledMember; offered: { languages: string[]; skills: string[] } }

/** One member: languages, room, rank, and each skill with what their answers have shown. */
export function SkilledCard({ member, offered }: Props) {
  const { name, rank, granted, languages, capacity, load, paused, lastActiveAt, skills, isMe } = member
  // With the member as they were when it was begun: what others change meanwhile is theirs, and is not undone by it.
  const [act, setAct] = useState<{ kind: 'declare' | 'rank'; of: SkilledMember } | null>(null)
  return (
    <article className="card" style={{ padding: '12px 16px' }} aria-label={name}>
      <Stack gap="xs">
        <Group justify="space-between" gap="sm" align="flex-start">
          <div style={{ minWidth: 0 }}>
            <Title order={3} size="h5">
              <bdi>{name}</bdi>
            </Title>
            <Text size="sm" c="dimmed">
              {t('people.holds', { load, capacity })} ·{' '}
              {lastActiveAt === null
                ? t('people.neverHere')
                : rich(t('people.lastHere'), { ago: <Ago at={lastActiveAt} /> })}
            </Text>
          </div>
          <Group gap="xs">
            <Button
              variant="default"
              size="xs"
              aria-label={t('people.changeSkillsOf', { name })}
              onClick={() => setAct({ kind: 'declare', of: member })}
            >
              {t('people.changeSkills')}
            </Button>
            {!isMe && (
              <Button
                variant="default"
                size="xs"
                aria-label={t('people.changeRankOf', { name })}
                onClick={() => setAct({ kind: 'rank', of: member })}
              >
                {t('people.changeRank')}
              </Button>
            )}
          </Group>
        </Group>
        <Group gap={6}>
          <Chip icon="star">{rankWord(rank)}</Chip>
          {granted !== 'newcomer' && <Chip>{t('people.grantedRank', { rank: rankWord(granted) })}</Chip>}
          {paused && <Chip icon="pause">{t('people.paused')}</Chip>}
          {languages.map((tag) => (
            <Chip key={tag} icon="globe">
              {languageWord(tag)}
            </Chip>
          ))}
        </Group>
        {skills.length === 0 ? (
          <Text size="sm">{t('people.noSkills')}</Text>
        ) : (
          <SkillTable name={name} skills={skills} />
        )}
      </Stack>
      {act?.kind === 'declare' && <Declare member={act.of} offered={offered} onClose={() => setAct(null)} />}
      {act?.kind === 'rank' && <GrantRank member={act.of} onClose={() => setAct(null)} />}
    </article>
  )
}

function SkillTable({ name, skills }: Pick<SkilledMember, 'name' | 'skills'>) {
  return (
    <Table.ScrollContainer minWidth={440} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table aria-label={t('people.skillsOf', { name })}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('people.skill')}</Table.Th>
            <Table.Th scope="col">{t('people.saysOfThemselves')}</Table.Th>
            <Table.Th scope="col">{t('people.goodAnswers')}</Table.Th>
            <Table.Th scope="col">{t('people.soFar')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {skills.map((one) => (
            <Table.Tr key={one.skill}>
              <Table.Th scope="row" fw={550}>
                {one.skill}
              </Table.Th>
              <Table.Td>{levelWord(one.level)}</Table.Td>
              <Table.Td>{percent(one.fit)}</Table.Td>
              <Table.Td>{soFar(one)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

const SHOWN: readonly (readonly [keyof SkilledMember['skills'][number], Key])[] = [
  ['accepted', 'people.timesAccepted'],
  ['thanked', 'people.timesThanked'],
  ['corrected', 'people.timesCorrected'],
  ['returned', 'people.timesReturned'],
  ['complained', 'people.timesComplained'],
  ['passed', 'people.timesPassed'],
]

/** “12 sent as written, 4 thanked for”. */
function soFar(skill: SkilledMember['skills'][number]): string {
  const seen = SHOWN.flatMap(([cause, key]) =>
    Number(skill[cause]) > 0 ? [t(key, { count: Number(skill[cause]) })] : [],
  )
  return seen.length > 0 ? seen.join(', ') : t('people.nothingSoFar')
}
