-- Rules said to be new or revised, beside the distinct rules that the notice names as made or revised
-- 表述的新建、修订制度数，与文中点名的新建、修订制度数
WITH claimed AS (
    SELECT notice_id, max(value_low) FILTER (status = 'created')::BIGINT AS created, max(value_low) FILTER (status = 'revised')::BIGINT AS revised
    FROM claims WHERE status IN ('created', 'revised') GROUP BY notice_id
), named AS (
    SELECT notice_id, count(DISTINCT title) FILTER (verb NOT IN ('修订', '修改', '完善', '更新')) AS created_named,
           count(DISTINCT title) FILTER (verb IN ('修订', '修改', '完善', '更新')) AS revised_named, string_agg(DISTINCT title, '；' ORDER BY title) AS titles
    FROM citations
    WHERE verb IN ('制定', '建立', '印发', '出台', '健全', '起草', '下发', '拟定', '编制', '修订', '修改', '完善', '更新')
      AND regexp_matches(title, '(制度|办法|规定|细则|规则|规程|条例|准则|规范|守则|机制|流程|预案|计划|清单)([(（].{1,12}[)）])?$') GROUP BY notice_id
)
SELECT n.notice_id, n.inspected_org, c.created, coalesce(t.created_named, 0) AS created_named, c.revised, coalesce(t.revised_named, 0) AS revised_named, t.titles
FROM claimed c JOIN notices n USING (notice_id) LEFT JOIN named t USING (notice_id)
ORDER BY coalesce(c.created, 0) + coalesce(c.revised, 0) - coalesce(t.created_named, 0) - coalesce(t.revised_named, 0) DESC, n.inspected_org, n.notice_id
