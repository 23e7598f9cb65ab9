// Prints "N passed, N failed" from vitest's JSON report; no report means that a step before the tests failed.
import { readFileSync } from 'node:fs'

const text = readFileSync(process.argv[2], 'utf8')
const report =
  text === '' ? { numPassedTests: 0, numFailedTests: 0, success: false, testResults: [] } : JSON.parse(text)
const { numPassedTests, numFailedTests, success, testResults } = report
// A file that cannot be loaded has no tests to count, and an error outside of any test belongs to no file.
const broken = testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
)
const failed = Math.max(numFailedTests + broken.length, success ? 0 : 1)
process.stdout.write(`${numPassedTests} passed, ${failed} failed\n`)
