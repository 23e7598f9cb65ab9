import { spawn } from 'node:child_process'
import { buffer } from 'node:stream/consumers'
import { git, gitEnvironment } from './tag-repository.mjs'

const ZERO = '0'.repeat(40)
const CAPABILITIES = 'report-status agent=git/bench'

/**
 * The body of a push that brings everything of a repository to an empty one. git's own client takes minutes to name a hundred
 * thousand refs over HTTP, so it is put together here.
 */
export async function wholePush(repository) {
  const refs = git(repository, ['for-each-ref', '--format=%(objectname) %(refname)']).trimEnd().split('\n')
  const commands = refs.map((line, at) => packet(`${ZERO} ${line}${at === 0 ? `\0${CAPABILITIES}` : ''}`))
  const program = spawn('git', ['pack-objects', '--all', '--stdout', '-q'], {
    cwd: repository,
    env: gitEnvironment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return {
    count: refs.length,
    body: Buffer.concat([...commands, Buffer.from('0000'), await buffer(program.stdout)]),
  }
}

/** Sends it and answers how many refs were taken. Throws what the server says instead. */
export async function sendPush(url, token, body) {
  const authorization = `Basic ${Buffer.from(`bench:${token}`).toString('base64')}`
  const headers = { authorization, 'content-type': 'application/x-git-receive-pack-request' }
  const response = await fetch(`${url}/git-receive-pack`, { method: 'POST', headers, body })
  const report = await response.text()
  if (!response.ok || !report.includes('unpack ok'))
    throw new Error(`${response.status} ${report.slice(0, 500)}`)
  return report.split('ok refs/').length - 1
}

function packet(text) {
  const bytes = Buffer.from(`0000${text}\n`)
  bytes.write(bytes.length.toString(16).padStart(4, '0'), 0)
  return bytes
}
