import { randomUUID } from 'node:crypto'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { FastifyInstance } from 'fastify'
import type { User } from '../../forge/model.ts'
import type { Project } from '../../forge/project.ts'
import { message, refuse } from './errors.ts'
import { HookTestParams, type TestTrigger } from './hook-schemas.ts'
import { demandWriter, findHook } from './hooks.ts'
import { presentPush } from './present-push.ts'
import type { Profile } from './profiles.ts'
import { viewSample } from './push-view.ts'
import { requestTo } from './webhook.ts'

/** What a project has to have for a test of each kind; there is none of it here. Integrations::ProjectTestData */
const MISSING: Readonly<Partial<Record<TestTrigger, string>>> = {
  issues_events: 'issues',
  confidential_issues_events: 'issues',
  merge_requests_events: 'merge requests',
  note_events: 'notes',
  confidential_note_events: 'notes',
  job_events: 'CI jobs',
  pipeline_events: 'CI pipelines',
  deployment_events: 'deployments',
}

/** lib/api/hooks/trigger_test.rb: the answer waits for the receiver's. */
export function registerHookTest(instance: FastifyInstance, profile: Profile): void {
  const app = instance.withTypeProvider<TypeBoxTypeProvider>()
  app.post(
    '/projects/:id/hooks/:hook_id/test/:trigger',
    {
      config: { operation: 'gitlab.testHook', gitlab: { needs: 'project', user: true } },
      preValidation: demandWriter,
      schema: { params: HookTestParams },
    },
    async ({ gitlab, gitlabProject: project, params, sandbox }, reply) => {
      const { trigger } = params
      const hook = findHook(project, params.hook_id)
      if (trigger !== 'push_events' && trigger !== 'tag_push_events') return refuseTrigger(trigger)
      const view = viewSample(sceneOf(project, gitlab.identity.user), trigger === 'tag_push_events')
      if (!view)
        return refuse('hook-test-data-missing', message(422, 'Ensure the project has at least one commit.'))
      const ids = { event: randomUUID(), delivery: randomUUID() }
      const data = presentPush(view, gitlab.base, profile)
      const request = requestTo(hook, trigger, data, { ids, base: gitlab.base, profile })
      if (!request)
        return refuse(
          'hook-template-unparsable',
          message(422, 'Error while parsing rendered custom webhook template'),
        )
      const { state, attempts } = await app.courier.try(sandbox, project, 'gitlab', hook, request)
      const last = attempts.at(-1)
      if (state !== 'delivered')
        refuse('hook-test-failed', message(422, last?.answer?.body ?? last?.error ?? ''))
      return reply.code(201).send({ message: '201 Created' })
    },
  )
}

function sceneOf(project: Project, actor: User | null) {
  const { defaultBranch, tagRules } = project
  return { project, actor, defaultBranch, tagRules }
}

function refuseTrigger(trigger: TestTrigger): never {
  const missing = MISSING[trigger]
  if (missing) refuse('hook-test-data-missing', message(422, `Ensure the project has ${missing}.`))
  return refuse('hook-test-unavailable', message(422, 'Testing not available for this hook'))
}
