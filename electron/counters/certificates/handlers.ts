import { api, by } from '../../workbench/api.ts'
import { batchPdf } from './batch-pdf.ts'
import { cancelBatch, listBatches, readBatch, resumeBatch, startBatch } from './batches.ts'
import { checkCode } from './check.ts'
import { collectCertificate } from './collect.ts'
import { readDraft } from './draft.ts'
import { issueCertificate } from './issue.ts'
import { listKeys, rotateKey } from './keys.ts'
import { listCertificates } from './list.ts'
import { previewCertificate, previewTemplate } from './preview.ts'
import { readCertificate } from './record.ts'
import { issueRegisterPaper, registerSheet } from './register.ts'
import { reprintCertificate } from './reprint.ts'
import { decideRequest, listRequests, requestCertificate } from './requests.ts'
import { changeCertificateSettings, readCertificateSettings } from './settings.ts'
import { listTemplates, resetTemplate, saveTemplate } from './templates.ts'
import { verifyPage } from './verify-page.ts'
import { voidCertificate } from './void.ts'

const { certificates: contract } = api

export const certificates = contract.router({
  draft: contract.draft.handler(by(readDraft)),
  preview: contract.preview.handler(by(previewCertificate)),
  request: contract.request.handler(by(requestCertificate)),
  requests: contract.requests.handler(by(listRequests)),
  decide: contract.decide.handler(by(decideRequest)),
  issue: contract.issue.handler(by(issueCertificate)),
  certificate: contract.certificate.handler(({ input, context }) => readCertificate(context, input.id)),
  list: contract.list.handler(by(listCertificates)),
  reprint: contract.reprint.handler(by(reprintCertificate)),
  void: contract.void.handler(by(voidCertificate)),
  collect: contract.collect.handler(by(collectCertificate)),
  registerPaper: contract.registerPaper.handler(({ input, context }) => ({
    documentId: issueRegisterPaper(context, input),
  })),
  registerSheet: contract.registerSheet.handler(by(registerSheet)),

  check: contract.check.handler(({ input, context }) => checkCode(context, input.text)),
  keys: contract.keys.handler(({ context }) => listKeys(context)),
  rotateKey: contract.rotateKey.handler(by(rotateKey)),
  verifyPage: contract.verifyPage.handler(({ context }) => verifyPage(context)),

  settings: contract.settings.handler(({ context }) => readCertificateSettings(context.desk.db)),
  changeSettings: contract.changeSettings.handler(by(changeCertificateSettings)),
  templates: contract.templates.handler(({ context }) => listTemplates(context)),
  saveTemplate: contract.saveTemplate.handler(by(saveTemplate)),
  resetTemplate: contract.resetTemplate.handler(by(resetTemplate)),
  previewTemplate: contract.previewTemplate.handler(by(previewTemplate)),

  startBatch: contract.startBatch.handler(by(startBatch)),
  batch: contract.batch.handler(({ input, context }) => readBatch(context, input.id)),
  batches: contract.batches.handler(({ context }) => listBatches(context)),
  cancelBatch: contract.cancelBatch.handler(by(cancelBatch)),
  resumeBatch: contract.resumeBatch.handler(by(resumeBatch)),
  batchPdf: contract.batchPdf.handler(by(batchPdf)),
})
