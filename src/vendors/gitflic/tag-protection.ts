import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import { fail } from '../../failure.ts'
import type { Forge } from '../../forge/forge.ts'
import type { Owner, TagRule } from '../../forge/model.ts'
import { applyOwnerRules, createOwnerRule, deleteOwnerRule, editOwnerRule } from '../../forge/owner-rules.ts'
import type { Endpoint } from './context.ts'
import { PageQuery } from './page-schemas.ts'
import { pageOf, pageRequest, sendPage } from './paging.ts'
import type { Quirks } from './quirks.ts'
import { levelNamed, presentRule, uuidOfRule } from './rules.ts'
import * as schemas from './schemas.ts'

/**
 * https://docs.gitflic.ru/en/api/tag, alike for companies and teams; for their administrators only, reading included.
 * The rules act on a project once they have been applied to it.
 */
export function registerTagProtection(
  instance: FastifyInstance,
  quirks: Quirks,
  needs: 'company' | 'team',
): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  const rules = `/${needs}/:alias/tag-protection`
  const upper = needs === 'company' ? 'COMPANY' : 'TEAM'
  const reading: Endpoint = { scopes: [`${upper}_READ`], needs, role: 'maintainer' }
  const writing: Endpoint = { scopes: [`${upper}_WRITE`], needs, role: 'maintainer' }

  app.get(
    rules,
    {
      config: { operation: 'gitflic.listTagRules', gitflic: reading },
      schema: {
        params: schemas.OwnerParams,
        querystring: PageQuery,
        response: { 200: schemas.TagRulePage },
      },
    },
    async ({ forge, gitflicOwner: owner, query }, reply) => {
      const page = pageRequest(query, quirks)
      const all = forge.ownerRules(owner)
      const items = pageOf(all, page).map((rule) => presentRule(rule, owner))
      return sendPage(reply, 'restTagProtectionModelList', items, all.length, page)
    },
  )

  app.get(
    `${rules}/:tagProtectionUuid`,
    {
      config: { operation: 'gitflic.getTagRule', gitflic: reading },
      schema: { params: schemas.TagRuleParams, response: { 200: schemas.TagRule } },
    },
    async ({ forge, gitflicOwner: owner, params }) =>
      presentRule(ruleOf(forge, owner, params.tagProtectionUuid), owner),
  )

  app.post(
    `${rules}/create`,
    {
      config: { operation: 'gitflic.createTagRule', gitflic: writing },
      schema: {
        params: schemas.OwnerParams,
        body: schemas.NewTagRule,
        response: { 200: schemas.TagRule },
      },
    },
    async ({ forge, gitflicOwner: owner, body }) =>
      presentRule(createOwnerRule(forge, owner, body.tagTemplate, levelNamed(body.allowToCreate)), owner),
  )

  app.patch(
    `${rules}/edit`,
    {
      config: { operation: 'gitflic.updateTagRule', gitflic: writing },
      schema: {
        params: schemas.OwnerParams,
        body: schemas.TagRuleChange,
        response: { 200: schemas.TagRule },
      },
    },
    async ({ forge, gitflicOwner: owner, body }) => {
      const { id } = ruleOf(forge, owner, body.uuid)
      return presentRule(editOwnerRule(forge, owner, id, levelNamed(body.allowToCreate)), owner)
    },
  )

  app.delete(
    `${rules}/:tagProtectionUuid`,
    {
      config: { operation: 'gitflic.deleteTagRule', gitflic: writing },
      schema: { params: schemas.TagRuleParams },
    },
    async ({ forge, gitflicOwner: owner, params }, reply) => {
      deleteOwnerRule(forge, owner, ruleOf(forge, owner, params.tagProtectionUuid).id)
      return reply.code(204).send()
    },
  )

  app.post(
    `${rules}/apply-settings-to-projects`,
    {
      config: { operation: 'gitflic.applyTagRules', gitflic: writing },
      schema: { params: schemas.OwnerParams },
    },
    async ({ forge, gitflicOwner: owner }, reply) => {
      await applyOwnerRules(forge, owner)
      return reply.code(204).send()
    },
  )
}

/** Unknown, malformed and somebody else's are all the same. */
function ruleOf(forge: Forge, owner: Owner, uuid: string): TagRule {
  return (
    forge.ownerRules(owner).find((rule) => uuidOfRule(rule) === uuid.toLowerCase()) ??
    fail('rule-missing', { rule: uuid })
  )
}
