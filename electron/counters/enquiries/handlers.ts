import { api, operatorOf } from '../../workbench/api.ts'
import { localDay } from '../../workbench/calendar.ts'
import { acceptEnquiry } from './accept.ts'
import { closeEnquiry, editEnquiry, noteEnquiry, reopenEnquiry, withdrawEnquiry } from './life.ts'
import { listEnquiries } from './list.ts'
import { readMatters, saveMatter } from './matters.ts'
import { issueReceipt } from './receipt.ts'
import { readEnquiry } from './record.ts'

export const enquiries = api.enquiries.router({
  matters: api.enquiries.matters.handler(({ context }) => readMatters(context.desk.db)),
  saveMatter: api.enquiries.saveMatter.handler(({ context, input }) => saveMatter(context, input)),
  accept: api.enquiries.accept.handler(({ input, context }) => acceptEnquiry(context, input)),
  get: api.enquiries.get.handler(({ input, context }) =>
    readEnquiry(context.desk.db, input.id, operatorOf(context).role, localDay(context.desk.clock())),
  ),
  edit: api.enquiries.edit.handler(({ input, context }) => editEnquiry(context, input)),
  note: api.enquiries.note.handler(({ input, context }) => noteEnquiry(context, input)),
  close: api.enquiries.close.handler(({ input, context }) => closeEnquiry(context, input)),
  withdraw: api.enquiries.withdraw.handler(({ input, context }) => withdrawEnquiry(context, input)),
  reopen: api.enquiries.reopen.handler(({ input, context }) => reopenEnquiry(context, input)),
  list: api.enquiries.list.handler(({ input, context }) =>
    listEnquiries(context.desk.db, input, localDay(context.desk.clock())),
  ),
  receipt: api.enquiries.receipt.handler(({ input, context }) => ({
    documentId: issueReceipt(context, input.id),
  })),
})
