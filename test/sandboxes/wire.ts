import { Agent, type IncomingHttpHeaders, request } from 'node:http'

/** One world of a listening server, and how its clients address it. */
export interface Address {
  /** Scheme, host and port. */
  readonly origin: string
  /** `/__sandbox/{id}`, or empty. */
  readonly base: string
  /** Null for the server's own world and for a sandbox that is named by its path. */
  readonly header: string | null
}

export interface WireReply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** Parsed when it is JSON, else the text. */
  readonly body: unknown
}

/** Speaks to one world; every address in an answer has to lead back to where the client came in. */
export class Wire {
  static readonly #agent = new Agent({ keepAlive: true, maxSockets: 32 })
  readonly address: Address
  /** How many addresses were found in answers, and which of them were wrong. */
  links = 0
  readonly strayLinks: string[] = []

  constructor(address: Address) {
    this.address = address
  }

  /** `target` is a path below the base, or a whole address out of an answer. */
  async ask(
    method: string,
    target: string,
    headers: Record<string, string>,
    body?: object,
  ): Promise<WireReply> {
    const { origin, base, header } = this.address
    const url = target.startsWith('http') ? target : origin + base + target
    const reply = await send(Wire.#agent, method, url, {
      headers: {
        ...headers,
        ...(header !== null && { 'x-fakeforge-sandbox': header }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    })
    this.#checkLinks(`${JSON.stringify(reply.headers)}\n${reply.text}`)
    const isJson = String(reply.headers['content-type']).includes('json') && reply.text !== ''
    return {
      status: reply.status,
      headers: reply.headers,
      body: isJson ? JSON.parse(reply.text) : reply.text,
    }
  }

  #checkLinks(text: string): void {
    const { origin, base } = this.address
    const links = text.match(new RegExp(`${origin.replaceAll('.', '\\.')}[^\\s"'<>\\\\]*`, 'g')) ?? []
    this.links += links.length
    for (const link of links) {
      const path = link.slice(origin.length)
      const isOwn = base === '' ? !path.startsWith('/__sandbox') : path.startsWith(`${base}/`)
      if (!isOwn) this.strayLinks.push(link)
    }
  }

  static close(): void {
    Wire.#agent.destroy()
  }
}

function send(
  agent: Agent,
  method: string,
  url: string,
  { headers, body }: { readonly headers: Record<string, string>; readonly body?: string },
): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      )
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
