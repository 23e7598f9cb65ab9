/** The commands beside `serve`. Help lists them all; what one does, and its flags, are loaded when it is the one that is meant. */
import type { Command } from 'commander'

export interface Writers {
  out(text: string): void
  err(text: string): void
}

/** Adds arguments, flags, examples and the action to a command. */
export type Definition = (command: Command, writers: Writers) => void

export interface Outline {
  readonly name: string
  readonly summary: string
  load(): Promise<Definition>
}

export const outlines: readonly Outline[] = [
  {
    name: 'validate',
    summary: 'check a fixture, YAML or JSON, and name each mistake in it',
    load: async () => (await import('./validate.ts')).defineValidate,
  },
  {
    name: 'wait',
    summary: 'wait until a server is healthy',
    load: async () => (await import('./wait.ts')).defineWait,
  },
  {
    name: 'env',
    summary: "print variables that point a vendor's clients and CI jobs at the server",
    load: async () => (await import('./env.ts')).defineEnv,
  },
  {
    name: 'init',
    summary: 'write a fixture with comments, to begin with',
    load: async () => (await import('./init.ts')).defineInit,
  },
  {
    name: 'doctor',
    summary: 'find out why it does not run',
    load: async () => (await import('./doctor.ts')).defineDoctor,
  },
  {
    name: 'state',
    summary: 'save the world as it is, or load it',
    load: async () => (await import('./state.ts')).defineState,
  },
  {
    name: 'sandbox',
    summary: 'make, list and remove isolated worlds',
    load: async () => (await import('./sandbox.ts')).defineSandbox,
  },
  {
    name: 'snapshot',
    summary: 'save, restore, list and delete snapshots',
    load: async () => (await import('./snapshot.ts')).defineSnapshot,
  },
  {
    name: 'reset',
    summary: 'bring the world back to its beginning, or to another one',
    load: async () => (await import('./reset.ts')).defineReset,
  },
  {
    name: 'journal',
    summary: 'show the requests that the server has seen',
    load: async () => (await import('./journal.ts')).defineJournal,
  },
  {
    name: 'compare',
    summary: 'find out where the fake and a real server, or a recording of one, differ',
    load: async () => (await import('./compare.ts')).defineCompare,
  },
  {
    name: 'record',
    summary: 'stand in front of a real server and write down what it answers, without secrets',
    load: async () => (await import('./record.ts')).defineRecord,
  },
]
