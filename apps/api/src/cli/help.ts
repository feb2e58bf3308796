/** What stands at the end of a command's help: what its exit code says, and how it is called. */
export function help(exitCodes: string, ...examples: readonly string[]): string {
  return ['', exitCodes, '', 'Examples:', ...examples.map((example) => `  $ ${example}`)].join('\n')
}

export const USUAL_EXIT_CODES = 'Exit codes: 0 done, 1 failed, 2 wrong usage.'
