// Prints "N passed, N failed" from vitest's JSON report. A file that cannot even be loaded counts as one failure.
import { readFileSync } from 'node:fs'

const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const broken = testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
)
process.stdout.write(`${numPassedTests} passed, ${numFailedTests + broken.length} failed\n`)
