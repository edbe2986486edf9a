import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileName, mostFileBytes } from '../../electron/contract/files.ts'
import { mayRetry, sendableName, sentenceForFile, upload } from '../../renderer/components/files/upload.ts'
import { HostGone } from '../../renderer/shell/client.ts'

describe('a file that is handed to the desk', () => {
  it('bears a name that the desk takes, whatever it was called, and keeps its ending', () => {
    expect(sendableName('漏水.jpg')).toBe('漏水.jpg')
    expect(sendableName(`${'很长'.repeat(80)}.pdf`)).toMatch(/^很长.*….*\.pdf$/)
    expect(sendableName('')).toBe('附件')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        expect(fileName.safeParse(sendableName(name)).success).toBe(true)
      }),
    )
  })

  it('is not even sent when it is too large or cannot be read, and the sentence says so', async () => {
    const large = { name: 'x.pdf', size: mostFileBytes + 1 } as File
    const folder = { name: 'x', size: 1, arrayBuffer: () => Promise.reject(new Error('a folder')) }
    const why = async (file: unknown) => {
      try {
        await upload(file as File)
        return null
      } catch (error) {
        return [sentenceForFile(error), mayRetry(error)]
      }
    }
    expect(await why(large)).toEqual([expect.stringContaining('20 MB'), false])
    expect(await why(folder)).toEqual([expect.stringContaining('读不到'), false])
  })

  it('may be tried again when it was not the file that was wrong', () => {
    expect(mayRetry(new HostGone('no answer'))).toBe(true)
    expect(sentenceForFile(new HostGone('no answer'))).toContain('没有响应')
  })
})
