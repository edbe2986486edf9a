import { api, operatorOf } from '../../workbench/api.ts'
import { nowOf } from '../enquiries/limits.ts'
import { ownGroups } from '../noon-class/access.ts'
import { readContacts } from './contacts.ts'
import { seenBy } from './roles.ts'
import { search } from './search.ts'
import { readToday } from './today.ts'

export const overview = api.overview.router({
  search: api.overview.search.handler(({ input, context }) =>
    search(context.desk.db, input.query, nowOf(context.desk), seenBy(operatorOf(context).role)),
  ),
  contacts: api.overview.contacts.handler(({ input, context }) =>
    readContacts(context.desk.db, input, seenBy(operatorOf(context).role)),
  ),
  today: api.overview.today.handler(({ context }) =>
    readToday(context.desk.db, nowOf(context.desk), operatorOf(context).role, ownGroups(context)),
  ),
})
