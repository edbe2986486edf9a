/**
 * Why an open one `e` whose next limit has passed is late, in SQL: of its lateness the list and the manager's page say
 * the same. `bounced`: departments gave it back or it was passed on at least twice (domain 5).
 */
export const whyLate = `CASE
  WHEN e.state = 'answered' THEN 'no-follow-up'
  WHEN (SELECT count(*) FROM enquiry_event v
        WHERE v.enquiry_id = e.id AND v.step IN ('return', 'transfer')) >= 2 THEN 'bounced'
  WHEN e.state = 'accepted' THEN 'at-desk'
  WHEN EXISTS (SELECT 1 FROM assignment a WHERE a.enquiry_id = e.id AND a.part = 'lead' AND a.state = 'sent')
    THEN 'not-arrived'
  ELSE 'at-department'
END`

/** Whether in an `e` that is out a department should have reported and has not, in SQL; `?` is the present instant. */
export const arrivalLate = `e.state IN ('dispatched', 'working')
  AND e.id IN (SELECT enquiry_id FROM assignment WHERE state = 'sent' AND arrive_due_at < ?)`
