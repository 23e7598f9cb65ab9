/** Whom and what the variables of `fakeforge env` are about. */
import type { Control } from '../client/control.ts'
import { UsageError } from '../config/mistakes.ts'
import type { ProjectState, State } from '../forge/state/schema.ts'
import type { VendorId } from '../options.ts'

export interface EnvWishes {
  readonly user?: string
  readonly project?: string
}

export interface EnvScene {
  /** Where the vendor's API is, and what its other addresses begin with. */
  readonly api: string
  readonly base: string
  readonly username: string
  readonly password: string | null
  readonly token: string
  readonly jobToken: string | null
  readonly accessKey: { readonly id: string; readonly secret: string } | null
  /** Null in a world without projects. */
  readonly project: EnvProject | null
}

export interface EnvProject {
  readonly id: number
  readonly path: string
  /** Of its owner, which to CodeArts is the project that a repository is in. */
  readonly ownerUuid: string
  readonly defaultBranch: string
  /** With the user's credentials in it. */
  readonly cloneUrl: string
}

const apiPaths: Readonly<Record<VendorId, string>> = {
  gitlab: '/api/v4',
  bitbucket: '/rest/api/1.0',
  gitflic: '',
  codearts: '',
}

/** Throws UsageError when there is no such user or project. */
export async function findScene(control: Control, vendor: VendorId, wishes: EnvWishes): Promise<EnvScene> {
  const state = (await control.state()) as unknown as State
  const username = chooseUser(state, wishes.user)
  const tokens = state.tokens.filter((token) => token.username === username && token.state === 'active')
  const token = tokens.find(({ kind, scopes }) => kind === 'personal' && scopes === null)?.value ?? ''
  const key = state.accessKeys.find((known) => known.username === username)
  const project = chooseProject(state, username, wishes.project)
  const api = control[vendor].url
  return {
    api,
    base: api.slice(0, api.length - apiPaths[vendor].length),
    username,
    password: state.users.find((user) => user.username === username)?.password ?? null,
    token,
    jobToken: tokens.find(({ kind }) => kind === 'job')?.value ?? null,
    accessKey: key ? { id: key.id, secret: key.secret } : null,
    project: project && {
      id: project.id,
      path: project.path,
      ownerUuid: state.owners.find(({ id }) => id === project.owner)?.uuid ?? '',
      defaultBranch: project.repository?.head.replace('refs/heads/', '') ?? 'main',
      cloneUrl: await control[vendor].cloneUrl(project.id, { username, password: token }),
    },
  }
}

/** Only users with a token that may do all that they may. */
function chooseUser({ users, tokens }: State, wanted: string | undefined): string {
  const usable = users.filter(
    ({ username, blocked }) =>
      !blocked &&
      tokens.some(
        (token) =>
          token.username === username &&
          token.kind === 'personal' &&
          token.scopes === null &&
          token.state === 'active',
      ),
  )
  const found = usable.find(({ username }) => wanted === undefined || username === wanted)
  if (found) return found.username
  const names = usable.map(({ username }) => username).join(', ') || 'none, the world has no such user'
  const trouble =
    wanted === undefined ? 'nobody has a token' : `--user: "${wanted}" has no token, or is nobody`
  throw new UsageError([`${trouble}; allowed: ${names}`])
}

function chooseProject(
  { users, owners, projects }: State,
  username: string,
  wanted: string | undefined,
): ProjectState | null {
  if (wanted !== undefined) {
    const named = projects.find(
      ({ path, id }) => path.toLowerCase() === wanted.toLowerCase() || String(id) === wanted,
    )
    if (named) return named
    const paths = projects.map(({ path }) => path).join(', ') || 'none, the world has no projects'
    throw new UsageError([`--project: there is no project "${wanted}"; allowed: ${paths}`])
  }
  const isAdmin = users.some((user) => user.username === username && user.admin)
  const mayRead = ({ visibility, members, owner }: ProjectState) =>
    isAdmin ||
    visibility !== 'private' ||
    members[username] !== undefined ||
    owners.find(({ id }) => id === owner)?.members[username] !== undefined
  const withCode = projects.filter(({ repository }) => repository !== null)
  return withCode.find(mayRead) ?? withCode[0] ?? null
}
