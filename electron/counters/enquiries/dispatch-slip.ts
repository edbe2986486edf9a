import type { Assignment, Enquiry } from '../../contract/enquiries.ts'
import { headOf, residentWords, type Draft, type Given } from './issue.ts'
import { fit, linesOf, partNames, signs, spelledLimit, spelledMoment } from './paper-words.ts'

/** Its task is no longer this department's. */
const isOver = ({ state }: Assignment) => state === 'returned' || state === 'recalled'

/** Departments that have a task in this enquiry beside this one. */
function othersOf(enquiry: Enquiry, { id }: Assignment): string[] {
  return enquiry.assignments
    .filter((other) => other.id !== id && !isOver(other))
    .map(({ department, part }) => `${department}（${partNames[part]}）`)
}

/** The first of them that fit on two lines of a cell, and how many there are. */
function shortList(names: string[]): string {
  for (let count = names.length; count > 0; count -= 1) {
    const rest = count < names.length ? ` 等 ${names.length} 个单位` : ''
    const text = names.slice(0, count).join('、') + rest
    if (count === 1 || linesOf(text, signs.cell) <= 2) return text
  }
  return ''
}

/** Whoever sent it: the operator of the step that called the department. */
function senderOf(enquiry: Enquiry, { sentAt, department }: Assignment): string {
  const call = enquiry.events.find(
    ({ step, at, departments }) =>
      (step === 'dispatch' || step === 'call-in' || step === 'transfer') &&
      at === sentAt &&
      departments.includes(department),
  )
  return call?.operator ?? enquiry.operator
}

/** What a department is told, on paper or as text, in whole length. */
function factsOf(given: Given, assignment: Assignment) {
  const { enquiry } = given
  return {
    ...headOf(given),
    department: assignment.department,
    contact: assignment.contact,
    part: partNames[assignment.part],
    others: othersOf(enquiry, assignment),
    task: residentWords(enquiry, assignment.task),
    words: residentWords(enquiry, enquiry.words),
    door: enquiry.door ?? '',
    sentOn: spelledMoment(assignment.sentAt),
    arriveBy: spelledLimit(assignment.arriveDueAt),
    answerBy: spelledLimit(enquiry.answerDueAt),
    sender: senderOf(enquiry, assignment),
  }
}

/**
 * The dispatch slip (派单单) of one department; null when the task is no longer its own. The department gets the asker's
 * name and door, the whole phone only from the desk, which asks the resident first.
 */
export function dispatchSlip(given: Given, assignment: Assignment): Draft | null {
  if (isOver(assignment)) return null
  const { others, task, words, ...facts } = factsOf(given, assignment)
  const { title, matter, door } = facts
  const called = shortList(others)
  const cells = [
    facts.department + facts.contact,
    called,
    matter ? `${title}（事项：${matter}）` : title,
    door,
  ]
  const room = 16 - cells.reduce((lines, cell) => lines + linesOf(cell, signs.cell), 0)
  // What to do comes before what was said; both stand whole in the text for WeChat.
  const shownTask = fit(task, Math.max(2, words ? Math.ceil(room / 2) : room), signs.cell)
  const shownWords = fit(words, Math.max(2, room - linesOf(shownTask, signs.cell)), signs.cell)
  return {
    kind: 'dispatch-slip',
    title: `派单单 ${facts.number} ${facts.department}`,
    subject: `assignment:${assignment.id}`,
    data: {
      ...facts,
      others: called,
      task: shownTask,
      words: shownWords,
      cut: shownTask !== task || shownWords !== words,
      dense: room < 8,
    },
  }
}

/** The same as text for WeChat: short lines, no phone of the resident, the limit of the answer last. */
export function dispatchWords(given: Given, assignment: Assignment): string | null {
  if (isOver(assignment)) return null
  const facts = factsOf(given, assignment)
  const { community, others } = facts
  const lines = [
    `【派单】${facts.number}`,
    `${facts.department}（${facts.part}）：`,
    others.length > 0 && `网格吹哨·部门报到，同时呼叫：${others.join('、')}`,
    `诉求：${facts.title}`,
    facts.matter && `事项：${facts.matter}`,
    facts.words && `来访人原话：${facts.words}`,
    facts.task && `请办理：${facts.task}`,
    facts.door && `地址：${facts.door}`,
    `来访人：${facts.asker}`,
    facts.subject && `当事人：${facts.subject}`,
    facts.askerPhone && '联系电话请向社区窗口索取',
    `派单：${facts.sentOn} ${[community.name, facts.sender].filter(Boolean).join(' ')}`,
    `回复：${community.phone ? `电话 ${community.phone}，或` : ''}在此回复，办理情况可附照片`,
    `请于 ${facts.arriveBy} 前报到`,
    `请于 ${facts.answerBy} 前答复`,
  ]
  return lines.filter(Boolean).join('\n')
}
