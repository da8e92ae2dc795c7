-- Values that rest on a rule's guess: inherited years, chosen levels, vague or masked figures
-- 依据推定的数值：沿用的年份、选定的层级、概数、遮蔽
WITH guess AS (
    SELECT notice_id, 'date' AS kind, inferred AS how, surface AS words FROM date_mentions WHERE inferred IS NOT NULL
    UNION ALL SELECT notice_id, 'date', null_reason, surface FROM date_mentions WHERE null_reason IS NOT NULL
    UNION ALL SELECT notice_id, 'claim', modifier, surface FROM claims WHERE modifier <> 'exact'
    UNION ALL SELECT notice_id, 'claim', 'level_chosen', surface || ' → ' || bound_level || '=' || bound_count FROM claims
              WHERE bound_level IS NOT NULL AND len(alternatives) > 1 AND bound_count IS DISTINCT FROM value_low
    UNION ALL SELECT notice_id, 'amount', modifier, surface FROM amounts WHERE modifier <> 'exact'
    UNION ALL SELECT notice_id, 'place', place_rule, coalesce(county, city, province) FROM notices WHERE place_rule IS NOT NULL AND place_rule <> 'name'
)
SELECT n.notice_id, n.inspected_org, g.kind, g.how, count(*) AS values, string_agg(g.words, '、' ORDER BY g.words) AS words
FROM guess g JOIN notices n USING (notice_id)
GROUP BY ALL ORDER BY n.inspected_org NULLS LAST, n.notice_id, g.kind, g.how
