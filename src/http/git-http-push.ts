/** Pushes: where the HTTP mount hands over to receive-pack. */
import { advertiseRefs } from '../git/wire/advertise.ts'
import { WireError } from '../git/wire/wire-error.ts'
import type { GitExchange } from './git-exchange.ts'

/** The answer to `GET …/info/refs?service=git-receive-pack`, without the `# service=` line. */
export function advertisePush({ project, version, agent }: GitExchange): Iterable<Buffer> {
  return advertiseRefs(project.repository, {
    service: 'git-receive-pack',
    // There is no protocol 2 for pushes: who asks for it gets protocol 0, as from git.
    version: version === 1 ? 1 : 0,
    capabilities: ['object-format=sha1', `agent=${agent}`],
  })
}

/**
 * The answer to `POST …/git-receive-pack`. Throws WireError before the first chunk for what breaks the protocol: it is sent
 * as an `ERR` packet.
 */
// biome-ignore lint/correctness/useYield: an answer without any chunk is an answer
export async function* answerPush({ body }: GitExchange): AsyncGenerator<Buffer> {
  for await (const chunk of body) {
    if (!chunk.equals(Buffer.from('0000'))) throw new WireError('this repository takes no pushes')
  }
}
