import QRCode from 'qrcode'

/**
 * A QR code as an image that a page without any network can show: one path of black squares. `M` where a long text would
 * make the squares too small for a phone.
 */
export function qrImage(text: string, level: 'M' | 'Q' = 'Q'): string {
  const { size, data } = QRCode.create(text, { errorCorrectionLevel: level }).modules
  let path = ''
  data.forEach((dark, index) => {
    if (dark) path += `M${index % size} ${Math.floor(index / size)}h1v1h-1z`
  })
  // Four modules of white around it, as readers expect.
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 ${size + 8} ${size + 8}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M-4 -4h${size + 8}v${size + 8}h-${size + 8}z"/><path d="${path}"/></svg>`
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
