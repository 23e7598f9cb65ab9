import type { Story } from '../story.ts'
import { life } from './life.ts'
import { names } from './names.ts'
import { paging } from './paging.ts'
import { races } from './races.ts'
import { reading } from './reading.ts'

/** All stories, the harmless ones first. */
export const stories: readonly Story[] = [reading, paging, life, names, races]
