import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { markPhotos, placePhotos, takePhotos } from '../../electron/counters/visits/photos.ts'
import { storeDrawn } from '../../electron/workbench/files.ts'
import type { Context } from '../../electron/workbench/workbench.ts'

/** Pixels, as `door-photos/draw.ts` draws them. */
const [width, height] = [800, 600]

/** A drawn photo of the demo: its name in `door-photos`, and when its camera says it was taken. */
export type DrawnPhoto = { name: string; takenAt: Date | null }

/** Takes a drawn photo in, as an import from a phone does; it waits for its visit. Returns its id. */
export function takeDrawn(clerk: Context, { name, takenAt }: DrawnPhoto): number {
  const read = (ending: string) =>
    readFileSync(join(clerk.desk.root, 'seeds/demo/door-photos', `${name}${ending}`))
  const { id } = storeDrawn(clerk, `${name}.jpg`, {
    ...{ jpeg: read('.jpg'), small: read('.small.jpg'), width, height },
    takenAt: takenAt && takenAt.toISOString(),
  })
  return takePhotos(clerk, { fileIds: [id] }).photos[0]!.id
}

/** Takes one in and says at once which visit it belongs to. */
export function placeDrawn(clerk: Context, photo: DrawnPhoto, visitId: number, child: boolean): void {
  const photoIds = [takeDrawn(clerk, photo)]
  placePhotos(clerk, { photoIds, visitId })
  if (child) markPhotos(clerk, { photoIds, mark: 'child' })
}
