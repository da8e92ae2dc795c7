-- People held to account by kind, with explicit zeros; where a notice states a total and its parts, the total counts
-- 按处理方式统计的人数及明确写“0人”的通报数；既有总述又有分述的按总述计
WITH stated AS (
    SELECT DISTINCT a.notice_id, a.kind, a.persons, a.persons_high, p.number AS detail_of, CASE WHEN p.number IS NOT NULL THEN a.start_char END AS place
    FROM accountability a LEFT JOIN problems p ON p.notice_id = a.notice_id AND a.start_char >= p.start_char AND a.start_char < coalesce(p.response_end, p.end_char)
    WHERE a.part_of IS NULL AND a.bodies IS NULL
), kept AS (
    SELECT * FROM stated QUALIFY detail_of IS NULL OR bool_and(detail_of IS NOT NULL) OVER (PARTITION BY notice_id, kind)
)
SELECT kind, sum(persons)::BIGINT AS people, count(DISTINCT notice_id) AS notices, count(*) FILTER (persons = 0) AS explicit_zeros, count(*) FILTER (persons IS NULL) AS untold
FROM kept JOIN v_notices USING (notice_id)
WHERE is_primary
GROUP BY kind ORDER BY people DESC NULLS LAST, kind
