import { stringify } from 'yaml'
import type { Policy } from '../../rules/shape.ts'

/** Where editors that speak YAML find what a policy may hold; relative to `rules/presets`. */
export const SCHEMA_COMMENT = '# yaml-language-server: $schema=../policy.schema.json'

/** A policy as YAML that reads back as the same; comments of a text it came from are not in it. */
export const writePolicy = (policy: Policy): string =>
  `${SCHEMA_COMMENT}\n${stringify(policy, { lineWidth: 120, aliasDuplicateObjects: false })}`
