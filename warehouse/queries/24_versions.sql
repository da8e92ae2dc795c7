-- Notices that were read in more than one version (taizhang diff tells what changed), and bodies with two notices of one inspection
-- 有多个版本的通报（具体变化见 taizhang diff），以及同一次巡察的多份通报
SELECT 'same place' AS kind, n.notice_id, n.inspected_org, count(*) AS versions, min(d.seen_at)::DATE AS first_seen, max(d.seen_at)::DATE AS last_seen
FROM documents d JOIN notices n USING (notice_id)
GROUP BY ALL HAVING count(DISTINCT d.sha256) > 1
UNION ALL
SELECT 'same inspection', min(notice_id), inspected_org, count(*), min(signed_earliest), max(signed_latest)
FROM notices WHERE inspected_org IS NOT NULL AND feedback_earliest IS NOT NULL
GROUP BY inspected_org, feedback_earliest, feedback_latest HAVING count(*) > 1
ORDER BY kind, inspected_org, notice_id
