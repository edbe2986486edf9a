import { certificates } from './certificates.ts'
import { documents } from './documents.ts'
import { enquiries } from './enquiries.ts'
import { noonClass } from './noon-class.ts'
import { overview } from './overview.ts'
import { people } from './people.ts'
import { session } from './session.ts'
import { settings } from './settings.ts'
import { visits } from './visits.ts'
import { volunteers } from './volunteers.ts'

/** The only door between renderer and core. A counter adds one line here. */
export const contract = {
  session,
  settings,
  people,
  enquiries,
  visits,
  noonClass,
  volunteers,
  certificates,
  documents,
  overview,
}
