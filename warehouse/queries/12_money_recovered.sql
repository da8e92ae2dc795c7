-- Money recovered by kind, county and year; where a notice states a total and its parts, the total counts
-- 追回的款项，按性质、县区、年份；既有总述又有分述的按总述计，遮蔽的另计
WITH stated AS (
    SELECT DISTINCT a.notice_id, a.role, a.yuan_low, a.yuan_high, p.number AS detail_of, CASE WHEN p.number IS NOT NULL THEN a.start_char END AS place
    FROM amounts a LEFT JOIN problems p ON p.notice_id = a.notice_id AND a.start_char >= p.start_char AND a.start_char < coalesce(p.response_end, p.end_char)
    WHERE a.is_recovery AND NOT a.is_part
), kept AS (
    SELECT * FROM stated QUALIFY detail_of IS NULL OR bool_and(detail_of IS NOT NULL) OVER (PARTITION BY notice_id, role)
)
SELECT coalesce(n.county, n.city, n.province, '未知') AS county, year(coalesce(n.signed_earliest, n.published_earliest, n.feedback_earliest)) AS year, k.role,
       count(DISTINCT k.notice_id) AS notices, sum(k.yuan_low) AS least_yuan, sum(k.yuan_high) AS most_yuan, count(*) FILTER (k.yuan_low IS NULL) AS masked
FROM kept k JOIN v_notices n USING (notice_id)
WHERE n.is_primary
GROUP BY ALL ORDER BY least_yuan DESC NULLS LAST, county, year, k.role
