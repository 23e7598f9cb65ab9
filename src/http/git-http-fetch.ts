/** Fetches: where the HTTP mount hands over to upload-pack. */
import { advertiseRefs } from '../git/wire/advertise.ts'
import type { GitExchange } from './git-exchange.ts'

/** The answer to `GET …/info/refs?service=git-upload-pack`, without the `# service=` line. */
export function advertiseFetch({ project, version, agent }: GitExchange): Iterable<Buffer> {
  return advertiseRefs(project.repository, {
    service: 'git-upload-pack',
    version: version === 1 ? 1 : 0,
    capabilities: ['object-format=sha1', `agent=${agent}`],
  })
}

/** The answer to `POST …/git-upload-pack`; throws WireError before its first chunk for what breaks the protocol. */
export async function* answerFetch({ body }: GitExchange): AsyncGenerator<Buffer> {
  for await (const chunk of body) yield chunk.subarray(0, 0)
}
