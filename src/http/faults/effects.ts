/** What each kind of fault does to a request. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FaultAnswer, FaultDialect, FaultFacts, RateState } from '../../vendors/fault-dialect.ts'
import { Recording } from '../journal/recording.ts'
import { isGit } from './call.ts'
import { type CapturedAnswer, captureAnswer } from './captured-answer.ts'
import {
  breakJson,
  cutPack,
  deliverChanged,
  deliverDripping,
  deliverInstead,
  deliverTruncated,
  drop,
  hasPack,
} from './deliver.ts'
import type { Call, FiredFault } from './fault-board.ts'
import type { FaultEffect } from './rule.ts'
import { swallowBody } from './swallow-body.ts'

/** One request that something happens to. */
export interface Case {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly call: Call
  readonly dialect: FaultDialect
  readonly fired: FiredFault
  /** Goes on as if nothing were the matter. */
  proceed(): void
}

type Kind = FaultEffect['kind']
type EffectOf<Name extends Kind> = Extract<FaultEffect, { readonly kind: Name }>
type Cause<Name extends Kind> = (effect: EffectOf<Name>, scene: Case) => void

/** Lets a fault happen. */
export function cause(scene: Case): void {
  const { effect } = scene.fired
  const causeIt = causes[effect.kind] as Cause<Kind>
  causeIt(effect, scene)
}

const causes: { readonly [Name in Kind]: Cause<Name> } = {
  none: (_effect, { reply, dialect, fired: { rate }, proceed }) => {
    if (rate) reply.headers(dialect.rateHeaders(rate))
    proceed()
  },
  status: ({ status, retryAfter, when }, scene) => {
    const { reply, call, dialect } = scene
    const answer = () => dialect.answer(status, reply, factsOfStatus(status, retryAfter, call))
    if (when === 'before') answerInstead(scene, answer())
    else change(scene, () => deliverInstead(reply.raw, answer()))
  },
  reset: ({ when }, scene) => {
    const { reply } = scene
    if (when === 'after') {
      change(scene, () => drop(reply.raw))
      return
    }
    reply.hijack()
    drop(reply.raw)
  },
  truncate: ({ part }, scene) => change(scene, (answer) => deliverTruncated(scene.reply.raw, answer, part)),
  drip: (drip, scene) => change(scene, (answer) => deliverDripping(scene.reply.raw, answer, drip)),
  malformed: (_effect, scene) =>
    change(scene, (answer) => deliverChanged(scene.reply.raw, answer, breakJson(answer.body))),
  'cut-pack': ({ part }, scene) =>
    change(scene, (answer) => {
      // Protocol 2 talks about refs at the same address, and a fetch may have nothing to send.
      if (!hasPack(answer.body)) {
        scene.fired.release()
        const recording = Recording.of(scene.reply.raw)
        if (recording) recording.fault = null
      }
      deliverChanged(scene.reply.raw, answer, cutPack(answer.body, part))
    }),
  'rate-limit': (_effect, scene) => {
    const { reply, call, dialect } = scene
    const { rate } = scene.fired
    answerInstead(scene, dialect.answer(429, reply, factsOf(call, secondsLeft(rate), rate)))
  },
  scenario: ({ scenario }, scene) => {
    const { request, reply, call, dialect } = scene
    scenario.play({
      request,
      reply,
      call,
      dialect,
      facts: factsOf(call, null, null),
      answer: (answer) => answerInstead(scene, answer),
      change: (make) => change(scene, (answer) => deliverMade(reply, make(answer))),
    })
  },
}

/** As servers and proxies do, the whole request is read before it is answered. */
function answerInstead({ request, reply }: Case, answer: FaultAnswer): void {
  reply.hijack()
  swallowBody(request, reply, () => deliverInstead(reply.raw, answer))
}

function change({ reply, proceed }: Case, deliver: (answer: CapturedAnswer) => void): void {
  captureAnswer(reply.raw, deliver)
  proceed()
}

function deliverMade({ raw }: FastifyReply, made: CapturedAnswer | FaultAnswer): void {
  if (isCaptured(made)) deliverChanged(raw, made, made.body)
  else deliverInstead(raw, made)
}

function isCaptured(answer: CapturedAnswer | FaultAnswer): answer is CapturedAnswer {
  return typeof answer.body !== 'string'
}

function factsOf({ operation }: Call, retryAfter: number | null, rate: RateState | null): FaultFacts {
  return { isGit: isGit(operation), retryAfter, rate }
}

/** A 429 is always that of some limit; without one of our own it is an ordinary one. */
function factsOfStatus(status: number, retryAfter: number | null, call: Call): FaultFacts {
  if (status !== 429) return factsOf(call, retryAfter, null)
  const seconds = retryAfter ?? 1
  const { now } = call
  const rate = { limit: 100, window: 60, observed: 101, now, resetAt: now + seconds * 1000 }
  return factsOf(call, seconds, rate)
}

function secondsLeft(rate: RateState | null): number | null {
  return rate && Math.ceil((rate.resetAt - rate.now) / 1000)
}
