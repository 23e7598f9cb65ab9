/** `fakeforge/conformance`: what every forge must do, told to any server; its results are data. */
export type {
  Ability,
  Driver,
  DriverOptions,
  NewTag,
  Order,
  Paging,
  Refusal,
  SeenTag,
} from './driver.ts'
export type { Environment, GitAccess, GitTag, Observer } from './environment.ts'
export { Mismatch } from './mismatch.ts'
export { type RunOptions, runConformance, runStory } from './run.ts'
export { type Role, Scene } from './scene.ts'
export { type InjectLike, sendInto, sendTo } from './send.ts'
export type { Step, StepResult, Story, StoryResult } from './story.ts'
export type { Caller, Send, StoryAnswer, StoryExchange, StoryHeaders, StoryRequest } from './wire.ts'
