const BLANK_LINE = /\r?\n\r?\n/

/**
 * The data of server-sent events, as far as this server writes them: one `data` line each.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export async function* eventsIn(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of chunks) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split(BLANK_LINE)
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const data = /^data: ?(.*)$/m.exec(block)
      if (data) yield data[1] ?? ''
    }
  }
}
