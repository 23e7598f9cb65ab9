import { spawn } from 'node:child_process'
import { buffer } from 'node:stream/consumers'
import { git, gitEnvironment } from './tag-repository.mjs'

const ZERO = '0'.repeat(40)
const CAPABILITIES = 'report-status agent=git/bench'

/**
 * The body of a push that brings refs of a repository to one that has only those `known`: all of them to an empty one,
 * unless said otherwise. git's own client compares each ref that it names with each that the server has, which takes it
 * minutes where there are a hundred thousand, whoever the server is; so it is put together here.
 *
 * @param {string} repository
 * @param {{ prefix?: string, known?: string[] }} [options] prefix: of the refs that are pushed
 */
export async function composePush(repository, { prefix = 'refs/', known = [] } = {}) {
  const format = '--format=%(objectname) %(refname)'
  const refs = git(repository, ['for-each-ref', format, prefix]).trimEnd().split('\n')
  const commands = refs.map((line, at) => packet(`${ZERO} ${line}${at === 0 ? `\0${CAPABILITIES}` : ''}`))
  const program = spawn('git', ['pack-objects', '--revs', '--stdout', '-q'], {
    cwd: repository,
    env: gitEnvironment,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const oids = refs.map((line) => line.split(' ', 1)[0])
  program.stdin.end(`${[...oids, ...known.map((ref) => `^${ref}`)].join('\n')}\n`)
  return {
    count: refs.length,
    body: Buffer.concat([...commands, Buffer.from('0000'), await buffer(program.stdout)]),
  }
}

/** Sends it and answers how many refs were taken. Throws what the server says instead. */
export async function sendPush(url, token, body) {
  const headers = { ...credential(token), 'content-type': 'application/x-git-receive-pack-request' }
  const response = await fetch(`${url}/git-receive-pack`, { method: 'POST', headers, body })
  const report = await response.text()
  if (!response.ok || !report.includes('unpack ok'))
    throw new Error(`${response.status} ${report.slice(0, 500)}`)
  return report.split('ok refs/').length - 1
}

/** What git asks before it pushes: which refs there are. Answers how many bytes these take. */
export async function askForRefs(url, token) {
  const response = await fetch(`${url}/info/refs?service=git-receive-pack`, { headers: credential(token) })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  return (await response.arrayBuffer()).byteLength
}

function credential(token) {
  return { authorization: `Basic ${Buffer.from(`bench:${token}`).toString('base64')}` }
}

function packet(text) {
  const bytes = Buffer.from(`0000${text}\n`)
  bytes.write(bytes.length.toString(16).padStart(4, '0'), 0)
  return bytes
}
