-- id: D02
-- title_zh: 巡察结束不晚于反馈
-- title_en: Inspection end ≤ feedback
-- rule: Feedback follows the inspection (条例: 巡视组 reports first, feedback comes after). Order only; lags differ from place to place.
-- severity: warning
-- since: 0.1.0
SELECT * FROM date_order('inspection_end', 'feedback')
