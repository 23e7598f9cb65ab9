/** A pushed pack that is not taken. Nothing of it has been kept. */
export class PackRefusal extends Error {
  /** What the report of the push says after `unpack `. */
  readonly status: string
  /** For the user: what git's own unpacker prints before it gives up. */
  readonly lines: readonly string[]

  constructor(status: string, lines: readonly string[] = []) {
    super([status, ...lines].join('\n'))
    this.name = 'PackRefusal'
    this.status = status
    this.lines = lines
  }
}

/** The refusal of a pack that had begun well. `faults` are printed before the reason. */
export function refusePack(reason: string, faults: readonly string[] = []): PackRefusal {
  const lines = [...faults.map((fault) => `error: ${fault}`), `fatal: ${reason}`]
  return new PackRefusal('index-pack abnormal exit', lines)
}
