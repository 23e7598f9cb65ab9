import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The measures of a folder. One that cannot be loaded stands in for itself and fails when it is run. */
export function findMeasures(folder) {
  const files = readdirSync(folder).filter((file) => file.endsWith('.mjs'))
  return Promise.all(files.map((file) => importMeasure(folder, file)))
}

/** Runs measures one after the other. One that fails is told in the results, and the others go on. */
export async function runMeasures(measures, context) {
  const results = []
  for (const measure of measures) {
    context.log(`${measure.name} …`)
    results.push(await runMeasure(measure, context))
  }
  return results
}

async function runMeasure({ id, name, title, measure }, context) {
  try {
    return { id, name, title, rows: await measure(context) }
  } catch (error) {
    context.log(error.stack)
    return { id, name, title, error: error.message }
  }
}

async function importMeasure(folder, file) {
  try {
    const { default: measure } = await import(pathToFileURL(join(folder, file)).href)
    return measure
  } catch (error) {
    const name = file.replace(/\.mjs$/, '')
    return { id: '?', name, title: 'cannot be loaded', measure: () => Promise.reject(error) }
  }
}
