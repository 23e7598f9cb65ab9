/** A client for the control plane of a server that runs elsewhere: `fakeforge/client`. */
export { ControlPlaneError, SandboxGoneError } from '../control-plane-error.ts'
export { FakeForgeError } from '../fake-forge-error.ts'
export { FixtureError, type Problem } from '../forge/fixture/problem.ts'
export { StateError } from '../forge/state/problem.ts'
export type { Coverage } from '../http/coverage/coverage.ts'
export type { Finding, FindingKind } from '../http/findings/finding.ts'
export type { Entry as JournalEntry } from '../http/journal/entry.ts'
export type { Credentials } from './clone-url.ts'
export { type ConnectOptions, connect } from './connect.ts'
export { ConnectionError } from './connection-error.ts'
export type {
  Control,
  SandboxControl,
  SandboxFacts,
  SandboxOptions,
  StateDocument,
  VendorAddress,
  VersionFacts,
} from './control.ts'
export type {
  FaultInput,
  LatencyInput,
  PostedFault,
  ScenarioFacts,
  ScenarioInput,
} from './fault-input.ts'
export type {
  ClockControl,
  ClockReading,
  DeliveryFilter,
  FaultControl,
  FindingFilter,
  FollowOptions,
  JournalControl,
  JournalFilter,
  SettledOptions,
  ShownDelivery,
  WebhookControl,
} from './world-controls.ts'
