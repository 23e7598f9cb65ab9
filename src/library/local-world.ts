import type { ClockControl, FaultControl, WebhookControl } from '../client/world-controls.ts'
import { readClock, turnClock } from '../http/admin/clock.ts'
import { listFaults, listScenarios, postFaults, postScenario, removeFault } from '../http/admin/faults.ts'
import type { AdminOptions } from '../http/admin/index.ts'
import {
  type DeliveryQuery,
  findDelivery,
  readDeliveries,
  redeliver,
  untilSettled,
} from '../http/admin/webhooks.ts'
import { change, enter, type Place } from './place.ts'

export function localClock(place: Place): ClockControl {
  const turn = (given: Readonly<Record<string, unknown>>) =>
    change(place, (sandbox) => turnClock(sandbox, given))
  return {
    get: async () => {
      enter(place)
      return readClock(place.sandbox)
    },
    set: (now) => turn({ now: textOf(now) }),
    freeze: (now) => turn({ now: now && textOf(now), frozen: true }),
    resume: () => turn({ frozen: false }),
    advance: (seconds) => turn({ advance: seconds }),
  }
}

function textOf(instant: string | Date): string {
  return typeof instant === 'string' ? instant : instant.toISOString()
}

export function localFaults(place: Place): FaultControl {
  const { sandbox } = place
  /** Rules name operations, and it is routes that have these names; routes are registered late. */
  const learn = async (): Promise<AdminOptions> => {
    const control = enter(place)
    await control.operations.learn()
    return control
  }
  return {
    add: async (rule) => {
      const [posted] = await postFaults(await learn(), sandbox, [rule])
      return posted as NonNullable<typeof posted>
    },
    addAll: async (rules) => postFaults(await learn(), sandbox, rules),
    list: async () => listFaults(enter(place), sandbox),
    remove: async (id) => removeFault(enter(place), sandbox, id),
    clear: async () => enter(place).faults.of(sandbox).clear(),
    scenario: async (name, input) => postScenario(await learn(), sandbox, name, input),
    scenarios: async () => listScenarios(enter(place)),
  }
}

export function localWebhooks(place: Place): WebhookControl {
  const { sandbox, app } = place
  const courier = () => {
    enter(place)
    return app.courier
  }
  return {
    list: async (filter = {}) => readDeliveries(courier(), sandbox, queryOf(filter)).deliveries,
    settled: async ({ timeout, ...filter } = {}) => {
      await untilSettled(courier().outbox(sandbox), timeout === undefined ? undefined : String(timeout))
      return readDeliveries(courier(), sandbox, queryOf(filter))
    },
    get: async (id) => findDelivery(courier(), sandbox, String(id)),
    redeliver: async (id) => redeliver(courier(), sandbox, String(id)),
    clear: async () => courier().clear(sandbox),
  }
}

function queryOf(filter: object): DeliveryQuery {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
}
