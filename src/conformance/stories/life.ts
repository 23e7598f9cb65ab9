import type { SeenTag } from '../driver.ts'
import type { Scene } from '../scene.ts'
import type { Story } from '../story.ts'
import { annotatedSteps } from './annotated-tag.ts'
import { endSteps } from './end-of-a-tag.ts'
import { lightSteps } from './light-tag.ts'
import { moveSteps } from './moved-tag.ts'
import { refusalSteps } from './refused-tag.ts'
import { type Commits, commitsStep } from './seeing.ts'

/** What the parts of the story tell one another. */
export interface Life {
  readonly scene: Scene
  readonly commits: Commits
  /** Names of the story's two tags. */
  readonly light: string
  readonly annotated: string
  /** How they were seen last. */
  readonly seen: { light?: SeenTag; annotated?: SeenTag }
}

export const life: Story = {
  name: 'life',
  summary: 'a tag is made, seen from everywhere, defended, moved, and gone from everywhere',
  steps(scene) {
    const commits = { first: '', second: '' }
    const told: Life = {
      scene,
      commits,
      light: `${scene.prefix}light`,
      annotated: `${scene.prefix}annotated`,
      seen: {},
    }
    return [
      commitsStep(scene, commits),
      ...lightSteps(told),
      ...annotatedSteps(told),
      ...refusalSteps(told),
      ...moveSteps(told),
      ...endSteps(told),
    ]
  },
}
