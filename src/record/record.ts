import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { openProxy } from './proxy.ts'
import { Recorder, type RecorderOptions, type RecorderState } from './recorder.ts'

export interface RecordOptions extends RecorderOptions {
  /** 0 takes any free one. */
  readonly port: number
}

/** Bytes of a body that are recorded; longer ones pass by, and their exchanges are not compared. */
const BODY_LIMIT = 4 * 1024 * 1024

/** A proxy that is recording. */
export interface Recording extends AsyncDisposable {
  /** What clients are pointed at in place of the live server. */
  readonly url: string
  /** Ends the proxy with all that is under way, and writes the rest. Throws what the file system says. */
  close(): Promise<RecorderState>
}

/** Starts to record, on loopback only. Throws what Node throws when the port is taken. */
export async function record(options: RecordOptions): Promise<Recording> {
  const recorder = new Recorder(options)
  const server = openProxy({
    live: options.live,
    bodyLimit: BODY_LIMIT,
    onPassed: (passed) => recorder.add(passed),
  })
  server.listen(options.port, '127.0.0.1')
  await once(server, 'listening')
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    return recorder.close()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close,
    [Symbol.asyncDispose]: async () => void (await close()),
  }
}
