/** Bytes that the desk handed over as base64. */
export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Lets the browser save a spreadsheet. */
export function saveSheet({ fileName, base64 }: { fileName: string; base64: string }): void {
  const address = URL.createObjectURL(new Blob([bytesOf(base64)], { type: xlsx }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // The download has begun by then; it keeps the bytes by itself.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
