import { defineConfig } from '@playwright/test'
import { fileURLToPath } from 'node:url'
import { requireChromium } from './e2e/chromium.ts'

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
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--no-first-run',
      ],
    },
    trace: 'retain-on-failure',
  },
})
