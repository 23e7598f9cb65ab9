import { bitbucket } from './bitbucket.ts'
import { codearts } from './codearts.ts'
import type { Face } from './face.ts'
import { gitflic } from './gitflic.ts'
import { gitlab } from './gitlab.ts'

export const faces: readonly Face[] = [gitlab, bitbucket, gitflic, codearts]

export type { Face, NewTag, Outcome, SeenTag, User } from './face.ts'
