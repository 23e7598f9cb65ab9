/** The thread that serves for tests of Jest. Beside what Jest loads, it has modules, timers and a clock of its own. */
import { parentPort, workerData } from 'node:worker_threads'
import type { Options } from '../options.ts'
import { openServer } from './open-server.ts'

const { url } = await openServer(workerData as Partial<Options>)
parentPort?.postMessage(url)
