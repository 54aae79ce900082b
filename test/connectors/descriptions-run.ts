import { parseArgs } from 'node:util'
import { sharedFile } from '../shared.ts'
import { checkDescriptions } from './descriptions.ts'

/** `npm run descriptions -- [--descriptions FOLDER] [--accept]`: have the networks' own descriptions changed? */
const { values } = parseArgs({ options: { descriptions: { type: 'string' }, accept: { type: 'boolean' } } })
process.exitCode = await checkDescriptions(
  {
    folder: values.descriptions ?? sharedFile('specs'),
    accept: values.accept ?? false,
    today: new Date().toISOString().slice(0, 10),
  },
  console.log,
)
