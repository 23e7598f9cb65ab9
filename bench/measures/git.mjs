import { execFile } from 'node:child_process'
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { scratchFolder, startWorld, TOKEN, worldOf } from '../git-world.mjs'
import { startServer } from '../processes.mjs'
import { askForRefs, composePush, sendPush } from '../push-requests.mjs'
import { row } from '../row.mjs'
import { sideBySide } from '../side-by-side.mjs'
import { addTags, borrowingRepository, git, gitEnvironment, tagRepository } from '../tag-repository.mjs'

const TAGS = 100_000
const PUSHED = 1000
const PUSHED_BY_GIT = 10
const WARMUP = 1
const goal = '≤ 1.0×'

export default {
  id: 'P10',
  name: 'git',
  title: 'git over HTTP at 100,000 annotated tags, against git http-backend',
  async measure({ root, quick, log }) {
    const rounds = quick ? 3 : 5
    const folder = scratchFolder()
    const origin = await tagRepository(TAGS)
    const served = join(folder, 'acme/large.git')
    cpSync(origin, served, { recursive: true })
    git(served, ['config', 'http.receivepack', 'true'])
    await addTags(served, numbered('fetched', rounds + WARMUP), 'refs/heads/main^0')
    const ours = await startWorld(root, folder, worldOf({ large: served }))
    const theirs = await startServer({
      args: (port) => [join(root, 'bench/rivals/git-backend.mjs'), String(port), folder],
      path: '/',
    })
    const servers = { ours, theirs }
    try {
      const tasks = [
        ...lists(),
        ...clones(folder),
        fetch(folder, served),
        ...(await pushes(folder, origin, rounds)),
      ]
      const rows = []
      for (const { what, run } of tasks) {
        log(`  ${what}`)
        const contenders = Object.fromEntries(
          Object.entries(servers).map(([side, { url }]) => [
            side,
            (round) => run(`${url}/acme/large.git`, side, round),
          ]),
        )
        const result = await sideBySide(contenders, { rounds, warmup: WARMUP })
        rows.push(row({ what, ours: result.ours, theirs: result.theirs, unit: 'ms', goal }))
      }
      return rows
    } finally {
      await Promise.all([ours.stop(), theirs.stop()])
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

const versions = [
  ['v2', 2],
  ['v0', 0],
]

function lists() {
  return versions.map(([name, version]) => ({
    what: `ls-remote --tags, ${name}`,
    run: (url) => timeGit(version, ['ls-remote', '--tags', url]),
  }))
}

function clones(folder) {
  return versions.map(([name, version]) => ({
    what: `clone --bare, ${name}`,
    run: async (url) => {
      const clone = join(folder, 'clone.git')
      const time = await timeGit(version, ['clone', '--quiet', '--bare', url, clone])
      rmSync(clone, { recursive: true })
      return time
    },
  }))
}

/** Into clones that have all the other tags. */
function fetch(folder, served) {
  const clones = Object.fromEntries(['ours', 'theirs'].map((side) => [side, join(folder, `old-${side}.git`)]))
  for (const clone of Object.values(clones)) {
    git(folder, ['init', '--quiet', '--bare', clone])
    const past = ['refs/heads/*:refs/heads/*', 'refs/tags/v*:refs/tags/v*']
    git(clone, ['fetch', '--quiet', '--no-tags', served, ...past])
    git(clone, ['pack-refs', '--all'])
  }
  return {
    what: 'fetch of one new tag',
    run: (url, side, round) => {
      const ref = `refs/tags/fetched/${round + WARMUP}`
      return timeGit(2, ['-C', clones[side], 'fetch', '--quiet', '--no-tags', url, `${ref}:${ref}`])
    },
  }
}

/**
 * As its two requests: git's own client takes more than a minute to compare a thousand refs with a hundred thousand, whoever
 * the server is. It is measured with a few.
 */
async function pushes(folder, origin, rounds) {
  const pusher = borrowingRepository(join(folder, 'pusher.git'), origin, ['refs/heads/main'])
  const prefixOf = (kind, round) => `refs/tags/${kind}-${round + WARMUP}/`
  const bodies = new Map()
  for (let round = -WARMUP; round < rounds; round += 1) {
    for (const [kind, count] of Object.entries({ many: PUSHED, few: PUSHED_BY_GIT })) {
      const names = numbered(prefixOf(kind, round).slice('refs/tags/'.length, -1), count)
      await addTags(pusher, names, 'refs/heads/main^0')
    }
    const push = { prefix: prefixOf('many', round), known: ['refs/heads/main'] }
    bodies.set(round, await composePush(pusher, push))
  }
  git(pusher, ['pack-refs', '--all'])
  const credential = Buffer.from(`bench:${TOKEN}`).toString('base64')
  const header = ['-c', `http.extraHeader=Authorization: Basic ${credential}`]
  return [
    {
      what: `push of ${PUSHED.toLocaleString('en-US')} tags, as two requests`,
      run: async (url, _side, round) => {
        const { body, count } = bodies.get(round)
        const started = performance.now()
        await askForRefs(url, TOKEN)
        const taken = await sendPush(url, TOKEN, body)
        if (taken !== count) throw new Error(`${taken} of ${count} refs were taken`)
        return performance.now() - started
      },
    },
    {
      what: `push of ${PUSHED_BY_GIT} tags by git`,
      run: (url, _side, round) => {
        const refs = `${prefixOf('few', round)}*:${prefixOf('few', round)}*`
        return timeGit(2, [...header, '-C', pusher, 'push', '--quiet', url, refs])
      },
    },
  ]
}

function numbered(prefix, count) {
  return Array.from({ length: count }, (_, number) => `${prefix}/${number}`)
}

async function timeGit(version, args) {
  const started = performance.now()
  await promisify(execFile)('git', ['-c', `protocol.version=${version}`, ...args], {
    env: gitEnvironment,
    maxBuffer: 2 ** 30,
  })
  return performance.now() - started
}
