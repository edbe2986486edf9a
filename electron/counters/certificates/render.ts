import type { PaperPage } from '../../workbench/host.ts'
import { renderSheetPage } from '../../workbench/sheet-page.ts'
import type { Workbench } from '../../workbench/workbench.ts'
import type { Snapshot } from './sheet.ts'

/** The sheet of a snapshot as a page, ready for the PDF maker; `template` as `templateFor` gives it. */
export const renderSheet = (
  desk: Pick<Workbench, 'db' | 'folder' | 'root'>,
  template: string,
  snapshot: Snapshot,
): PaperPage => renderSheetPage(desk, template, snapshot)
