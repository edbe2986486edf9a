import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileNameOf, pdfOf, readDocument, type IssuedDocument } from '../../workbench/documents.ts'
import { asStorageError, fail } from '../../workbench/errors.ts'
import { PaperProblem } from '../../workbench/host.ts'
import type { Workbench } from '../../workbench/workbench.ts'

/** PDFs that another program was given lie here for a day: nobody tells when a viewer is done with its file. */
const keptFor = 24 * 60 * 60 * 1000

/** The stable word for what went wrong at the host. */
export function problemOf(error: unknown, otherwise: string): string {
  return error instanceof PaperProblem ? error.problem : otherwise
}

/** The PDF of a document, kept or made from its snapshot; PRINTER with the host's word when there is none. */
async function makePdf(desk: Workbench, document: IssuedDocument): Promise<Uint8Array> {
  try {
    return await pdfOf(desk, document)
  } catch (error) {
    return fail('PRINTER', { problem: problemOf(error, 'pdf') })
  }
}

/** Removes what an earlier day left in the folder for papers. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name)
    if (Date.now() - statSync(path).mtimeMs > keptFor) rmSync(path, { recursive: true, force: true })
  }
}

/** What a viewer shows on its window. */
export const namedByTitle = ({ title }: IssuedDocument): string => fileNameOf(title)

/** What a spooler shows to whoever asks, and writes into logs of its own: no title, which may name somebody. */
export const namedById = ({ id }: IssuedDocument): string => `document-${id}.pdf`

/**
 * Writes a document's PDF where another program can read it and returns the path. The name is made here, in a folder of
 * its own, so two receipts never meet.
 */
export async function writePaper(
  desk: Workbench,
  documentId: number,
  named: (document: IssuedDocument) => string,
): Promise<string> {
  const document = readDocument(desk.db, documentId)
  const pdf = await makePdf(desk, document)
  const folder = join(desk.folder, 'papers')
  const own = join(folder, randomBytes(9).toString('hex'))
  try {
    mkdirSync(own, { recursive: true, mode: 0o700 })
    sweep(folder)
    const path = join(own, named(document))
    await writeFile(path, pdf, { mode: 0o600 })
    return path
  } catch (error) {
    rmSync(own, { recursive: true, force: true })
    throw asStorageError(error)
  }
}
