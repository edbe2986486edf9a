import type { z } from 'zod'
import { volunteers } from '../../../electron/contract/volunteers.ts'

/** The problems that the contract itself finds, as `[path, problem]`: what the API answers before a counter is asked. */
const problems = (name: keyof typeof volunteers) => (input: unknown) => {
  const schema = volunteers[name]['~orpc'].inputSchema as z.ZodType
  const { error } = schema.safeParse(input)
  return (error?.issues ?? []).map(({ path, code, message }) => [
    path.join('.'),
    code === 'custom' ? message : code,
  ])
}

export const saveActivity = problems('saveActivity')
export const createSeries = problems('createSeries')
