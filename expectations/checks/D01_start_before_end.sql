-- id: D01
-- title_zh: 巡察开始不晚于结束
-- title_en: Inspection start ≤ end
-- rule: Order of events. ≤ over intervals passes only if certain and fails only if impossible; a year that was supplied by a rule cannot
--   carry a fail, only a review.
-- severity: warning
-- since: 0.1.0
SELECT * FROM date_order('inspection_start', 'inspection_end')
