import type { Faults } from '../faults/faults.ts'
import type { Operations } from '../operations.ts'
import type { Explainer } from './explainer.ts'
import type { CoveredVendor } from './read.ts'

/** What explains answers, if that is wanted; else nothing of it is loaded. */
export async function loadExplainer(
  isWanted: boolean,
  vendors: readonly Pick<CoveredVendor, 'id' | 'evidence'>[],
  operations: Operations,
  faults: Faults,
): Promise<Explainer | null> {
  if (!isWanted) return null
  const { openExplainer } = await import('./explainer.ts')
  return openExplainer(vendors, operations, faults)
}
