import { answerKinds, type Via } from '../../electron/contract/enquiries.ts'
import {
  callDepartment,
  leadAtWork,
  mayMove,
  moveAssignment,
  readAssignment,
  type AssignmentRow,
} from '../../electron/counters/enquiries/assignments.ts'
import { answered } from '../../electron/counters/enquiries/dispatch.ts'
import { readStanding } from '../../electron/counters/enquiries/standing.ts'
import { readRules } from '../../electron/counters/settings/rules.ts'
import { rows, type WritableDatabase } from '../../electron/database/open.ts'
import {
  addWorkingDays,
  addWorkingMinutes,
  localDay,
  workingDaysLeft,
} from '../../electron/workbench/calendar.ts'
import type { Words } from './acts.ts'
import type { Life, Source } from './lives.ts'
import { explanations, out, refusals } from './phrases.ts'
import { shares } from './plan.ts'

/** Whom a category goes to, by a piece of the department's name; else anybody. */
const competent: Record<string, string[]> = {
  ZF: ['物业', '供水', '住房'],
  HW: ['环卫', '城管', '派出所', '供电'],
  TJ: ['司法所', '派出所'],
  MZ: ['社会事务办'],
  LN: ['社会事务办', '卫生服务'],
  CJ: ['社会事务办'],
  SB: ['社会事务办'],
  HJ: ['派出所'],
  WJ: ['卫生服务'],
  SY: ['卫生服务'],
  JY: ['劳动'],
  JR: ['退役军人'],
}
const vias: Via[] = ['电话', '微信', '纸质', '当面', '系统']
const viaWeights = [44, 38, 8, 6, 4]
/** Working days from the task to the answer of a department that keeps its limit, from 1. */
const workWeights = [10, 22, 22, 17, 12, 8, 5, 3, 2, 2, 1]

/** Where a department's task must be able to go for a step, and goes unless it is only urged. */
const endsAs = {
  arrive: 'arrived',
  report: 'answered',
  return: 'returned',
  decline: 'returned',
  remind: 'answered',
} as const

type After = {
  /** The desk does the rest itself. */
  backAtDesk(life: Life, at: string): void
  answered(life: Life, at: string): void
  withdraw(life: Life, at: string, workingDaysLater: number): void
  notes(life: Life, at: string, within: number): void
}

