import { defineConfig } from '@playwright/test'
import { fileURLToPath } from 'node:url'
import { chromiumArguments, requireChromium } from './e2e/chromium.ts'

const executablePath = requireChromium()

export default defineConfig({
  testDir: fileURLToPath(new URL('e2e', import.meta.url)),
  testMatch: '*.spec.ts',
  outputDir: fileURLToPath(new URL('../test-results/e2e', import.meta.url)),
  timeout: 90_000,
  expect: { timeout: 10_000 },
  workers: 1,
  forbidOnly: true,
  reporter: [
    ['list'],
    ['json', { outputFile: fileURLToPath(new URL('../test-results/e2e.json', import.meta.url)) }],
  ],
  use: {
    viewport: { width: 1366, height: 768 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    launchOptions: {
      executablePath,
      args: chromiumArguments,
    },
    trace: 'retain-on-failure',
  },
})
