/** Where identifiers and randomness come from. */
export interface Ids {
  uuid(): string
  /** Short and unguessable enough to be read out to support: `err_` and 12 characters. */
  errorId(): string
  /** Uniform characters of `alphabet`, from a CSPRNG. */
  random(length: number, alphabet: string): string
}
