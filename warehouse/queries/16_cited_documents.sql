-- Documents cited most, with numbers in a wrong form and numbers that stand with different titles
-- 引用最多的文件，以及文号不规范、一号多名的情况
-- param top = 50: documents shown
WITH cited AS (
    SELECT coalesce(c.document_number, '《' || c.title || '》') AS document, c.document_number, c.title, c.notice_id, c.has_form_error, c.number_raw
    FROM citations c JOIN v_notices n USING (notice_id) WHERE n.is_primary
)
SELECT document, count(DISTINCT notice_id) AS notices, count(*) AS mentions, count(*) FILTER (has_form_error) AS wrong_forms,
       CASE WHEN any_value(document_number) IS NOT NULL THEN count(DISTINCT title) END AS titles, string_agg(DISTINCT number_raw, '；' ORDER BY number_raw) AS as_printed
FROM cited GROUP BY document
ORDER BY wrong_forms > 0 OR coalesce(titles, 0) > 1 DESC, notices DESC, mentions DESC, document
LIMIT $top::INTEGER
