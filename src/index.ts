/** The library: a server in this process, and a client for one elsewhere. Importing it does nothing but define things. */
export { buildApp } from './app.ts'
export type { Credentials } from './client/clone-url.ts'
export { type ConnectOptions, connect } from './client/connect.ts'
export { ConnectionError } from './client/connection-error.ts'
export type {
  Control,
  SandboxControl,
  SandboxFacts,
  SandboxOptions,
  StateDocument,
  VendorAddress,
  VersionFacts,
} from './client/control.ts'
export type {
  FaultInput,
  LatencyInput,
  PostedFault,
  ScenarioFacts,
  ScenarioInput,
} from './client/fault-input.ts'
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
} from './client/world-controls.ts'
export { UsageError } from './config/mistakes.ts'
export { ControlPlaneError, SandboxGoneError } from './control-plane-error.ts'
export { FakeForgeError } from './fake-forge-error.ts'
export { validateFixture } from './forge/fixture/load.ts'
export { FixtureError, type Problem } from './forge/fixture/problem.ts'
export type { Fixture } from './forge/fixture/schema.ts'
export { StateError } from './forge/state/problem.ts'
export type { Coverage } from './http/coverage/coverage.ts'
export type { Finding, FindingKind } from './http/findings/finding.ts'
export type { Entry as JournalEntry } from './http/journal/entry.ts'
export {
  type FakeForge,
  type FakeForgeSandbox,
  type Inject,
  type LocalSandboxOptions,
  type StartOptions,
  startFakeForge,
} from './library/fake-forge.ts'
export { FindingsError } from './library/findings-error.ts'
export type { FailOnFindings } from './library/judged-close.ts'
export type { LogLevel, Options, VendorId } from './options.ts'
export { version } from './version.ts'
