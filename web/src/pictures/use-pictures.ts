import { useDebouncedCallback } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Finding } from '../../../src/reply/contract.ts'
import type { ReplyPicture } from '../../../src/reply/pictures/contract.ts'
import { newKey } from '../api/idempotency-key.ts'
import { ApiError } from '../api/problem.ts'
import { addPicture, describePicture, drafted, useTakeOut } from './queries.ts'
import { t } from './t.ts'
import { unsavedWords } from './unsaved.ts'

/** As the server has it; larger files are not sent at all. */
const MOST_MB = 12
const SAVED_AFTER_MS = 500

export type Allowed = { refusal: string | null; most: number; altLength: number }
/** A file on its way, or that did not arrive: `why` says so. */
export type Coming = { key: string; file: File; share: number; why: string | null }

/**
 * The pictures of the draft under a mention. They lie with the server, so that they outlive the composer; what each shows
 * is saved while it is typed.
 */
export function usePictures(mentionId: string, allowed: Allowed) {
  const client = useQueryClient()
  const { queryKey } = drafted(mentionId)
  const { data: kept = [] } = useQuery({ ...drafted(mentionId), enabled: allowed.refusal === null })
  const [coming, setComing] = useState<Coming[]>([])
  const takeOut = useTakeOut(mentionId)
  const put = (change: (before: readonly ReplyPicture[]) => ReplyPicture[]) =>
    client.setQueryData(queryKey, (before) => change(before ?? []))
  const shows = (id: string, alt: string) =>
    put((before) => before.map((one) => (one.id === id ? { ...one, alt } : one)))
  const [unsaved] = useState(() =>
    unsavedWords({
      save: (id, alt) => describePicture(id, alt).then(() => shows(id, alt)),
      isGone: (error) => error instanceof ApiError && error.status === 404,
      onGone: () => void client.invalidateQueries({ queryKey }),
    }),
  )
  const { saved } = unsaved
  // An answer of the server that is older than what is typed does not take its place.
  const items = kept.map((one) => ({ ...one, alt: unsaved.of(one.id) ?? one.alt }))
  const note = (key: string, change: Partial<Coming>) =>
    setComing((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)))

  const send = async ({ key, file }: Pick<Coming, 'key' | 'file'>) => {
    if (file.size > MOST_MB * 1e6) return note(key, { why: t('pictures.tooLarge', { most: MOST_MB }) })
    note(key, { why: null, share: 0 })
    try {
      const added = await addPicture(mentionId, file, key, (share) => note(key, { share }))
      put((before) => [...before.filter(({ id }) => id !== added.id), added])
      setComing((all) => all.filter((one) => one.key !== key))
    } catch (error) {
      note(key, { why: error instanceof Error ? error.message : String(error) })
    }
  }
  // What is not saved yet is, at the latest, before the answer is sent; then whoever sends hears of trouble.
  const saveSoon = useDebouncedCallback(() => void saved().catch(() => {}), {
    delay: SAVED_AFTER_MS,
    flushOnUnmount: true,
  })
  const undescribed: Pick<Finding, 'weight' | 'says'> & { about: string } = {
    ...{ about: 'pictures', weight: 'warning', says: t('pictures.sayWhatTheyShow') },
  }

  return {
    allowed,
    items,
    coming,
    /** As many as there is room for; what is none is told by the server, in a sentence. */
    add: (files: readonly File[]) => {
      const room = Math.max(0, allowed.most - items.length - coming.length)
      const fresh = files.slice(0, room).map((file) => ({ key: newKey(), file, share: 0, why: null }))
      setComing((all) => [...all, ...fresh])
      for (const one of fresh) void send(one)
    },
    again: send,
    leaveOut: (key: string) => setComing((all) => all.filter((one) => one.key !== key)),
    takeOut: (id: string) => {
      unsaved.drop(id)
      put((before) => before.filter((one) => one.id !== id))
      takeOut.mutate(id)
    },
    describe: (id: string, alt: string) => {
      unsaved.set(id, alt)
      shows(id, alt)
      saveSoon()
    },
    /** Resolves once what each shows is saved. @throws ApiError */
    saved,
    /** The draft was sent, and they with it. */
    gone: () => client.removeQueries({ queryKey }),
    ids: items.map(({ id }) => id),
    adding: coming.some(({ why }) => why === null),
    findings: items.some(({ alt }) => alt.trim() === '') ? [undescribed] : [],
  }
}
export type Pictures = ReturnType<typeof usePictures>
