import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CONNECTORS } from '../../connectors/all.ts'
import { GROUPS } from './groups.ts'

const here = new URL('.', import.meta.url)
const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'))

describe('the contract of networks (L1)', () => {
  it.each(Object.keys(CONNECTORS))('is asked of %s, in one file of its own', (network) => {
    const asking = files.filter((file) =>
      readFileSync(new URL(file, here), 'utf8').includes(`\nconnectorContract('${network}')\n`),
    )
    expect(asking).toEqual([`${network}/contract.test.ts`])
  })

  it.each(Object.entries(CONNECTORS))(
    'leaves out for %s what it says it cannot: a change shows here',
    async (network, entry) => {
      const left = GROUPS.flatMap(({ name, leftOut }) => {
        const why = leftOut(entry)
        return why === null ? [] : [`${name}: ${why}`]
      })
      await expect(`${left.join('\n')}\n`).toMatchFileSnapshot(`left-out/${network}.txt`)
    },
  )

  it('asks each of its parts of somebody', () => {
    for (const { name, leftOut } of GROUPS)
      expect(
        Object.values(CONNECTORS).filter((entry) => leftOut(entry) === null),
        name,
      ).not.toEqual([])
  })
})
