import { renderSheetPage } from '../../workbench/sheet-page.ts'
import type { Workbench } from '../../workbench/workbench.ts'
import type { Snapshot } from './sheet.ts'

/** The sheet of a snapshot as one self-contained page, ready for the PDF maker; `template` as `templateFor` gives it. */
export const renderSheet = (
  desk: Pick<Workbench, 'db' | 'folder' | 'root'>,
  template: string,
  snapshot: Snapshot,
): string => renderSheetPage(desk, template, snapshot)
