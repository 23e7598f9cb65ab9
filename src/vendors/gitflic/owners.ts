import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { visibilityOf } from '../../forge/catalogue.ts'
import type { Owner } from '../../forge/model.ts'
import type { Endpoint } from './context.ts'
import { PageQuery } from './page-schemas.ts'
import { pageOf, pageRequest, sendPage } from './paging.ts'
import { presentCompany, presentTeam } from './present-project.ts'
import * as schemas from './project-schemas.ts'
import type { Quirks } from './quirks.ts'
import { OwnerParams } from './schemas.ts'

const COMPANY: Endpoint = { scopes: ['COMPANY_READ'] }
const TEAM: Endpoint = { scopes: ['TEAM_READ'] }

type Listing = (request: FastifyRequest, owner: Owner) => boolean

const isPublic: Listing = ({ forge }, owner) => visibilityOf(forge, owner) !== 'private'
const isMine: Listing = (request, owner) => roleIn(request, owner) === 'owner'
const isShared: Listing = (request, owner) => (roleIn(request, owner) ?? 'owner') !== 'owner'

/** https://docs.gitflic.ru/en/api/company */
export function registerCompanies(instance: FastifyInstance, quirks: Quirks): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  for (const [path, keep] of [['/company', isPublic] as const, ['/company/my', isMine] as const]) {
    app.get(
      path,
      {
        config: { operation: 'gitflic.listCompanies', gitflic: COMPANY },
        schema: { querystring: PageQuery, response: { 200: schemas.CompanyPage } },
      },
      async (request, reply) => {
        const page = pageRequest(request.query, quirks)
        const owners = ownersOf(request, 'company', keep)
        const items = pageOf(owners, page).map((owner) => presentCompany(owner, isPrivate(request, owner)))
        return sendPage(reply, 'companyList', items, owners.length, page)
      },
    )
  }

  app.get(
    '/company/:alias',
    {
      config: { operation: 'gitflic.getCompany', gitflic: { ...COMPANY, needs: 'company' } },
      schema: { params: OwnerParams, response: { 200: schemas.Company } },
    },
    async (request) => presentCompany(request.gitflicOwner, isPrivate(request, request.gitflicOwner)),
  )
}

/** https://docs.gitflic.ru/en/api/team */
export function registerTeams(instance: FastifyInstance, quirks: Quirks): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()

  const lists = [
    ['/team', isPublic] as const,
    ['/team/my', isMine] as const,
    ['/team/shared', isShared] as const,
  ]
  for (const [path, keep] of lists) {
    app.get(
      path,
      {
        config: { operation: 'gitflic.listTeams', gitflic: TEAM },
        schema: { querystring: PageQuery, response: { 200: schemas.TeamPage } },
      },
      async (request, reply) => {
        const page = pageRequest(request.query, quirks)
        const owners = ownersOf(request, 'team', keep)
        const items = pageOf(owners, page).map((owner) => presentTeam(owner, isPrivate(request, owner)))
        return sendPage(reply, 'teamList', items, owners.length, page)
      },
    )
  }

  app.get(
    '/team/:alias',
    {
      config: { operation: 'gitflic.getTeam', gitflic: { ...TEAM, needs: 'team' } },
      schema: { params: OwnerParams, response: { 200: schemas.Team } },
    },
    async (request) => presentTeam(request.gitflicOwner, isPrivate(request, request.gitflicOwner)),
  )
}

function ownersOf(request: FastifyRequest, kind: Owner['kind'], keep: Listing): Owner[] {
  return request.forge.world.owners.filter((owner) => owner.kind === kind && keep(request, owner))
}

function roleIn({ gitflic }: FastifyRequest, owner: Owner) {
  return owner.members.get(gitflic.user.username)
}

function isPrivate({ forge }: FastifyRequest, owner: Owner): boolean {
  return visibilityOf(forge, owner) === 'private'
}
