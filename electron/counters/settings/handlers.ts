import { statSync } from 'node:fs'
import { join } from 'node:path'
import { listBackups } from '../../database/backup.ts'
import { schemaVersion } from '../../database/migrate.ts'
import { rows } from '../../database/open.ts'
import { api, by } from '../../workbench/api.ts'
import type { House, Progress } from '../../workbench/house.ts'
import type { Context } from '../../workbench/workbench.ts'
import { changeCommunity, readCommunity } from './community.ts'
import { listDepartments, saveDepartment } from './departments.ts'
import { changeRules, readRules } from './rules.ts'

async function status({ desk, house }: Context & { house: House }) {
  return {
    folder: desk.folder,
    host: desk.host.name,
    version: house.version,
    schema: schemaVersion(desk.db),
    bytes: statSync(join(desk.folder, 'desk.sqlite3')).size,
    lastBackup: listBackups(desk.folder)[0]?.at ?? null,
    check: house.lastCheck(),
    clockBehind: house.clockBehind,
    otherScreens: Math.max(0, house.followers() - 1),
    // A desk without a print service is a desk all the same.
    printers: await desk.host.printers().catch(() => []),
  }
}

/** Turns a job with a progress callback into a stream: the newest progress, then the finished backup. */
async function* backUp({ desk, house }: Context & { house: House }, signal: AbortSignal | undefined) {
  let newest: Progress | null = { done: 0, total: 0 }
  let wake = () => {}
  let finished = false
  const job = house
    .backUp((progress) => {
      newest = progress
      wake()
    }, signal)
    .finally(() => {
      finished = true
      wake()
    })
  while (!finished) {
    if (newest) {
      const { done, total } = newest
      newest = null
      yield { done, total, result: null }
    } else {
      await new Promise<void>((resolve) => (wake = resolve))
    }
  }
  const name = await job
  const result = listBackups(desk.folder).find((backup) => backup.name === name) ?? null
  yield { done: 1, total: 1, result }
}

type AuditRow = {
  id: number
  at: string
  operator: string | null
  action: string
  subject: string
  reason: string | null
}

export const settings = api.settings.router({
  community: api.settings.community.handler(({ context }) => readCommunity(context.desk.db)),

  changeCommunity: api.settings.changeCommunity.handler(by(changeCommunity)),

  rules: api.settings.rules.handler(({ context }) => readRules(context.desk.db)),

  changeRules: api.settings.changeRules.handler(by(changeRules)),

  departments: api.settings.departments.handler(({ context }) => listDepartments(context.desk.db)),

  saveDepartment: api.settings.saveDepartment.handler(by(saveDepartment)),

  status: api.settings.status.handler(({ context }) => status(context)),

  backups: api.settings.backups.handler(({ context }) => listBackups(context.desk.folder)),

  backUp: api.settings.backUp.handler(({ context, signal }) => backUp(context, signal)),

  verifyAudit: api.settings.verifyAudit.handler(({ context }) => context.house.verifyAudit()),

  audit: api.settings.audit.handler(({ context, input }) =>
    rows<AuditRow>(
      context.desk.db,
      `SELECT audit.id, at, operator.name AS operator, action, subject, reason
       FROM audit LEFT JOIN operator ON operator.id = audit.operator_id
       WHERE audit.id < ? ORDER BY audit.id DESC LIMIT ?`,
      input.before ?? Number.MAX_SAFE_INTEGER,
      input.limit,
    ),
  ),

  openFolder: api.settings.openFolder.handler(async ({ context }) => {
    await context.desk.host.open(context.desk.folder)
    return {}
  }),
})
