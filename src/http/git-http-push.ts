/** Pushes: where the HTTP mount hands over to receive-pack. */
import { movePushedRefs } from '../forge/push.ts'
import type { PackLimits } from '../git/pack-ingest.ts'
import { advertiseRefs } from '../git/wire/advertise.ts'
import { PacketStream } from '../git/wire/packet-stream.ts'
import { PUSH_CAPABILITIES, receivePack } from '../git/wire/receive-pack.ts'
import type { GitExchange } from './git-exchange.ts'

/** The answer to `GET …/info/refs?service=git-receive-pack`, without the `# service=` line. */
export function advertisePush({ project, version, agent }: GitExchange): Iterable<Buffer> {
  return advertiseRefs(project.repository, {
    service: 'git-receive-pack',
    // There is no protocol 2 for pushes: who asks for it gets protocol 0, as from git.
    version: version === 1 ? 1 : 0,
    capabilities: [...PUSH_CAPABILITIES, `agent=${agent}`],
  })
}

/**
 * The answer to `POST …/git-receive-pack`. Throws WireError before the first chunk for what breaks the protocol: it is sent
 * as an `ERR` packet.
 */
export function answerPush({
  project,
  identity,
  mount,
  body,
  bodyLimit,
}: GitExchange): AsyncGenerator<Buffer> {
  const by = { actor: identity.user, via: 'push', vendor: mount.vendor } as const
  return receivePack(
    project.repository,
    new PacketStream(body),
    {
      judge: (changes, options) => mount.face.push.judge({ project, identity, changes, options }),
      move: (updates) => movePushedRefs(project, updates, by),
    },
    unpackLimits(bodyLimit),
  )
}

/** What may come out of a body: little data can unpack to very much. */
function unpackLimits(bodyLimit: number): PackLimits {
  return { objectBytes: Math.ceil(bodyLimit / 4), totalBytes: 4 * bodyLimit }
}
