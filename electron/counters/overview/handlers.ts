import { api, operatorOf } from '../../workbench/api.ts'
import { nowOf } from '../enquiries/limits.ts'
import { ownGroups } from '../noon-class/access.ts'
import { readContacts } from './contacts.ts'
import { search } from './search.ts'
import { readToday } from './today.ts'

export const overview = api.overview.router({
  search: api.overview.search.handler(({ input, context: { desk } }) =>
    search(desk.db, input.query, nowOf(desk)),
  ),
  contacts: api.overview.contacts.handler(({ input, context: { desk } }) => readContacts(desk.db, input)),
  today: api.overview.today.handler(({ context }) =>
    readToday(context.desk.db, nowOf(context.desk), operatorOf(context).role, ownGroups(context)),
  ),
})
