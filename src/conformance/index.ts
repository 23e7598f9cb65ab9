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
export { drivers } from './drivers/index.ts'
export type { Environment, GitAccess, GitTag, Observer } from './environment.ts'
export { type ClosableGit, type GitAddress, gitAccess } from './git-access.ts'
export { Mismatch } from './mismatch.ts'
export { type RunOptions, runConformance, runStory } from './run.ts'
export { Scene, type View } from './scene.ts'
export { type InjectLike, sendInto, sendTo } from './send.ts'
export { stories } from './stories/index.ts'
export { namesOf } from './stories/names.ts'
export type { Step, StepResult, Story, StoryResult } from './story.ts'
export type { Caller, Send, StoryAnswer, StoryExchange, StoryHeaders, StoryRequest } from './wire.ts'
