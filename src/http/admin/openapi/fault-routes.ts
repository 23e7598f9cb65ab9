import { answers, type ControlRoute, inPath, type Vocabulary } from './control-route.ts'
import { count, either, list, named, object, oneOf, text } from './json-schema.ts'

const area = 'Faults'
const isOfWorld = true

/** Routes about what is to go wrong. */
export function faultRoutes({ vendors, scenarios }: Vocabulary): readonly ControlRoute[] {
  const faults = object({ faults: list(named('Fault')) })
  return [
    {
      method: 'post',
      path: '/faults',
      id: 'createFault',
      area,
      isOfWorld,
      summary: 'Adds a rule, or several of them: all or none',
      body: {
        description: 'A rule, or a list of them',
        isRequired: true,
        schema: either(named('FaultRule'), list(named('FaultRule'))),
      },
      answers: answers(201, 'What was posted, with ids.', either(named('Fault'), faults)),
      refusals: { 409: ['no-tags', 'too-many-tags'], 422: ['invalid-body', 'invalid-fault'] },
    },
    {
      method: 'get',
      path: '/faults',
      id: 'listFaults',
      area,
      isOfWorld,
      summary: 'All rules with how often they matched, hit, and may hit yet',
      answers: answers(200, 'In the order in which they are asked.', faults),
    },
    {
      method: 'delete',
      path: '/faults/{id}',
      id: 'deleteFault',
      area,
      isOfWorld,
      summary: 'Takes a rule away',
      parameters: [inPath('id', 'Id of a rule', text)],
      answers: answers(204, 'It is gone.', null),
      refusals: { 404: ['fault-missing'] },
    },
    {
      method: 'delete',
      path: '/faults',
      id: 'clearFaults',
      area,
      isOfWorld,
      summary: 'Takes all rules away',
      answers: answers(204, 'There are none.', null),
    },
    {
      method: 'get',
      path: '/faults/scenarios',
      id: 'listScenarios',
      area,
      isOfWorld: false,
      summary: 'All scenarios with what a correct client does',
      answers: answers(200, 'The scenarios.', object({ scenarios: list(named('Scenario')) })),
    },
    {
      method: 'post',
      path: '/faults/scenarios/{name}',
      id: 'startScenario',
      area,
      isOfWorld,
      summary: 'Makes a rule of a scenario, and the tags that it needs',
      parameters: [inPath('name', 'Name of a scenario', oneOf(...scenarios))],
      body: {
        description: 'Whom it is about, and how often; `project` by path or id gets the tags',
        isRequired: false,
        schema: object(
          {},
          {
            project: either(text, count),
            vendor: oneOf(...vendors),
            user: text,
            token: text,
            path: text,
            after: count,
            times: named('Times'),
          },
        ),
      },
      answers: answers(201, 'The rule.', named('Fault')),
      refusals: {
        404: ['scenario-missing'],
        409: ['no-tags', 'too-many-tags'],
        422: ['invalid-body', 'invalid-fault'],
      },
    },
  ]
}
