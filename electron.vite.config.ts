import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import { fileURLToPath } from 'node:url'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

// A reload at /people/5 must find the same files; electron-vite sets relative ones, made for file://.
const absoluteAddresses = {
  name: 'absolute-addresses',
  enforce: 'post',
  config: () => ({ base: '/' }),
} as const

// Both hosts and the worker are entries of one build; nothing is preloaded (design: no preload, no IPC).
export default defineConfig({
  main: {
    build: {
      outDir: 'out/main',
      target: 'node24',
      rollupOptions: {
        input: {
          desktop: at('electron/hosts/desktop/main.ts'),
          browser: at('electron/hosts/browser/main.ts'),
          worker: at('electron/database/worker.ts'),
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  renderer: {
    root: at('renderer'),
    // Both hosts serve from the root, so a reload at /people/12 finds its files (electron-vite would say './').
    base: '/',
    publicDir: at('renderer/public'),
    build: {
      outDir: at('out/renderer'),
      emptyOutDir: true,
      target: 'chrome140',
      rollupOptions: { input: at('renderer/index.html') },
      // The content security policy allows fonts and images from the desk itself only.
      assetsInlineLimit: 0,
    },
    plugins: [vue(), absoluteAddresses],
  },
})
