import { createContext, useContext } from 'react'
import type { RuleWords } from '../../../../src/decide/draft/contract.ts'
import type { Path, Raw, RawMap } from './policy-text.ts'
import type { Fault } from './tree.ts'

/** What every part of the builder needs: the words of rules, what is wrong, and the ways to change the text. */
export type Building = {
  words: RuleWords
  faults: readonly Fault[]
  /** Puts a value at a path of the policy; undefined takes away what is there. */
  put: (path: Path, value: Raw) => void
  act: (path: Path, before: RawMap, after: RawMap) => void
  move: (list: Path, from: number, to: number) => void
}

const BuildingContext = createContext<Building | null>(null)
export const BuildingProvider = BuildingContext.Provider

export function useBuilding(): Building {
  const building = useContext(BuildingContext)
  if (!building) throw new Error('A part of the builder stands outside of it.')
  return building
}
