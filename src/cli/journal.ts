import type { JournalEntry as Entry, FindingKind } from '../client/index.ts'
import type { JournalControl, JournalFilter } from '../client/world-controls.ts'
import { findingKinds } from '../http/findings/finding.ts'
import { exitCodes } from './exit-codes.ts'
import { writeEntry, writeFinding } from './journal-entry.ts'
import type { Definition, Writers } from './outlines.ts'
import { addServerFlags, connectTo, type ServerFlags } from './server-flags.ts'
import { jsonLine } from './wording.ts'

interface JournalFlags extends ServerFlags, Readonly<Partial<Record<keyof typeof filters, string>>> {
  readonly follow?: boolean
  readonly findings?: boolean
  readonly kind?: string
}

/** The filters of docs/control-plane.md. What is wrong with one is for the server to say: it knows its vendors and operations. */
const filters = {
  vendor: ['<id>', 'gitlab, bitbucket, gitflic or codearts'],
  operation: ['<name>', 'what the route does: gitlab.createTag, git.receivePack …'],
  method: ['<method>', 'GET, POST …'],
  path: ['<part>', 'a part of the path'],
  status: ['<status>', '404, or a class: 4xx'],
  user: ['<username>', 'whom the credential led to'],
  since: ['<number>', 'only what came after the request with this number'],
  limit: ['<number>', 'at most so many: the latest ones, or with --since the first ones (default: 100)'],
} as const

export const defineJournal: Definition = (command, { out, err }) => {
  addServerFlags(command)
    .option('--no-json', 'readable text, even in a pipe (JSON lines are the default there)')
    .option('-f, --follow', 'requests as they end, until Ctrl+C; with --since, from there')
    .option(
      '--findings',
      'what clients do wrong, of a server that is strict; exit code 1 when there is something',
    )
    .option('--kind <kind>', `of findings: ${findingKinds.join(', ')}`)
  for (const [name, [value, help]] of Object.entries(filters)) command.option(`--${name} ${value}`, help)
  command.addHelpText('after', `\n${examples}`).action(async (flags: JournalFlags) => {
    const { journal, url } = await connectTo(flags)
    const write = writerFor(flags)
    const filter = filterOf(flags)
    if (flags.findings) return await showFindings(journal, filter, flags, out)
    if (!flags.follow) {
      for (const entry of await journal.list(filter)) out(write(entry))
      return
    }
    if (process.stderr.isTTY) err(`Waiting for requests to ${url}; Ctrl+C ends it.\n`)
    const signal = endOfReader()
    for await (const entry of journal.follow({ ...filter, signal })) out(write(entry))
  })
}

async function showFindings(
  journal: JournalControl,
  filter: JournalFilter,
  { json = !process.stdout.isTTY, kind }: JournalFlags,
  out: Writers['out'],
): Promise<void> {
  // What is wrong with a kind is for the server to say.
  const wanted = kind === undefined ? filter : { ...filter, kind: kind as FindingKind }
  const findings = await journal.findings(wanted)
  for (const finding of findings) out(json ? jsonLine(finding) : writeFinding(finding))
  if (findings.length > 0) process.exitCode = exitCodes.failed.code
}

function writerFor({ json = !process.stdout.isTTY }: JournalFlags): (entry: Entry) => string {
  return json ? jsonLine : writeEntry
}

function filterOf(flags: JournalFlags): JournalFilter {
  const given = Object.keys(filters).map((name) => [name, flags[name as keyof typeof filters]] as const)
  return Object.fromEntries(given.filter(([, text]) => text !== undefined))
}

/** `journal --follow | head -1`: when nobody reads any more, there is nothing left to wait for. */
function endOfReader(): AbortSignal {
  const over = new AbortController()
  process.stdout.once('error', () => over.abort())
  return over.signal
}

const examples = `Examples:
  fakeforge journal                               # the latest 100; on a terminal readable, in a pipe JSON lines
  fakeforge journal --status 4xx --user dee       # what was refused to dee, and by which rule
  fakeforge journal --operation gitlab.createTag --limit 1 --no-json
  fakeforge journal | jq -r '.status' | sort | uniq -c
  fakeforge journal --follow --vendor bitbucket   # watch a client at work`
