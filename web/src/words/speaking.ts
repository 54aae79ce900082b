import type shared from '../../i18n/en/ui.json'
import type { Feature, KeyOf } from './catalogue.ts'
import { learn, openText, shown } from './texts.ts'

type Values = Record<string, string | number>

/**
 * How a feature speaks: the texts of its own English file, and those of `ui`, which are everybody's, in the reader's
 * language. `values` fill the `{{places}}` of a text; `count` also chooses its plural form. What is filled in is not
 * read again, so that a stranger's `{{…}}` stays as it is.
 */
export function speaking<const Name extends string, Own extends Feature>(name: Name, english: Own) {
  learn(name, english)
  type Key = KeyOf<Name, Own> | KeyOf<'ui', typeof shared>
  return (key: Key, values: Values = {}): string => {
    const count = typeof values.count === 'number' ? values.count : undefined
    return openText(key, count).replace(/\{\{(\w+)\}\}/g, (place, value: string) => {
      const given = values[value]
      return given === undefined ? place : shown(given)
    })
  }
}
