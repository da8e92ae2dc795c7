-- What several checks need, computed once per run: one table per reading of the notices.

-- Numbering of siblings with one style of mark, under one parent and run on through the whole text.
CREATE TEMP TABLE sequences AS
WITH marked AS (
    -- an irregular mark (3、 for 三、) counts among its level's own
    SELECT notice_id, parent_path, level, ordinal, start_char, end_char, label, CASE level WHEN 'section' THEN 'all' ELSE section END AS part,
           CASE WHEN is_irregular THEN first(mark) OVER (PARTITION BY notice_id, CASE level WHEN 'section' THEN 'all' ELSE section END, level ORDER BY is_irregular, start_char) ELSE mark END AS mark
    FROM nodes WHERE ordinal IS NOT NULL AND level IN ('section', 'aspect', 'group', 'item')
), numbered AS (
    SELECT notice_id, part AS section, level, mark, ordinal, start_char, end_char, label,
           lag(ordinal) OVER (PARTITION BY notice_id, part, level, mark ORDER BY start_char) AS run_before,
           lag(ordinal) OVER (PARTITION BY notice_id, part, level, mark, coalesce(parent_path, '') ORDER BY start_char) AS before
    FROM marked
)
SELECT notice_id, section, level, mark, count(*) AS marks,
       count(*) FILTER (ordinal <> coalesce(before, 0) + 1) AS breaks,
       count(*) FILTER (ordinal <> coalesce(run_before, 0) + 1) AS run_breaks,
       arg_min(struct_pack(label := label, before := before, ordinal := ordinal, span := span(start_char, end_char)), start_char)
           FILTER (ordinal <> coalesce(before, 0) + 1) AS first_break,
       arg_min(struct_pack(label := label, before := run_before, ordinal := ordinal, span := span(start_char, end_char)), start_char)
           FILTER (ordinal <> coalesce(run_before, 0) + 1) AS first_run_break,
       min(start_char) AS first_char, max(end_char) AS stop_char
FROM numbered GROUP BY ALL;

-- Which notices are whole: an excerpt or a short news item owes neither every part nor the full list of problems.
CREATE TEMP TABLE extents AS
WITH parts AS (
    SELECT notice_id, bool_or(section = 'results') AS has_results, bool_or(section = 'next_steps') AS has_next_steps
    FROM nodes GROUP BY notice_id
), numbering AS (
    SELECT notice_id, bool_or(breaks > 0 AND run_breaks > 0) AS is_broken FROM sequences WHERE section = 'results' AND level IN ('aspect', 'group', 'item') GROUP BY notice_id
)
SELECT n.notice_id, n.char_count >= 1200 AS is_long, coalesce(p.has_results, false) AS has_results, coalesce(p.has_next_steps, false) OR s.notice_id IS NOT NULL AS has_next_steps,
       n.genre = 'notice' AND n.char_count >= 1200 AND coalesce(p.has_results, false) AND (coalesce(p.has_next_steps, false) OR s.notice_id IS NOT NULL) AS is_whole,
       coalesce(is_broken, false) AS is_broken
FROM notices n LEFT JOIN parts p USING (notice_id) LEFT JOIN numbering USING (notice_id) LEFT JOIN (SELECT DISTINCT notice_id FROM next_steps) s USING (notice_id);

-- The five dates of each notice, and why one is missing.
CREATE TEMP TABLE header_dates AS
WITH printed AS (
    FROM notices SELECT notice_id, 'inspection_start' AS name, 'inspection_start' AS role, inspection_start_earliest AS low, inspection_start_latest AS high,
        inspection_start_precision AS precision, inspection_start_inferred IS NOT NULL AS is_inferred, inspection_start_is_redacted AS is_redacted, inspection_start_span AS span
    UNION ALL FROM notices SELECT notice_id, 'inspection_end', 'inspection_end', inspection_end_earliest, inspection_end_latest,
        inspection_end_precision, inspection_end_inferred IS NOT NULL, inspection_end_is_redacted, inspection_end_span
    UNION ALL FROM notices SELECT notice_id, 'feedback', 'feedback', feedback_earliest, feedback_latest,
        feedback_precision, feedback_inferred IS NOT NULL, feedback_is_redacted, feedback_span
    UNION ALL FROM notices SELECT notice_id, 'signed', 'signing', signed_earliest, signed_latest,
        signed_precision, signed_inferred IS NOT NULL, signed_is_redacted, signed_span
    UNION ALL FROM notices SELECT notice_id, 'published', 'publication', published_earliest, published_latest,
        published_precision, published_inferred IS NOT NULL, published_is_redacted, published_span
), broken AS (
    SELECT notice_id, role, any_value(null_reason) AS null_reason FROM date_mentions WHERE null_reason IS NOT NULL AND role IS NOT NULL GROUP BY ALL
)
SELECT p.*, CASE WHEN p.low IS NOT NULL THEN NULL WHEN p.is_redacted THEN 'redacted' ELSE coalesce(b.null_reason, 'absent') END AS missing
FROM printed p LEFT JOIN broken b USING (notice_id, role);

