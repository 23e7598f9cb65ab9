import type { VendorId } from '../../options.ts'
import type { Driver, DriverOptions } from '../driver.ts'
import { bitbucket } from './bitbucket.ts'
import { codearts } from './codearts.ts'
import { gitflic } from './gitflic.ts'
import { gitlab } from './gitlab.ts'

/** How to make each vendor's driver. */
export const drivers: Readonly<Record<VendorId, (options: DriverOptions) => Driver>> = {
  bitbucket,
  gitlab,
  gitflic,
  codearts,
}
