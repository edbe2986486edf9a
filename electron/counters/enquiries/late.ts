/**
 * Why an open one `e` whose next limit has passed is late, in SQL: of its lateness the list and the manager's page say
 * the same. `bounced`: departments gave it back or it was passed on at least twice (domain 5).
 */
export const whyLate = `CASE
  WHEN e.state = 'answered' THEN 'no-follow-up'
  WHEN (SELECT count(*) FROM enquiry_event v
        WHERE v.enquiry_id = e.id AND v.step IN ('return', 'transfer')) >= 2 THEN 'bounced'
  WHEN e.state = 'accepted' THEN 'at-desk'
  WHEN e.state = 'dispatched' THEN 'not-arrived'
  ELSE 'at-department'
END`
