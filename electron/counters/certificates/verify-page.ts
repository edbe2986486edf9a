import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { localDay } from '../../workbench/calendar.ts'
import type { Context } from '../../workbench/workbench.ts'
import { readCommunity } from '../settings/community.ts'
import { listKeys } from './keys.ts'
import { readCertificateSettings } from './settings.ts'

/** Where the built page has its own data, empty as it is built. */
const place = /(<script type="application\/json" id="community">)[^<]*(<\/script>)/

/** JSON inside a page: no sign of it may end the element or begin a comment (HTML 4.12.1.3). */
const jsonInPage = (value: object) =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** verify.html with this community's name, phone and keys in it, ready for any web host or a USB stick. */
export function verifyPage(context: Context): { fileName: string; base64: string } {
  const { db, root } = context.desk
  const settings = readCertificateSettings(db)
  const community = readCommunity(db)
  const data = jsonInPage({
    name: settings.body || community.name,
    phone: settings.phone || community.phone,
    keys: listKeys(context).map(({ key, madeAt, retiredAt }) => ({
      key,
      madeAt: localDay(new Date(madeAt)),
      retiredAt: retiredAt === null ? null : localDay(new Date(retiredAt)),
    })),
  })
  const built = readFileSync(join(root, 'out/verify/verify.html'), 'utf8')
  if (!place.test(built)) throw new Error('verify.html has no place for its community')
  // Inside a function, so that `$&` in a community's name is only that.
  const page = built.replace(place, (_, opened: string, closed: string) => opened + data + closed)
  return { fileName: 'verify.html', base64: Buffer.from(page).toString('base64') }
}
