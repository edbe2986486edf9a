import { PDFDocument, type PDFPage } from '@cantoo/pdf-lib'
import { paperSizes, type Offset, type PaperSize } from '../../contract/printers.ts'

/** Points of a millimetre: PDF counts 72 to the inch. */
const point = 72 / 25.4

/** Short and long side in millimetres (ISO 216). */
const sides: Record<PaperSize, readonly [number, number]> = { A4: [210, 297], A5: [148, 210] }

export type Sheet = {
  /** Null: neither of the desk's sizes, so the printer decides. */
  paper: PaperSize | null
  across: boolean
}

const isAcross = (page: PDFPage) => page.getWidth() > page.getHeight()

/** Millimetres by which a side may differ: Chromium rounds to whole pixels of 96 to the inch. */
const tolerance = 1

function sheetOf(page: PDFPage): Sheet {
  const [short, long] = [page.getWidth() / point, page.getHeight() / point].sort((a, b) => a - b)
  const fits = (size: PaperSize) =>
    Math.abs(sides[size][0] - short!) <= tolerance && Math.abs(sides[size][1] - long!) <= tolerance
  return { paper: paperSizes.find(fits) ?? null, across: isAcross(page) }
}

/** The size of a PDF's first sheet, and whether it lies across; one that cannot be read has no size. */
export async function readSheet(pdf: Uint8Array): Promise<Sheet> {
  try {
    return sheetOf((await PDFDocument.load(pdf)).getPage(0))
  } catch {
    return { paper: null, across: false }
  }
}

/** True when a sheet is larger than this paper, and would lose its edges. */
export const isTooSmall = (paper: PaperSize, sheet: PaperSize | null): boolean =>
  sheet !== null && sides[paper][0] < sides[sheet][0]

/** The PDF with what stands on each page moved, the pages' size kept. Text and fonts stay what they are. */
export async function moveSheet(pdf: Uint8Array, { rightTenths, downTenths }: Offset): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf)
  for (const page of document.getPages())
    page.translateContent((rightTenths / 10) * point, (-downTenths / 10) * point)
  return document.save()
}
