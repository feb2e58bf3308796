import { createHash } from 'node:crypto'
import { EVENT_ID_BYTES, newEventId } from '@gangway/schemas/event-id'

/**
 * Chance that can be repeated: the same seed gives the same throws, on every machine. Never for secrets. The generator is
 * sfc32. https://pracrand.sourceforge.net/RNG_engines.txt
 */
export class Dice {
  readonly #state = new Uint32Array(4)

  constructor(seed: string) {
    const digest = createHash('sha256').update(seed).digest()
    for (let word = 0; word < 3; word++) this.#state[word] = digest.readUInt32LE(4 * word)
    this.#state[3] = 1
  }

  /** 32 bits. */
  word(): number {
    const [a = 0, b = 0, c = 0, counter = 0] = this.#state
    const thrown = (a + b + counter) >>> 0
    this.#state[3] = counter + 1
    this.#state[0] = b ^ (b >>> 9)
    this.#state[1] = c + (c << 3)
    this.#state[2] = ((c << 21) | (c >>> 11)) + thrown
    return thrown
  }

  /** From 0, below 1. */
  share(): number {
    return this.word() / 2 ** 32
  }

  chance(share: number): boolean {
    return this.share() < share
  }

  /** A whole number, both ends included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.share() * (high - low + 1))
  }

  pick<const Item>(items: readonly Item[]): Item {
    return only(items[this.between(0, items.length - 1)])
  }

  /** Each with its weight. */
  weighted<const Item>(items: readonly (readonly [Item, number])[]): Item {
    let rest = this.share() * items.reduce((sum, [, weight]) => sum + weight, 0)
    return only(items.find(([, weight]) => (rest -= weight) < 0) ?? items[0])[0]
  }

  /** Some of a list, in its order. */
  some<Item>(items: readonly Item[], share: number): Item[] {
    return items.filter(() => this.chance(share))
  }

  /** Whole numbers around a median, few of them far above it, as times that people take are: log-normal. */
  spread(median: number, sigma = 0.6): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.share())) * Math.cos(2 * Math.PI * this.share())
    return Math.round(median * Math.exp(sigma * normal))
  }

  hex(length: number): string {
    let text = ''
    while (text.length < length) text += this.word().toString(16).padStart(8, '0')
    return text.slice(0, length)
  }

  uuid(): string {
    const hex = this.hex(32)
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`
  }

  /** Of a telemetry event at this time. */
  eventId(at: number): string {
    const bytes = new Uint8Array(EVENT_ID_BYTES)
    for (let index = 0; index < EVENT_ID_BYTES; index++) bytes[index] = this.word()
    return newEventId(at, bytes)
  }
}

function only<Item>(item: Item | undefined): Item {
  if (item === undefined) throw new Error('there is nothing to choose from')
  return item
}
