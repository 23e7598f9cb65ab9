/** Fetches: where the HTTP mount hands over to upload-pack. */
import { advertiseRefs } from '../git/wire/advertise.ts'
import { advertiseCommands } from '../git/wire/command-request.ts'
import { PacketStream } from '../git/wire/packet-stream.ts'
import { FETCH_CAPABILITIES, uploadPack } from '../git/wire/upload-pack.ts'
import { serveCommand } from '../git/wire/upload-pack-v2.ts'
import type { GitExchange } from './git-exchange.ts'

/** The answer to `GET …/info/refs?service=git-upload-pack`, without the `# service=` line. */
export function advertiseFetch({ project, version, agent }: GitExchange): Iterable<Buffer> {
  if (version === 2) return advertiseCommands(agent)
  const capabilities = [...FETCH_CAPABILITIES, `agent=${agent}`]
  return advertiseRefs(project.repository, { service: 'git-upload-pack', version, capabilities })
}

/** The answer to `POST …/git-upload-pack`; throws WireError before its first chunk for what breaks the protocol. */
export function answerFetch({ project, version, body }: GitExchange): AsyncGenerator<Buffer> {
  const packets = new PacketStream(body)
  return version === 2 ? serveCommand(project.repository, packets) : uploadPack(project.repository, packets)
}