/** Enquiries that the desk cannot answer: out to departments, and back with an answer or without one. */
export function openDispatches({ writer, random, schedule, acts }: Source, after: After) {
  const departments = rows<{ id: number; kind: string; name: string }>(
    writer.db,
    'SELECT id, kind, name FROM department ORDER BY position, id',
  )
  const { workHours } = readRules(writer.db)
  const grids = departments.filter(({ kind }) => kind === 'grid')
  const via = () => vias[random.weighted(viaWeights)]!

  function departmentFor(life: Life, except: readonly number[]): number {
    const names = competent[life.matter?.code.slice(0, 2) ?? ''] ?? []
    const fitting = departments.filter(({ name }) => names.some((piece) => name.includes(piece)))
    const pool = random.chance(0.25)
      ? grids
      : random.chance(0.9) && fitting.length > 0
        ? fitting
        : departments
    const left = pool.filter(({ id }) => !except.includes(id))
    return random.pick(left.length > 0 ? left : departments.filter(({ id }) => !except.includes(id))).id
  }

  /** A step about one department's task, while it has one. */
  function ofAssignment(
    db: WritableDatabase,
    life: Life,
    at: string,
    assignment: AssignmentRow | undefined,
    step: keyof typeof endsAs,
    words: Pick<Words, 'text' | 'reason'>,
  ) {
    const to = endsAs[step]
    if (!assignment || !mayMove(assignment, to)) return null
    return acts.take(db, life.id, at, step, {
      ...words,
      assignment: { id: assignment.id, to },
      detail: { via: via() },
      change: (taken) => {
        const text = words.reason ?? words.text ?? ''
        if (step !== 'remind') moveAssignment(taken.db, assignment, to, { at, text })
        return step === 'return' ? { leadId: null } : {}
      },
    })
  }

  /** A called department reports, mostly in time; one that assists ends its part by itself. */
  function planArrival(life: Life, { id, part }: AssignmentRow, at: string): void {
    const present = (db: WritableDatabase) => readAssignment(db, life.id, id)
    const reports = (from: string) =>
      schedule.then(from, random.int(1, 4), (db, when) => {
        if (random.chance(0.05)) {
          ofAssignment(db, life, when, present(db), 'decline', { reason: random.pick(out.declines) })
        } else ofAssignment(db, life, when, present(db), 'report', { text: random.pick(out.reports) })
      })
    // Some only ever send their answer.
    if (random.chance(0.08)) return part === 'assist' ? reports(at) : undefined
    const minutes = random.chance(0.85) ? random.int(8, 230) : random.int(260, 900)
    schedule.plan({
      at: addWorkingMinutes(new Date(at), minutes, workHours).toISOString(),
      write: (db, when) => {
        const text = random.chance(0.4) ? random.pick(out.arrivals) : ''
        ofAssignment(db, life, when, present(db), 'arrive', { text })
        if (part === 'assist') reports(when)
      },
    })
  }

  const atWork = (db: WritableDatabase, life: Life) =>
    rows<AssignmentRow>(
      db,
      `SELECT id, enquiry_id AS enquiryId, department_id AS departmentId, part, state FROM assignment
       WHERE enquiry_id = ? AND state = 'sent' ORDER BY id`,
      life.id,
    )

  /** Sends it out, as a whistle when several are needed. */
  function send(life: Life, at: string, workingDaysLater: number): void {
    schedule.then(at, workingDaysLater, (db, when) => {
      const wanted = random.chance(shares.whistles) ? random.int(2, 4) : 1
      const called: number[] = []
      while (called.length < wanted) called.push(departmentFor(life, called))
      const [leadId, ...assistIds] = called as [number, ...number[]]
      const task = random.pick(out.tasks)
      const sent = acts.take(db, life.id, when, 'dispatch', {
        text: task,
        change: (taken) => {
          const call = { ...taken, enquiryId: life.id, task }
          callDepartment(taken.db, leadId, 'lead', call)
          for (const assistId of assistIds) callDepartment(taken.db, assistId, 'assist', call)
          return { leadId }
        },
      })
      if (!sent) return
      for (const one of atWork(db, life)) planArrival(life, one, when)
      const { returned, transferred } = shares
      const fate = random.weighted([returned, transferred, 0.008, 0.015, 0.94])
      if (fate === 0) giveBack(life, when)
      else if (fate === 1) passOn(life, when)
      else if (fate === 2) takeBack(life, when)
      else if (fate === 3) after.withdraw(life, when, random.int(1, 3))
      else work(db, life, when)
    })
  }

  function giveBack(life: Life, at: string): void {
    schedule.then(at, random.int(0, 2), (db, when) => {
      const reason = random.pick(out.returns)
      const back = ofAssignment(db, life, when, leadAtWork(db, life.id), 'return', { reason })
      if (back) send(life, when, random.chance(0.8) ? 0 : 1)
    })
  }

  function passOn(life: Life, at: string): void {
    schedule.then(at, random.int(0, 2), (db, when) => {
      const former = leadAtWork(db, life.id)
      if (!former) return
      const busy = rows<{ id: number }>(
        db,
        'SELECT department_id AS id FROM assignment WHERE enquiry_id = ?',
        life.id,
      )
      const leadId = departmentFor(
        life,
        busy.map(({ id }) => id),
      )
      const [task, reason] = [random.pick(out.tasks), random.pick(out.transfers)]
      const passed = acts.take(db, life.id, when, 'transfer', {
        reason,
        change: (taken) => {
          moveAssignment(taken.db, former, 'recalled', { at: when, text: reason })
          callDepartment(taken.db, leadId, 'lead', { ...taken, enquiryId: life.id, task })
          return { leadId }
        },
      })
      if (!passed) return
      planArrival(life, leadAtWork(db, life.id)!, when)
      work(db, life, when)
    })
  }

  function takeBack(life: Life, at: string): void {
    schedule.then(at, 1, (db, when) => {
      const reason = random.pick(out.recalls)
      const back = acts.take(db, life.id, when, 'recall', { reason, change: () => ({ leadId: null }) })
      if (back) after.backAtDesk(life, when)
    })
  }

  /** Extended the day before it is due, to a working day that the resident is told. */
  function extend(life: Life, at: string, workingDaysLater: number): void {
    schedule.then(at, workingDaysLater, (db, when) => {
      const { answerDueAt } = readStanding(db, life.id)
      const [due, today] = [localDay(new Date(answerDueAt)), localDay(new Date(when))]
      const until = addWorkingDays(due > today ? due : today, random.int(3, 8))
      acts.extend(db, life.id, when, until, random.pick(out.extensions))
    })
  }

  /** The leading department works: notes, waiting, extension, reminders, and its answer. */
  function work(db: WritableDatabase, life: Life, at: string): void {
    const due = localDay(new Date(readStanding(db, life.id).answerDueAt))
    const left = Math.max(workingDaysLeft(localDay(new Date(at)), due), 1)
    after.notes(life, at, left)
    const pause = random.chance(shares.waited) ? random.int(1, 6) : 0
    const extended = random.chance(shares.extended)
    const late = !extended && random.chance(shares.late)
    if (pause > 0) waitAndResume(life, at, pause)
    if (extended) extend(life, at, left - 1)
    const days = late
      ? left + random.int(1, 7)
      : extended
        ? left + random.int(0, 2)
        : Math.min(1 + random.weighted(workWeights), left)
    for (let day = left + pause + 1; day < days + pause; day += 2) {
      schedule.then(at, day, (file, when) => {
        const lead = leadAtWork(file, life.id)
        ofAssignment(file, life, when, lead, 'remind', { text: random.pick(out.reminders) })
      })
    }
    schedule.then(at, days + pause, (file, when) => answer(file, life, when))
  }

  function waitAndResume(life: Life, at: string, pause: number): void {
    schedule.then(at, 1, (db, when) => {
      const reason = random.pick(out.waits)
      const change = () => ({ waitingSince: when })
      if (!acts.take(db, life.id, when, 'wait', { reason, change })) return
      schedule.then(when, pause, (file, then) => acts.resume(file, life.id, then, random.pick(out.resumes)))
    })
  }

  function answer(db: WritableDatabase, life: Life, at: string): void {
    const kind = answerKinds[random.weighted(shares.answerKinds)]!
    const text = random.pick(
      kind === 'solved' ? life.answers : kind === 'explained' ? explanations : refusals,
    )
    const done = acts.take(db, life.id, at, 'answer', {
      text,
      detail: { via: via(), kind },
      change: (taken) => {
        const lead = leadAtWork(taken.db, life.id)
        if (lead) moveAssignment(taken.db, lead, 'answered', { at, text })
        return answered(taken, text, kind)
      },
    })
    if (done) after.answered(life, at)
  }

  return { send, answer }
}
