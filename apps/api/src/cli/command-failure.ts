/** What stopped a command, under an id that finds it in the log. What it means is told by its cause. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
  readonly errorId: string

  constructor(errorId: string, cause: unknown) {
    super('the command failed', { cause })
    this.errorId = errorId
  }
}

/** Ctrl-C, or a signal that asks for the same. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'

  constructor(message = 'Interrupted.') {
    super(message)
  }
}
