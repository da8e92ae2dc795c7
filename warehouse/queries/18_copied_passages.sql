-- Passages of two different bodies that are nearly the same: shared runs of four characters
-- 不同单位通报中几乎相同的段落（按四字片段重合度）
-- param similarity = 0.6: least share of runs that both have (Jaccard)
-- param least = 20: characters that a passage must have
-- param most = 20: a passage that more notices have, or nearly have, is a form of words that all use, and is left out
WITH passage AS MATERIALIZED (
    SELECT DISTINCT notice_id, words FROM (
        SELECT notice_id, regexp_replace(text, '[^一-龥A-Za-z0-9]', '', 'g') AS words FROM measures
        UNION ALL SELECT notice_id, regexp_replace(text, '[^一-龥A-Za-z0-9]', '', 'g') FROM next_steps
    ) WHERE length(words) >= $least::INTEGER
), said AS MATERIALIZED (
    SELECT words, times, row_number() OVER () AS id FROM (SELECT words, count(*) AS times FROM passage GROUP BY words) WHERE times <= $most::INTEGER
), banded AS MATERIALIZED (
    -- eight smallest hashes, each by another mixing: passages that share none of them hardly share a half of their runs
    SELECT id, unnest(list_transform(range(8), lambda seed: hash(seed, list_min(list_transform(runs, lambda run: hash(run, seed)))))) AS band
    FROM (SELECT id, list_transform(range(1, length(words) - 2), lambda place: hash(substr(words, place::INTEGER, 4))) AS runs FROM said)
), telling AS (
    -- where many passages share a smallest hash, they are one form filled in, not copies (this also bounds the work)
    SELECT band FROM banded GROUP BY band HAVING count(*) BETWEEN 2 AND $most::INTEGER
), pair AS MATERIALIZED (
    SELECT DISTINCT a.id AS one, b.id AS other FROM banded a JOIN telling USING (band) JOIN banded b USING (band) WHERE a.id < b.id
), compared AS MATERIALIZED (
    SELECT id, words, list_distinct(list_transform(range(1, length(words) - 2), lambda place: hash(substr(words, place::INTEGER, 4)))) AS runs
    FROM said WHERE id IN (SELECT one FROM pair UNION SELECT other FROM pair)
), close AS MATERIALIZED (
    SELECT one, other, a.words, b.words AS other_words,
           round(len(list_intersect(a.runs, b.runs)) / len(list_distinct(list_concat(a.runs, b.runs))), 3) AS similarity
    FROM pair JOIN compared a ON a.id = one JOIN compared b ON b.id = other WHERE similarity >= $similarity::DOUBLE
), crowded AS (
    SELECT id FROM (SELECT one AS id FROM close UNION ALL SELECT other FROM close) GROUP BY id HAVING count(*) > $most::INTEGER
), alike AS (
    SELECT words, other_words, similarity FROM close WHERE one NOT IN (FROM crowded) AND other NOT IN (FROM crowded)
    UNION ALL SELECT words, words, 1.0 FROM said WHERE times > 1
)
SELECT similarity, least(n.inspected_org, m.inspected_org) AS body, greatest(n.inspected_org, m.inspected_org) AS other_body,
       least(p.words, q.words) AS passage, greatest(p.words, q.words) AS other_passage
FROM alike a JOIN passage p ON p.words = a.words JOIN passage q ON q.words = a.other_words
JOIN notices n ON n.notice_id = p.notice_id JOIN notices m ON m.notice_id = q.notice_id
WHERE n.inspected_org IS DISTINCT FROM m.inspected_org
  AND (a.words <> a.other_words OR p.notice_id < q.notice_id)
ORDER BY similarity DESC, body, other_body, passage, other_passage
