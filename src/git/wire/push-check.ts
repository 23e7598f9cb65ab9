import { findIncomplete, withoutIncomplete } from '../connectivity.ts'
import type { MemoryLayer } from '../memory-layer.ts'
import { ObjectStore } from '../object-store.ts'
import { Pacer } from './pacer.ts'
import type { CheckedPush } from './push-rules.ts'
import type { ReceiveRequest, RefCommand } from './receive-request.ts'
import { type RefRefusal, refuseAtAll } from './ref-refusal.ts'

/**
 * All checks of a push that take long and do not depend on what the refs are: whether everything that the new objects lead
 * to is there, and whether the commands can mean anything. What is incomplete is left out of the objects.
 */
export async function checkPush(
  store: ObjectStore,
  request: ReceiveRequest,
  received: MemoryLayer,
): Promise<CheckedPush> {
  const incomplete = await findIncomplete({ layer: received, store, shallow: request.shallow })
  const layer = await withoutIncomplete(received, incomplete)
  const objects = new ObjectStore([layer, store])
  const refusals = new Map<RefCommand, RefRefusal>()
  const pacer = new Pacer()
  for (const command of request.commands) {
    const refusal = refuseAtAll(command, { objects, incomplete })
    if (refusal !== null) refusals.set(command, refusal)
    if (pacer.isDue) await pacer.rest()
  }
  return { request, layer, objects, refusals }
}
