/** What a host lends to the core. Both hosts offer the same; the core never asks which one it is. */
export type Host = {
  name: 'desktop' | 'browser'
  /** Renders self-contained HTML, scripts off, at the size its `@page` says. Rejects when it cannot. */
  toPdf(html: string): Promise<Uint8Array>
  printers(): Promise<Printer[]>
  /** Hands a PDF file to a print queue; resolves once the queue has taken it. */
  print(file: string, printer: string, copies: number): Promise<void>
  /** Opens a file or folder with the system's own program. */
  open(path: string): Promise<void>
}

export type Printer = { name: string; ready: boolean; isDefault: boolean }

/** Why no paper or PDF came, in a stable word of the contract: `no-browser`, `pdf`, `no-printer`, `queue`. */
export class PaperProblem extends Error {
  readonly problem: string
  constructor(problem: string, cause?: unknown) {
    super(`paper: ${problem}`, { cause })
    this.name = 'PaperProblem'
    this.problem = problem
  }
}