-- Figures that speak of this inspection's work as a whole. Approximate ones are intervals, masked ones are null.
CREATE TEMP TABLE headline AS
SELECT notice_id, subject, ladder_step(subject) AS step, status, modifier, unit, decimals, surface, path, bound_level, bound_count, alternatives,
       CASE WHEN value_low IS NULL AND value_high IS NULL THEN NULL ELSE coalesce(value_low, 0) END AS low,
       CASE WHEN value_low IS NULL AND value_high IS NULL THEN NULL ELSE coalesce(value_high, 'infinity'::DOUBLE) END AS high,
       part_of,
       -- 其中 of a status (of the 32 done, 21) takes the figure out of the partition; 其中 of the total does not
       coalesce(part_of IN ('completed', 'basically_completed', 'in_progress', 'not_completed', 'immediate', 'time_limited', 'long_term', 'phase'), false) AS is_nested,
       start_char, end_char, span(start_char, end_char) AS span
FROM claims
WHERE scope IS NULL AND is_headline;

-- Every stated total with the nearest figure of each state on the same rung of the ladder.
CREATE TEMP TABLE tallies AS
WITH totals AS (
    SELECT *, list(step) OVER (PARTITION BY notice_id) AS total_steps FROM headline WHERE status = 'total' AND step NOT IN ('rate', 'rule', 'other')
), pairs AS (
    SELECT t.notice_id, t.start_char AS first_char, t.subject, t.step, t.low, t.high, t.span,
           p.status, p.is_nested,
           -- 任务 and 问题 are told apart only where the notice gives a total of both
           p.step = t.step OR NOT list_contains(t.total_steps, p.step) AS is_same_step,
           struct_pack(low := p.low, high := p.high, span := p.span, subject := p.subject, part_of := p.part_of) AS part,
           CASE WHEN p.start_char >= t.end_char THEN p.start_char - t.end_char ELSE 2 * (t.start_char - p.start_char) END
               + CASE WHEN is_same_step THEN 0 ELSE 100000 END AS distance
    FROM totals t JOIN headline p
      ON p.notice_id = t.notice_id AND p.status NOT IN ('total', 'created', 'revised')
     AND (p.step = t.step OR (p.step IN ('problem', 'task') AND t.step IN ('problem', 'task', 'specific', 'opinion')))
), nearest AS (
    SELECT notice_id, first_char, subject, step, low, high, span, status, is_nested,
           arg_min(part, distance) AS part, min(distance) AS distance, arg_min(is_same_step, distance) AS is_same_step
    FROM pairs GROUP BY ALL
), gathered AS (
    SELECT notice_id, first_char, subject, step, low, high, span,
           max(distance) AS spread, bool_and(is_same_step) AS is_same_step,
           any_value(part) FILTER (status = 'completed' AND NOT is_nested) AS done,
           any_value(part) FILTER (status = 'basically_completed' AND NOT is_nested) AS basically,
           any_value(part) FILTER (status = 'phase' AND NOT is_nested) AS phase,
           any_value(part) FILTER (status = 'in_progress' AND NOT is_nested) AS going_on,
           any_value(part) FILTER (status = 'not_completed' AND NOT is_nested) AS not_done,
           any_value(part) FILTER (status = 'long_term' AND NOT is_nested) AS long_term,
           any_value(part) FILTER (status = 'long_term' AND is_nested) AS long_term_within,
           any_value(part) FILTER (status = 'immediate') AS at_once,
           any_value(part) FILTER (status = 'time_limited') AS in_time
    FROM nearest GROUP BY ALL
)
SELECT *,
       list_filter([done, basically, phase, going_on, not_done], lambda part: part IS NOT NULL) AS states,
       -- a part that is not told adds nothing, a masked one makes the sum unknown
       CASE WHEN done IS NULL THEN 0 ELSE done.low END + CASE WHEN basically IS NULL THEN 0 ELSE basically.low END + CASE WHEN phase IS NULL THEN 0 ELSE phase.low END
           + CASE WHEN going_on IS NULL THEN 0 ELSE going_on.low END + CASE WHEN not_done IS NULL THEN 0 ELSE not_done.low END AS states_low,
       CASE WHEN done IS NULL THEN 0 ELSE done.high END + CASE WHEN basically IS NULL THEN 0 ELSE basically.high END + CASE WHEN phase IS NULL THEN 0 ELSE phase.high END
           + CASE WHEN going_on IS NULL THEN 0 ELSE going_on.high END + CASE WHEN not_done IS NULL THEN 0 ELSE not_done.high END AS states_high
