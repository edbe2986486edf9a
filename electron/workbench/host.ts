import type { PaperSize } from '../contract/printers.ts'

/** What a host lends to the core. Both hosts offer the same; the core never asks which one it is. */
export type Host = {
  name: 'desktop' | 'browser'
  /** Renders a page, scripts off, at the size its `@page` says, in its fonts. Rejects when it cannot. */
  toPdf(page: PaperPage): Promise<Uint8Array>
  printers(): Promise<Printer[]>
  /**
   * Hands a PDF file to a print queue; resolves once the queue has taken it, with the queue's own name for the job, empty
   * where it has none. `paper`: the sheet's size, which is kept; null leaves it to the printer.
   */
  print(file: string, printer: string, copies: number, paper: PaperSize | null): Promise<string>
  /** What the spooler knows of its jobs: null while it does not answer, undefined where it has no such question. */
  jobs(): Promise<SpooledJob[] | null | undefined>
  /** Takes a job out of the spooler's queue. Rejects when it is not there any more. */
  withdraw(spoolId: string): Promise<void>
  /** Opens a file or folder with the system's own program. */
  open(path: string): Promise<void>
}

/** A page of paper that loads nothing but its fonts, which lie beside it: many pages need the same ones. */
export type PaperPage = { html: string; fonts: readonly FontFile[] }

/** A file of a bundled font (woff2, by its whole path) as a CSS `@font-face` describes it; `range`: its `unicode-range`. */
export type FontFile = { family: string; weight: string; range: string; path: string }

export type Printer = { name: string; ready: boolean; isDefault: boolean }

/** `over`: printed or cancelled, the spooler has nothing more to do with it. */
export type SpooledJob = { id: string; state: 'waiting' | 'held' | 'over' }

/**
 * Why no paper or PDF came, in a stable word of the contract: `no-browser`, `pdf`, `no-printer`, `queue`, `unsure`,
 * `too-small`, `not-withdrawn`.
 */
export class PaperProblem extends Error {
  readonly problem: string
  constructor(problem: string, cause?: unknown) {
    super(`paper: ${problem}`, { cause })
    this.name = 'PaperProblem'
    this.problem = problem
  }
}
