import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Mustache from 'mustache'
import { findFile, pathsOf } from './files.ts'
import { withFonts } from './fonts.ts'
import type { PaperPage } from './host.ts'
import { qrImage } from './qr.ts'
import type { Workbench } from './workbench.ts'

/** What every frozen sheet carries beside its own words; all of it stands in the snapshot. */
export type SheetData = {
  /** What its QR code says; empty on a preview. */
  code: string
  /** Ids of stored images. */
  images: { logo: number | null; seal: number | null }
  /** Marked across the sheet, so that nobody takes it for one. */
  preview: boolean
  /** 补打 第N次, and why. */
  reprint: { copy: number; reason: string } | null
}

type Desk = Pick<Workbench, 'db' | 'folder' | 'root'>

function imageOf({ db, folder }: Desk, id: number | null): string {
  if (id === null) return ''
  const bytes = readFileSync(pathsOf(folder, findFile(db, id)).whole)
  return `data:image/jpeg;base64,${bytes.toString('base64')}`
}

const marks = new Map<string, string>()

function marksOf(root: string): string {
  let found = marks.get(root)
  if (found === undefined) {
    found = readFileSync(join(root, 'resources/documents/parts/certificate-marks.html'), 'utf8')
    marks.set(root, found)
  }
  return found
}

/**
 * A sheet as a page, from a template as it was frozen and the data of its snapshot alone. The marks of
 * previews and reprints are not the template's business: one that a community wrote cannot leave them out.
 */
export function renderSheetPage(desk: Desk, template: string, data: SheetData): PaperPage {
  const page = Mustache.render(template, {
    ...data,
    qr: data.code === '' ? '' : qrImage(data.code, 'M'),
    logo: imageOf(desk, data.images.logo),
    seal: imageOf(desk, data.images.seal),
  })
  // Inside a function, so that `$&` in somebody's name is only that.
  const marked = page.replace('</body>', () => `${Mustache.render(marksOf(desk.root), data)}</body>`)
  return withFonts(desk.root, marked)
}
