import { once } from 'node:events'
import { connect } from 'node:net'

const END_OF_HEAD = Buffer.from('\r\n\r\n')
const END_OF_CHUNKS = Buffer.from('\r\n0\r\n\r\n')

/**
 * A kept connection over which requests are sent one after the other, with as little work on this side as can be: the
 * client shares the machine with the server that is measured.
 */
export class Connection {
  #url
  #socket = null
  #pieces = []
  #settle = null

  constructor(url) {
    this.#url = new URL(url)
  }

  /**
   * @param {Buffer} request a whole request, as encodeRequest makes it
   * @returns {Promise<{ status: number, body: Buffer }>}
   */
  async send(request) {
    // Servers close connections that have been idle for a few seconds.
    this.#socket ??= await this.#open()
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
      this.#socket.write(request)
    })
  }

  close() {
    this.#socket?.destroy()
  }

  async #open() {
    const { hostname, port } = this.#url
    const socket = connect(Number(port), hostname).setNoDelay(true)
    await once(socket, 'connect')
    socket.on('data', (piece) => this.#take(piece))
    socket.on('end', () => this.#fail(new Error('the server closed the connection')))
    socket.on('error', (error) => this.#fail(error))
    return socket
  }

  #take(piece) {
    this.#pieces.push(piece)
    const bytes = this.#pieces.length === 1 ? piece : Buffer.concat(this.#pieces)
    const answer = readAnswer(bytes)
    if (answer === null) {
      this.#pieces = [bytes]
      return
    }
    this.#pieces = []
    const { resolve } = this.#settle
    this.#settle = null
    resolve(answer)
  }

  #fail(error) {
    this.#socket = null
    this.#pieces = []
    this.#settle?.reject(error)
    this.#settle = null
  }
}

/** @param {{ method?: string, path: string, headers?: Record<string, string>, body?: object }} request body: sent as JSON */
export function encodeRequest({ method = 'GET', path, headers = {}, body }) {
  const text = body === undefined ? '' : JSON.stringify(body)
  const all = {
    host: '127.0.0.1',
    ...headers,
    ...(body && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${text}`)
}

/** Null as long as more is to come. */
function readAnswer(bytes) {
  const end = bytes.indexOf(END_OF_HEAD)
  if (end < 0) return null
  const head = bytes.toString('latin1', 0, end).toLowerCase()
  const status = Number(head.slice(9, 12))
  const start = end + END_OF_HEAD.length
  const length = /\r\ncontent-length: (\d+)/.exec(head)
  if (length !== null) {
    const stop = start + Number(length[1])
    return bytes.length < stop ? null : { status, body: bytes.subarray(start, stop) }
  }
  if (!head.includes('\r\ntransfer-encoding: chunked')) return { status, body: bytes.subarray(start) }
  const isWhole = bytes.subarray(-END_OF_CHUNKS.length).equals(END_OF_CHUNKS)
  return isWhole ? { status, body: bytes.subarray(start) } : null
}
