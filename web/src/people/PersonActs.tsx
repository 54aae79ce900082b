import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import type { RosterEntry } from '../../../src/people/roster/contract.ts'
import { Icon } from '../ui/Icon.tsx'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { tell, tellRefusal } from '../ui/toast.ts'
import { ChangeRole } from './ChangeRole.tsx'
import { useRemovePerson, useStand, useTwoFactorOff } from './queries.ts'
import { type Key, t } from './t.ts'

type Act = 'role' | 'suspended' | 'banned' | 'trusted' | 'remove' | 'two-factor'

const WORDS: Record<Exclude<Act, 'role'>, { title: Key; act: Key; done: Key }> = {
  suspended: { title: 'people.suspendTitle', act: 'people.suspend', done: 'people.isSuspended' },
  banned: { title: 'people.banTitle', act: 'people.ban', done: 'people.isBanned' },
  trusted: { title: 'people.liftTitle', act: 'people.lift', done: 'people.isLifted' },
  remove: { title: 'people.removeTitle', act: 'people.remove', done: 'people.isRemoved' },
  'two-factor': { title: 'people.twoFactorOffTitle', act: 'people.twoFactorOff', done: 'people.isTwoFactorOff' },
}

/** What an admin may do about somebody else; each with a reason that the audit keeps. */
export function PersonActs({ entry, onReset }: { entry: RosterEntry; onReset: () => Promise<unknown> }) {
  const [act, setAct] = useState<Act | null>(null)
  const closed = entry.standing === 'suspended' || entry.standing === 'banned'
  return (
    <>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <Button variant="default" rightSection={<Icon name="down" size={14} />} style={{ flex: 'none' }}>
            {t('people.acts')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAct('role')}>{t('people.changeRole')}</Menu.Item>
          {closed ? (
            <Menu.Item onClick={() => setAct('trusted')}>{t('people.lift')}</Menu.Item>
          ) : (
            <Menu.Item onClick={() => setAct('suspended')}>{t('people.suspend')}</Menu.Item>
          )}
          {entry.standing !== 'banned' && <Menu.Item onClick={() => setAct('banned')}>{t('people.ban')}</Menu.Item>}
          <Menu.Item onClick={() => setAct('remove')}>{t('people.remove')}</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => void onReset().catch(tellRefusal)}>{t('people.makeResetLink')}</Menu.Item>
          {entry.twoFactor && <Menu.Item onClick={() => setAct('two-factor')}>{t('people.twoFactorOff')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      {act === 'role' && <ChangeRole entry={entry} onClose={() => setAct(null)} />}
      {act !== null && act !== 'role' && <WithReason key={act} act={act} entry={entry} onClose={() => setAct(null)} />}
    </>
  )
}

type Props = { act: Exclude<Act, 'role'>; entry: RosterEntry; onClose: () => void }

function WithReason({ act, entry, onClose }: Props) {
  const { name, id } = entry
  const stand = useStand()
  const remove = useRemovePerson()
  const off = useTwoFactorOff()
  const mutation = act === 'remove' ? remove : act === 'two-factor' ? off : stand
  const words = WORDS[act]
  const settled = {
    onSuccess: () => {
      tell(t(words.done, { name }))
      onClose()
    },
  }
  const send = (reason: string) => {
    if (act === 'remove') remove.mutate({ id, reason }, settled)
    else if (act === 'two-factor') off.mutate({ id, reason }, settled)
    else stand.mutate({ id, standing: act, reason }, settled)
  }
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t(words.title, { name })}
      label={t('people.why')}
      act={t(words.act)}
      busy={mutation.isPending}
      error={mutation.error}
      onReason={send}
    />
  )
}
