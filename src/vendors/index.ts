import { bitbucket } from './bitbucket/index.ts'
import { codearts } from './codearts/index.ts'
import { gitflic } from './gitflic/index.ts'
import { gitlab } from './gitlab/index.ts'
import type { Vendor } from './vendor.ts'

/** The vendors that a server speaks for. */
export const vendors: readonly Vendor[] = [bitbucket, gitlab, gitflic, codearts]
