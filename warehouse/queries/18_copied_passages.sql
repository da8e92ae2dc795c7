-- Passages of two different bodies that are nearly the same: shared runs of four characters
-- 不同单位通报中几乎相同的段落（按四字片段重合度）
-- param similarity = 0.6: least share of runs that both have (Jaccard)
-- param least = 20: characters that a passage must have
WITH passage AS (
    SELECT notice_id, start_char, regexp_replace(text, '[^一-龥A-Za-z0-9]', '', 'g') AS words FROM measures
    UNION ALL SELECT notice_id, start_char, regexp_replace(text, '[^一-龥A-Za-z0-9]', '', 'g') FROM next_steps
), shingled AS (
    SELECT notice_id, start_char, words, list_distinct(list_transform(range(1, length(words) - 2), lambda place: hash(substr(words, place::INTEGER, 4)))) AS runs
    FROM passage WHERE length(words) >= $least::INTEGER
), banded AS (
    -- eight smallest hashes, each by another mixing: passages that share none of them hardly share a half of their runs
    SELECT notice_id, start_char, words, runs, unnest(list_transform(range(8), lambda seed: seed || ':' || list_min(list_transform(runs, lambda run: hash(run, seed))))) AS band
    FROM shingled
), pair AS (
    SELECT DISTINCT a.notice_id AS one, b.notice_id AS other, a.words AS words, b.words AS other_words, a.runs AS runs, b.runs AS other_runs
    FROM banded a JOIN banded b ON a.band = b.band AND a.notice_id < b.notice_id
)
SELECT round(len(list_intersect(p.runs, p.other_runs)) / len(list_distinct(list_concat(p.runs, p.other_runs))), 3) AS similarity,
       least(n.inspected_org, m.inspected_org) AS body, greatest(n.inspected_org, m.inspected_org) AS other_body,
       least(p.words, p.other_words) AS passage, greatest(p.words, p.other_words) AS other_passage
FROM pair p JOIN notices n ON n.notice_id = p.one JOIN notices m ON m.notice_id = p.other
WHERE similarity >= $similarity::DOUBLE AND n.inspected_org IS DISTINCT FROM m.inspected_org
ORDER BY similarity DESC, body, other_body, passage, other_passage
