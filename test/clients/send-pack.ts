import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { PacketParser } from '../../src/git/wire/packet-parser.ts'
import { gitEnvironment } from '../git-binary.ts'

/**
 * Pushes with git's own `send-pack`, carrying its request and the answer between it and a server as `git push` would. What is
 * left out is only how `git push` tells it which refs are meant: one by one, which for ten thousand takes minutes.
 */
export async function sendPack(
  repository: string,
  url: string,
  token: string,
  args: readonly string[],
): Promise<void> {
  const authorization = `Basic ${Buffer.from(`x:${token}`).toString('base64')}`
  const listing = await fetch(`${url}/info/refs?service=git-receive-pack`, { headers: { authorization } })
  const advertisement = Buffer.from(await listing.arrayBuffer())
  const program = spawn('git', ['send-pack', '--stateless-rpc', '--thin', '--quiet', ...args, url], {
    cwd: repository,
    env: gitEnvironment,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const complaints: Buffer[] = []
  program.stderr.on('data', (chunk: Buffer) => complaints.push(chunk))
  const exit = once(program, 'close')
  // Without the line that names the service, and the flush after it.
  program.stdin.write(advertisement.subarray(advertisement.indexOf('0000') + 4))
  const body = await readRequest(program.stdout.iterator({ destroyOnReturn: false }))
  program.stdout.resume()
  const answer = await fetch(`${url}/git-receive-pack`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/x-git-receive-pack-request' },
    body,
  })
  program.stdin.end(Buffer.from(await answer.arrayBuffer()))
  const [code] = await exit
  if (code !== 0) throw new Error(Buffer.concat(complaints).toString())
}

/** What is in the packets up to a flush. */
async function readRequest(output: AsyncIterable<Buffer>): Promise<Buffer<ArrayBuffer>> {
  const parser = new PacketParser()
  const payloads: Buffer[] = []
  for await (const chunk of output) {
    parser.feed(chunk)
    for (let packet = parser.next(); packet !== undefined; packet = parser.next()) {
      if (packet === 'flush') return Buffer.concat(payloads)
      if (typeof packet !== 'string') payloads.push(Buffer.from(packet))
    }
  }
  throw new Error('git send-pack sent no request')
}
