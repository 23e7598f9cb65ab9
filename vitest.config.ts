import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/openapi/write-documents.ts'],
    setupFiles: ['test/setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Each file builds its own servers and repositories, so files are independent of one another.
    pool: 'forks',
    // On two cores: many tests wait for a git or a server.
    maxWorkers: 3,
  },
})
