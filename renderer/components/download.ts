/** Bytes that the desk handed over as base64. */
export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))

const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** Lets the browser save a file that the desk handed over. */
export function saveFile({ fileName, base64 }: { fileName: string; base64: string }, type: string): void {
  const address = URL.createObjectURL(new Blob([bytesOf(base64)], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // The download has begun by then; it keeps the bytes by itself.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** Lets the browser save a spreadsheet. */
export const saveSheet = (file: { fileName: string; base64: string }): void => saveFile(file, xlsx)
