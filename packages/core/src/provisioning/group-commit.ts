interface Waiting<Item, Answer> {
  item: Item
  resolve: (answer: Answer) => void
  reject: (error: unknown) => void
}

export interface GroupCommitOptions<Item, Answer> {
  /** Does the work of all items by one commit, and answers in their order: all of it, or nothing. Does not wait long for others. */
  together(items: Item[]): Promise<Answer[]>
  /** The same for one item, which may wait longer. */
  alone(item: Item): Promise<Answer>
  /** Items of one key never share a commit. */
  key(item: Item): string
}

/** How many commits are under way at once: while one is flushed to disk, the next is put together. */
const WRITERS = 2
const AT_ONCE = 256

/**
 * Collects what is to be written while earlier writes are under way, and commits it together. A lone item waits for
 * nobody. When a group fails, each of its items is done alone: one that breaks a rule, or has to wait, does so by itself.
 */
export class GroupCommit<Item, Answer> {
  readonly #options: GroupCommitOptions<Item, Answer>
  #waiting: Waiting<Item, Answer>[] = []
  #writing = 0
  #isDue = false

  constructor(options: GroupCommitOptions<Item, Answer>) {
    this.#options = options
  }

  add(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject })
      this.#arrange()
    })
  }

  /** Lets those who are about to ask in this turn of the event loop ask first. */
  #arrange(): void {
    if (this.#isDue || this.#writing >= WRITERS || this.#waiting.length === 0) return
    this.#isDue = true
    setImmediate(() => {
      this.#isDue = false
      void this.#write(this.#take())
    })
  }

  #take(): Waiting<Item, Answer>[] {
    const keys = new Set<string>()
    const later: Waiting<Item, Answer>[] = []
    const now: Waiting<Item, Answer>[] = []
    for (const waiting of this.#waiting) {
      const key = this.#options.key(waiting.item)
      if (now.length < AT_ONCE && !keys.has(key)) now.push(waiting)
      else later.push(waiting)
      keys.add(key)
    }
    this.#waiting = later
    return now
  }

  async #write(group: Waiting<Item, Answer>[]): Promise<void> {
    if (group.length === 0) return
    this.#writing += 1
    const answers = await this.#options.together(group.map(({ item }) => item)).catch(() => undefined)
    this.#writing -= 1
    this.#arrange()
    // Those that are done alone are not waited for: one that hangs must not hold up the next group.
    if (!answers) for (const waiting of group) void this.#settle(waiting)
    else for (const [index, answer] of answers.entries()) group[index]?.resolve(answer)
  }

  async #settle({ item, resolve, reject }: Waiting<Item, Answer>): Promise<void> {
    try {
      resolve(await this.#options.alone(item))
    } catch (error) {
      reject(error)
    }
  }
}
