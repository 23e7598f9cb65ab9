import { type Evidence, evidenceKinds } from '../../vendors/evidence.ts'

/** The strongest first; of equals the one that was named first. */
export function byStrength(evidence: readonly Evidence[]): readonly Evidence[] {
  return [...evidence].sort((a, b) => evidenceKinds.indexOf(a.kind) - evidenceKinds.indexOf(b.kind))
}
