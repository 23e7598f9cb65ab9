import fc from 'fast-check'

/**
 * Generated cases are the same in every run, so that a red run means a change and can be repeated; to look for new ones,
 * name another seed: `SEED=$RANDOM npm test`.
 */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 2024) })
