-- id: D15
-- title_zh: 日期真实存在，且不晚于入库时间
-- title_en: Every date is in the calendar and not after the ingest
-- rule: GB/T 7408 (calendar dates); a day that no month has cannot be right. Lost characters and irregular forms are told apart.
-- severity: warning
-- since: 0.1.0
WITH dated AS (
    SELECT d.notice_id, CASE
        WHEN d.null_reason = 'impossible' THEN 'impossible'
        WHEN d.earliest > f.seen_at::DATE AND d.role IN ('inspection_start', 'inspection_end', 'feedback', 'signing', 'publication', 'meeting') THEN 'after_ingest'
        WHEN d.null_reason = 'chars_lost' THEN 'chars_lost'
        WHEN d.rule LIKE '%irregular%' OR d.rule LIKE '%damaged%' OR d.rule LIKE '%lost%' THEN 'irregular'
        WHEN d.earliest IS NOT NULL THEN 'pass' END AS finding,
        d.raw, d.start_char, d.end_char
    FROM date_mentions d JOIN notices n USING (notice_id) LEFT JOIN documents f ON f.document_id = n.document_id
), worst AS (
    SELECT *, count(*) OVER (PARTITION BY notice_id) AS dates FROM dated WHERE finding IS NOT NULL
    QUALIFY row_number() OVER (PARTITION BY notice_id ORDER BY list_position(['impossible', 'after_ingest', 'chars_lost', 'irregular', 'pass'], finding), start_char) = 1
)
SELECT n.notice_id,
       CASE finding WHEN 'pass' THEN 'pass' WHEN 'impossible' THEN 'fail' WHEN 'after_ingest' THEN 'review' WHEN 'irregular' THEN 'review' WHEN 'chars_lost' THEN 'not_checkable' ELSE 'not_applicable' END AS verdict,
       CASE WHEN w.notice_id IS NULL THEN 'not_told' ELSE nullif(finding, 'pass') END AS reason,
       CASE WHEN finding <> 'pass' THEN raw ELSE dates::VARCHAR END AS lhs, NULL AS rhs,
       CASE finding WHEN 'impossible' THEN raw || ' ∉ 公历' WHEN 'after_ingest' THEN raw || ' > 入库日' END AS equation, NULL AS reading,
       CASE WHEN finding <> 'pass' THEN [span(start_char, end_char)] ELSE [] END AS lhs_spans, [] AS rhs_spans
FROM notices n LEFT JOIN worst w USING (notice_id)
