import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { viteSingleFile } from 'vite-plugin-singlefile'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The hashes of what stands inline, so that nothing else of the page ever runs, whatever was written into it. */
const hashesOf = (html: string, element: RegExp) =>
  [...html.matchAll(element)]
    .map(([, content]) => `'sha256-${createHash('sha256').update(content!).digest('base64')}'`)
    .join(' ')

/** A page from a USB stick has no headers: its policy stands in it. No network at all, and only its own script. */
const policy: Plugin = {
  name: 'policy',
  enforce: 'post',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.html')) continue
        const html = String(file.source)
        const scripts = hashesOf(html, /<script type="module"[^>]*>([\s\S]*?)<\/script>/g)
        const styles = hashesOf(html, /<style[^>]*>([\s\S]*?)<\/style>/g)
        const content = `default-src 'none'; script-src ${scripts}; style-src ${styles}; base-uri 'none'; form-action 'none'`
        file.source = html.replace(
          '<meta charset="utf-8" />',
          (charset) => `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${content}" />`,
        )
        file.fileName = 'verify.html'
      }
    },
  },
}

export default defineConfig({
  root: at('.'),
  build: { outDir: at('../out/verify'), emptyOutDir: true, target: 'es2022' },
  plugins: [viteSingleFile({ removeViteModuleLoader: true }), policy],
})
