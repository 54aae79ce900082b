import { Button, Group, Menu } from '@mantine/core'
import { useState } from 'react'
import { PASS_WORDS } from '../feed/PassMenu.tsx'
import type { PassReason } from '../feed/queries.ts'
import { USUAL_REASONS } from '../feed/SendToStaff.tsx'
import { t as feed } from '../feed/t.ts'
import { Chip } from '../ui/Chip.tsx'
import { HostileText } from '../ui/HostileText.tsx'
import { Icon } from '../ui/Icon.tsx'
import { KeyCap } from '../ui/KeyCap.tsx'
import { ProblemCard } from '../ui/ProblemCard.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { languageWord } from '../ui/words.ts'
import { PracticeComposer } from './PracticeComposer.tsx'
import { PracticeFeedback } from './PracticeFeedback.tsx'
import { type PracticePost as Post, type Practice, type Try, useTry } from './queries.ts'
import { t } from './t.ts'

type Props = { post: Post; at: number; limit: Practice['limit'] }

/** One invented post with the acts of a real one, and what is to be said of the last try. */
export function PracticePost({ post, at, limit }: Props) {
  const [mode, setMode] = useState<'writing' | 'passing' | 'sending' | null>(null)
  const [active, setActive] = useState(false)
  const attempt = useTry()
  const act = (tried: Try) => {
    setMode(null)
    attempt.mutate(tried)
  }
  const said = attempt.data
  const done = attempt.variables
  const can = active && mode === null
  useShortcuts({
    reply: can ? () => setMode('writing') : undefined,
    pass: can ? () => setMode('passing') : undefined,
    toStaff: can ? () => setMode('sending') : undefined,
  })
  return (
    <article
      tabIndex={-1}
      aria-label={t('practice.postOf', { at })}
      onFocus={() => setActive(true)}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setActive(false)}
    >
      <div lang={post.language}>
        <HostileText text={post.text} my="xs" />
      </div>
      <Group gap={6}>
        <Chip icon="note">{t('practice.invented')}</Chip>
        <Chip icon="globe">{languageWord(post.language)}</Chip>
        {post.skill && <Chip colour="violet">{t('practice.asksFor', { skill: post.skill })}</Chip>}
      </Group>
      <Group gap="xs" mt="sm">
        {mode !== 'writing' && (
          <Button
            leftSection={<Icon name="replies" />}
            variant={said ? 'default' : 'filled'}
            onClick={() => setMode('writing')}
          >
            {t('ui.reply')} <KeyCap of="reply" />
          </Button>
        )}
        <Menu opened={mode === 'passing'} onChange={(open) => setMode(open ? 'passing' : null)} position="bottom-start">
          <Menu.Target>
            <Button variant="default">
              {feed('feed.pass')} <KeyCap of="pass" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {Object.entries(PASS_WORDS).map(([reason, words]) => (
              <Menu.Item
                key={reason}
                onClick={() => act({ act: 'pass', post: post.post, reason: reason as PassReason })}
              >
                {words}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <Button variant="default" onClick={() => setMode('sending')}>
          {t('ui.sendToStaff')} <KeyCap of="toStaff" />
        </Button>
      </Group>
      {mode === 'writing' && (
        <PracticeComposer
          post={post.post}
          limit={limit}
          busy={attempt.isPending}
          onTry={(text) => act({ act: 'answer', post: post.post, text })}
          onClose={() => setMode(null)}
        />
      )}
      {mode === 'sending' && (
        <ReasonDialog
          opened
          onClose={() => setMode(null)}
          title={t('ui.sendToStaff')}
          label={feed('feed.whatShouldTheyKnow')}
          usual={USUAL_REASONS}
          act={t('ui.sendToStaff')}
          busy={attempt.isPending}
          error={null}
          onReason={() => act({ act: 'to-staff', post: post.post })}
        />
      )}
      <div role="status" style={{ marginTop: 12 }}>
        {attempt.isError && <ProblemCard error={attempt.error} title={t('practice.couldNot')} />}
        {said && done && mode !== 'writing' && <PracticeFeedback post={post} act={done.act} feedback={said.feedback} />}
      </div>
    </article>
  )
}
