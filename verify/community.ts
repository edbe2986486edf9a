/** Who issued, and by which keys: what the desk wrote into the page when it exported it. */
export type Community = {
  name: string
  phone: string
  /** base64url of the 32 bytes; days of use. */
  keys: { key: string; madeAt: string; retiredAt: string | null }[]
}

/** The page as it was built, before any desk exported it, knows nobody. */
export function readCommunity(text: string): Community {
  const { name = '', phone = '', keys = [] } = JSON.parse(text) as Partial<Community>
  return { name, phone, keys }
}
