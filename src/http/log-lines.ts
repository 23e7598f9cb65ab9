/** Milliseconds that a line may wait for company. */
const PATIENCE = 20

/** Characters that are written without further waiting. */
const FULL = 64 * 1024

/**
 * Log lines on their way to stderr, several at a time: a write of its own for each would cost more than answering the
 * request that it is about. What is waiting when the process ends is written then.
 */
export class LogLines {
  readonly #sink: { write(text: string): unknown }
  #waiting = ''
  #timer: NodeJS.Timeout | null = null

  constructor(sink: { write(text: string): unknown }) {
    this.#sink = sink
  }

  write(line: string): void {
    this.#waiting += line
    if (this.#waiting.length > FULL) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), PATIENCE).unref()
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const text = this.#waiting
    this.#waiting = ''
    if (text !== '') this.#sink.write(text)
  }
}

let shared: LogLines | null = null

/** Those of this process, which all its servers share. */
export function stderrLines(): LogLines {
  if (shared) return shared
  const lines = new LogLines(process.stderr)
  process.once('exit', () => lines.flush())
  shared = lines
  return lines
}
