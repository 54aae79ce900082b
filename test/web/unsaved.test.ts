import { describe, expect, it } from 'vitest'
import { unsavedWords } from '../../web/src/pictures/unsaved.ts'

/** A server that answers each save when it is told to. */
function slowServer() {
  const saves: { id: string; words: string; ok: () => void; fail: (why: string) => void }[] = []
  let gone = 0
  const unsaved = unsavedWords({
    save: (id, words) => new Promise((ok, fail) => saves.push({ id, words, ok: () => ok(null), fail })),
    isGone: (error) => error === 'gone',
    onGone: () => {
      gone += 1
    },
  })
  return { unsaved, saves, gone: () => gone }
}
const turn = () => new Promise((next) => setImmediate(next))

describe('what a picture shows, while it is typed', () => {
  it('is saved in order, and whoever sends waits for a save under way', async () => {
    const { unsaved, saves } = slowServer()
    unsaved.set('one', 'A butt')
    const first = unsaved.saved()
    await turn()
    unsaved.set('one', 'A button')
    let sent = false
    const second = unsaved.saved().then(() => {
      sent = true
    })
    await turn()
    expect([saves.map(({ words }) => words), sent, unsaved.of('one')]).toEqual([['A butt'], false, 'A button'])
    saves[0]!.ok()
    await first
    await turn()
    expect([saves.map(({ words }) => words), sent]).toEqual([['A butt', 'A button'], false])
    saves[1]!.ok()
    await second
    expect([sent, unsaved.of('one')]).toEqual([true, undefined])
  })

  it('waits for a save under way even when nothing was typed since', async () => {
    const { unsaved, saves } = slowServer()
    unsaved.set('one', 'A button')
    const first = unsaved.saved()
    await turn()
    let sent = false
    const second = unsaved.saved().then(
      () => {
        sent = true
      },
      () => undefined,
    )
    await turn()
    expect(sent).toBe(false)
    for (const save of saves) save.ok()
    await first
    await turn()
    for (const save of saves) save.ok()
    await second
    expect(sent).toBe(true)
  })

  it('stays unsaved when the save fails, and is dropped when its picture is gone', async () => {
    const { unsaved, saves, gone } = slowServer()
    unsaved.set('one', 'A button')
    const first = unsaved.saved()
    await turn()
    saves[0]!.fail('no connection')
    await expect(first).rejects.toBe('no connection')
    expect(unsaved.of('one')).toBe('A button')
    const second = unsaved.saved()
    await turn()
    saves[1]!.fail('gone')
    await second
    expect([unsaved.of('one'), gone()]).toEqual([undefined, 1])
  })
})
