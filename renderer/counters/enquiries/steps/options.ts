import { answerKinds, channels, followUps, vias } from '../../../../electron/contract/enquiries.ts'
import { answerKindWords, followUpWords } from '../words.ts'

/** The choices of the steps' forms, as chips show them. */
export const viaOptions = vias.map((value) => ({ value, label: value }))
export const channelOptions = channels.map((value) => ({ value, label: value }))
export const kindOptions = answerKinds.map((value) => ({ value, label: answerKindWords[value] }))
export const resultOptions = followUps.map((value) => ({ value, label: followUpWords[value] }))
