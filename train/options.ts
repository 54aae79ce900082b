import { type ParseArgsConfig, parseArgs } from 'node:util'

type Options = NonNullable<ParseArgsConfig['options']>

/** The options a script was called with. One that is not understood ends it with a sentence and exit status 2. */
export function optionsOf<T extends Options>(script: string, options: T) {
  try {
    return parseArgs({ options }).values
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('. ')
    console.error(
      `${script}: ${reason}. It takes ${Object.keys(options)
        .map((name) => `--${name}`)
        .join(', ')}.`,
    )
    return process.exit(2)
  }
}
