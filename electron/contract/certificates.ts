import { certificateBatchProcedures } from './certificate-batches.ts'
import { certificateCheckProcedures } from './certificate-check.ts'
import { certificateRecordProcedures } from './certificate-records.ts'
import { certificateTemplateProcedures } from './certificate-templates.ts'

/** Certificates (志愿服务记录证明, 荣誉证书): numbered once, frozen, signed, printed, checkable by anyone. */
export const certificates = {
  ...certificateRecordProcedures,
  ...certificateCheckProcedures,
  ...certificateTemplateProcedures,
  ...certificateBatchProcedures,
}
