/** Whoever takes runs of five stages from their beginning to their end. */
export interface Contender {
  /** One run; resolves when its last stage is written down. */
  run(): Promise<void>
  close(): Promise<void>
}

/** Where and with how much a contender works. */
export interface Place {
  /** Of the role that serves requests; for those who bring their own tables, of the owner. */
  url: string
  /** How many runs there will be at a time. */
  atOnce: number
}

export type OpenContender = (place: Place) => Promise<Contender>
