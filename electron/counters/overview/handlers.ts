import { api } from '../../workbench/api.ts'
import { localDay } from '../../workbench/calendar.ts'
import { readContacts } from './contacts.ts'
import { search } from './search.ts'
import { readToday } from './today.ts'

export const overview = api.overview.router({
  search: api.overview.search.handler(({ input, context: { desk } }) =>
    search(desk.db, input.query, localDay(desk.clock())),
  ),
  contacts: api.overview.contacts.handler(({ input, context: { desk } }) => readContacts(desk.db, input)),
  today: api.overview.today.handler(({ context: { desk } }) => readToday(desk.db, localDay(desk.clock()))),
})