FROM gathered;

-- How many parts of each kind the results have.
CREATE TEMP TABLE levels AS
WITH counted AS (
    SELECT notice_id,
           count(*) FILTER (level = 'aspect') AS aspects,
           count(*) FILTER (level = 'group') AS groups,
           count(*) FILTER (level = 'item') AS items,
           count(*) FILTER (level = 'step') AS steps,
           count(*) FILTER (level = 'response') AS responses
    FROM nodes WHERE section = 'results' GROUP BY notice_id
), bare AS (
    -- aspects that go straight to their items, without a group between
    SELECT a.notice_id, count(*) AS bare_aspects
    FROM nodes a LEFT JOIN nodes g ON g.notice_id = a.notice_id AND g.parent_path = a.path AND g.level = 'group'
    WHERE a.level = 'aspect' AND a.section = 'results' AND g.path IS NULL GROUP BY a.notice_id
), asked AS (
    SELECT p.notice_id, count(*) AS problems, count(p.response_start) AS answered, count(p.status) AS labelled,
           -- 一是…二是… tell what was done and not what was found
           2 * count(*) FILTER (o.mark IN ('yishi', 'yiyao')) > count(*) AS by_words
    FROM problems p LEFT JOIN nodes o ON o.notice_id = p.notice_id AND o.path = p.path GROUP BY p.notice_id
)
SELECT n.notice_id, coalesce(aspects, 0) AS aspects, coalesce(groups, 0) AS groups, coalesce(items, 0) AS items, coalesce(steps, 0) AS steps,
       coalesce(responses, 0) AS responses, coalesce(bare_aspects, 0) AS bare_aspects,
       coalesce(problems, 0) AS problems, coalesce(answered, 0) AS answered, coalesce(labelled, 0) AS labelled, coalesce(by_words, false) AS by_words
FROM notices n LEFT JOIN counted USING (notice_id) LEFT JOIN bare USING (notice_id) LEFT JOIN asked USING (notice_id);

-- Where the problems stand, and those that no rectification follows.
CREATE TEMP TABLE problem_places AS
SELECT notice_id, list(span(start_char, end_char) ORDER BY number) AS places, list(span(start_char, end_char) ORDER BY number) FILTER (response_start IS NULL) AS unanswered
FROM problems GROUP BY notice_id;

-- Figures with what their operands give, and the worst of each kind per notice.
CREATE TEMP TABLE recomputed_figures AS
WITH computed AS (
    SELECT notice_id, kind, value_low AS low, value_high AS high, decimals, modifier, operand_spans, span(start_char, end_char) AS span, start_char,
           operands[1] AS one, operands[2] AS two,
           CASE kind WHEN 'average' THEN one / nullif(two, 0)
                     WHEN 'ratio' THEN two / nullif(one, 0)
                     WHEN 'percent' THEN 100 * one / nullif(two, 0)
                     WHEN 'change' THEN abs(two - one)
                     WHEN 'rate' THEN one * two
                     ELSE list_sum(operands) END AS found,
           -- 增长12% is a change against the value before, unless the values are rates themselves
           CASE WHEN kind = 'change' AND unit = '%' THEN 100 * abs(two - one) / nullif(one, 0) END AS relative,
           CASE kind WHEN 'sum' THEN list_reduce(list_transform(operands, lambda x: format('{:.12g}', x)), lambda so_far, x: so_far || ' + ' || x)
                     WHEN 'change' THEN format('{:.12g} - {:.12g}', greatest(one, two), least(one, two))
                     WHEN 'ratio' THEN format('{:.12g} ÷ {:.12g}', two, one)
                     WHEN 'rate' THEN format('{:.12g} × {:.12g}', one, two)
                     ELSE format('{:.12g} ÷ {:.12g}', one, two) END AS formula
    -- a rate of rectification is a claim already, and is held against the claims beside it
    FROM figures f ANTI JOIN claims c ON c.notice_id = f.notice_id AND c.unit = '%' AND f.kind = 'percent' AND f.start_char >= c.start_char AND f.end_char <= c.end_char
    WHERE kind IN ('average', 'ratio', 'percent', 'change', 'sum', 'rate')
), judged AS (
    SELECT *, CASE WHEN low IS NULL THEN 'redacted' WHEN found IS NULL OR two IS NULL THEN 'absent'
                   WHEN modifier <> 'exact' OR low IS DISTINCT FROM high THEN 'approximate'
                   WHEN prints_as(found, low, decimals) OR prints_as(relative, low, decimals) THEN 'pass'
                   ELSE 'recomputed_differs' END AS finding
    FROM computed
)
FROM judged QUALIFY row_number() OVER (PARTITION BY notice_id, kind ORDER BY list_position(['recomputed_differs', 'pass', 'approximate', 'redacted', 'absent'], finding), start_char) = 1;

