import { checkMembers, unknownUser } from '../fixture/check-value.ts'
import type { Problem } from '../fixture/problem.ts'
import { Problems } from '../fixture/problems.ts'
import type { ProjectState, State } from './schema.ts'

/** What the schema cannot say: what is referred to is there, and what is to be unique is. Looks at no object. */
export function checkState(state: State): readonly Problem[] {
  const problems = new Problems()
  const usernames = state.users.map(({ username }) => username)
  checkPeople(state, usernames, problems)
  checkOwners(state, usernames, problems)
  checkProjects(state, usernames, problems)
  checkCounters(state, problems)
  return problems.list
}

function checkPeople(
  { users, tokens, issuedTokens, accessKeys }: State,
  usernames: readonly string[],
  problems: Problems,
): void {
  problems.unique(at('users', 'id', users), 'the id')
  problems.unique(
    users.map(({ username }, i) => [`users[${i}].username`, username.toLowerCase()]),
    'the username',
  )
  problems.unique(
    [...at('tokens', 'value', tokens), ...at('issuedTokens', 'value', issuedTokens)],
    'the token',
  )
  problems.unique(at('accessKeys', 'id', accessKeys), 'the access key')
  const belongings = { tokens, issuedTokens, accessKeys }
  for (const [key, list] of Object.entries(belongings)) {
    list.forEach(({ username }, i) => {
      demandUser(username, `${key}[${i}].username`, usernames, problems)
    })
  }
}

function checkOwners({ users, owners }: State, usernames: readonly string[], problems: Problems): void {
  problems.unique(at('owners', 'id', owners), 'the id')
  problems.unique(
    owners.map(({ alias }, i) => [`owners[${i}].alias`, alias.toLowerCase()]),
    'the alias',
  )
  owners.forEach(({ alias, kind, members }, i) => {
    if (kind === 'user') demandUser(alias, `owners[${i}].alias`, usernames, problems)
    checkMembers(members, `owners[${i}].members`, usernames, problems)
  })
  users.forEach(({ username }, i) => {
    if (!owners.some(({ kind, alias }) => kind === 'user' && alias === username))
      problems.add(`users[${i}]`, 'is not among the owners, as every user is')
  })
}

function checkProjects({ projects, owners }: State, usernames: readonly string[], problems: Problems): void {
  const aliases = new Map(owners.map(({ id, alias }) => [id, alias]))
  const ids = new Set(projects.map(({ id }) => id))
  problems.unique(at('projects', 'id', projects), 'the id')
  problems.unique(
    projects.flatMap(({ path, movedFrom }, i) => [
      [`projects[${i}].path`, path.toLowerCase()] as const,
      ...movedFrom.map((former, j) => [`projects[${i}].movedFrom[${j}]`, former.toLowerCase()] as const),
    ]),
    'the path',
  )
  projects.forEach((project, i) => {
    const here = `projects[${i}]`
    const alias = aliases.get(project.owner)
    if (alias === undefined) problems.add(`${here}.owner`, `there is no owner ${project.owner}`)
    else if (project.path.slice(0, project.path.lastIndexOf('/')) !== alias)
      problems.add(`${here}.path`, `does not lie below ${JSON.stringify(alias)}, its owner`)
    checkMembers(project.members, `${here}.members`, usernames, problems)
    checkReferences(project, here, usernames, ids, problems)
  })
}

function checkReferences(
  { releases, pullRequests, repository }: ProjectState,
  here: string,
  usernames: readonly string[],
  ids: ReadonlySet<number>,
  problems: Problems,
): void {
  problems.unique(at(`${here}.releases`, 'tag', releases), 'a release of tag')
  problems.unique(at(`${here}.pullRequests`, 'number', pullRequests), 'the number')
  releases.forEach(({ author }, j) => {
    // A fixture without users leaves the author empty.
    if (author !== '') demandUser(author, `${here}.releases[${j}].author`, usernames, problems)
  })
  pullRequests.forEach((request, j) => {
    const place = `${here}.pullRequests[${j}]`
    if (request.author !== '') demandUser(request.author, `${place}.author`, usernames, problems)
    request.reviewers.forEach((name, k) => {
      demandUser(name, `${place}.reviewers[${k}]`, usernames, problems)
    })
    for (const end of ['source', 'target'] as const) {
      const { projectId } = request[end]
      if (!ids.has(projectId)) problems.add(`${place}.${end}.projectId`, `there is no project ${projectId}`)
    }
  })
  for (const [ref, username] of Object.entries(repository?.creators ?? {}))
    demandUser(username, `${here}.repository.creators[${JSON.stringify(ref)}]`, usernames, problems)
}

/** Ids are unique over the whole world, and none is above the last that was given. */
function checkCounters({ projects, owners, lastIds }: State, problems: Problems): void {
  const ids = {
    rule: [
      ...projects.flatMap(({ tagRules }, i) => at(`projects[${i}].tagRules`, 'id', tagRules)),
      ...owners.flatMap(({ tagRules }, i) => at(`owners[${i}].tagRules`, 'id', tagRules)),
    ],
    release: projects.flatMap(({ releases }, i) => at(`projects[${i}].releases`, 'id', releases)),
    link: projects.flatMap(({ releases }, i) =>
      releases.flatMap(({ links }, j) => at(`projects[${i}].releases[${j}].links`, 'id', links)),
    ),
    hook: projects.flatMap(({ webhooks }, i) => at(`projects[${i}].webhooks`, 'id', webhooks)),
  }
  for (const kind of ['rule', 'release', 'link', 'hook'] as const) {
    problems.unique(ids[kind], `the ${kind}`)
    for (const [path, id] of ids[kind]) {
      if (id > lastIds[kind]) problems.add(path, `is above lastIds.${kind}, which is ${lastIds[kind]}`)
    }
  }
}

function demandUser(username: string, path: string, usernames: readonly string[], problems: Problems): void {
  if (!usernames.includes(username)) problems.add(path, unknownUser(username))
}

/** Each item's key with the place where it stands. */
function at<Item, Key extends keyof Item & string>(
  list: string,
  key: Key,
  items: readonly Item[],
): (readonly [path: string, value: Item[Key]])[] {
  return items.map((item, i) => [`${list}[${i}].${key}`, item[key]])
}
