import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encodeLine } from '../../src/git/wire/pkt-line.ts'
import { type FakeForge, startFakeForge } from '../../src/index.ts'

let forge: FakeForge
beforeAll(async () => {
  const commits = [{ label: 'c1', message: 'One\n', date: '2024-01-01T10:00:00Z', files: { a: 'a\n' } }]
  const projects = [{ path: 'acme/open', id: 1, visibility: 'public' as const, commits }]
  forge = await startFakeForge({ logLevel: 'silent', fixture: { owners: [{ alias: 'acme' }], projects } })
})
afterAll(() => forge.close())

/** Sends all of a request before it reads anything, as curl does for git, and answers what comes then. */
function sendAll(head: string, body: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(forge.port, '127.0.0.1')
    socket.pause()
    socket.once('error', reject)
    socket.write(head)
    socket.write(body, () => {
      let answer = ''
      socket.on('data', (chunk) => {
        answer += chunk
        if (!answer.endsWith('\r\n0\r\n\r\n')) return
        socket.destroy()
        resolve(answer)
      })
      socket.resume()
    })
  })
}

describe('a fetch that is refused at its first line', () => {
  it('is told so although much more of it is to come', async () => {
    const lines = [`want ${'1'.repeat(40)}`, ...Array<string>(400_000).fill(`have ${'2'.repeat(40)}`)]
    const body = Buffer.concat(lines.map((line) => encodeLine(line)))
    const head = [
      'POST /acme/open.git/git-upload-pack HTTP/1.1',
      'host: localhost',
      'content-type: application/x-git-upload-pack-request',
      `content-length: ${body.length}`,
    ]
    const answer = await sendAll(`${head.join('\r\n')}\r\n\r\n`, body)
    expect(answer).toContain(`ERR upload-pack: not our ref ${'1'.repeat(40)}`)
  })
})