-- Plans and meetings that organise the rectification: told in the lead or the organising part.
CREATE TEMP TABLE organising_dates AS
WITH named AS (
    SELECT d.notice_id, d.role, d.earliest, d.latest, d.start_char, d.end_char, d.path FROM date_mentions d WHERE d.role IN ('plan', 'meeting')
), placed AS (
    SELECT d.*, o.section FROM named d LEFT JOIN nodes o ON o.notice_id = d.notice_id AND o.path = d.path WHERE o.section IS NULL OR o.section IN ('lead', 'organisation')
), worded AS (
    SELECT p.*, t.text[p.end_char + 1:p.end_char + 50] AS behind FROM placed p JOIN texts t USING (notice_id)
)
SELECT *, regexp_matches(behind, '^[^。\n]{0,40}民主生活会') AS is_special_meeting FROM worded
WHERE role = 'plan' OR regexp_matches(behind, '^[^。\n]{0,40}(?:民主生活会|动员|部署|专题)');

-- The prefecture of each notice's body, and by which rule its place was told.
CREATE TEMP TABLE body_places AS
SELECT n.notice_id, n.region_code, n.place_rule, CASE WHEN r.level = 'county' THEN r.parent ELSE r.code END AS prefecture
FROM notices n LEFT JOIN regions r ON r.code = n.region_code
QUALIFY row_number() OVER (PARTITION BY n.notice_id ORDER BY r.valid_to DESC NULLS FIRST) = 1;

-- The prefectures that each telephone number and postcode points to; null where the tables do not know it.
CREATE TEMP TABLE contact_places AS
WITH reached AS (
    SELECT notice_id, kind, value, start_char, end_char,
           CASE WHEN kind = 'phone' AND starts_with(value, '0') THEN split_part(value, '-', 1) END AS area_code,
           CASE WHEN kind = 'phone' AND starts_with(value, '1') AND length(value) = 11 THEN value END AS mobile,
           CASE WHEN kind = 'postcode' AND length(value) = 6 THEN value END AS postcode
    FROM contacts WHERE kind IN ('phone', 'postcode') AND NOT is_redacted
), mobiles AS (
    SELECT c.notice_id, c.start_char, m.prefecture FROM reached c JOIN mobile_prefixes m ON m.head = c.mobile[:3]
    WHERE len(list_filter(string_split(m.ranges, ' '), lambda one: c.mobile[4:7] BETWEEN split_part(one, '-', 1) AND split_part(one, '-', -1))) > 0
)
SELECT c.notice_id, c.kind, c.value, c.area_code, c.mobile, c.postcode, span(c.start_char, c.end_char) AS span, c.start_char,
       string_split(coalesce(a.prefectures, m.prefecture, four.prefectures, three.prefectures), ' ') AS prefectures
FROM reached c
LEFT JOIN area_codes a ON a.area_code = c.area_code
LEFT JOIN mobiles m ON m.notice_id = c.notice_id AND m.start_char = c.start_char
LEFT JOIN postcodes four ON four.prefix = c.postcode[:4]
LEFT JOIN postcodes three ON three.prefix = c.postcode[:3];

-- All names of dated_names as one pattern: it passes a text once, and not once for each name. No name is a part of another.
SET VARIABLE any_dated_name = (SELECT string_agg(regexp_escape(name), '|') FROM dated_names);
