import { FakeForgeError } from '../../fake-forge-error.ts'

/** A data folder that cannot be used: locked, unreadable, damaged. Its code is `data-unusable`. */
export class DataFolderError extends FakeForgeError {
  constructor(path: string, reason: string, options?: { readonly cause?: unknown }) {
    super('data-unusable', `${path}: ${reason}`, options)
    this.name = 'DataFolderError'
  }

  /** What an error means for a data folder; one that says so already stays as it is. */
  static of(path: string, error: unknown, prefix = ''): DataFolderError {
    if (error instanceof DataFolderError) return error
    return new DataFolderError(path, prefix + sentenceOf(error), { cause: error })
  }
}

/** A change that could not be written; it has been undone. Its code is `data-not-written`. */
export class NotWrittenError extends FakeForgeError {
  constructor(folder: string, cause: unknown) {
    super(
      'data-not-written',
      `${folder}: could not be written, the change was undone: ${sentenceOf(cause)}`,
      {
        cause,
      },
    )
    this.name = 'NotWrittenError'
  }
}

/** What an error of the file system says, for people. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
