-- Comparisons that several checks make in the same way, as table macros over the readings.

-- One date of the head against another, first ≤ second; both are names of header_dates.
CREATE TEMP MACRO date_order(first_name, second_name) AS TABLE
    SELECT
        a.notice_id,
        CASE WHEN at_most(a.low, a.high, b.low, b.high) = 'fail' AND (a.is_inferred OR b.is_inferred) THEN 'review'
             ELSE at_most(a.low, a.high, b.low, b.high) END AS verdict,
        CASE WHEN a.low IS NULL THEN a.missing WHEN b.low IS NULL THEN b.missing
             WHEN a.high <= b.low THEN NULL
             WHEN a.low > b.high THEN CASE WHEN a.is_inferred OR b.is_inferred THEN 'inferred_year' ELSE 'order' END
             WHEN a.is_redacted OR b.is_redacted THEN 'redacted'
             ELSE 'approximate' END AS reason,
        days(a.low, a.high) AS lhs,
        days(b.low, b.high) AS rhs,
        CASE WHEN a.low IS NULL OR b.low IS NULL THEN NULL
             ELSE days(a.low, a.high) || CASE at_most(a.low, a.high, b.low, b.high) WHEN 'pass' THEN ' ≤ ' WHEN 'fail' THEN ' > ' ELSE ' ? ' END || days(b.low, b.high)
             END AS equation,
        CASE WHEN a.precision <> 'day' OR b.precision <> 'day' THEN 'by_interval' END AS reading,
        [a.span] AS lhs_spans,
        [b.span] AS rhs_spans
    FROM header_dates a JOIN header_dates b USING (notice_id)
    WHERE a.name = first_name AND b.name = second_name;

-- The worst figure of one kind against what its operands give: an exact figure that they do not give fails.
CREATE TEMP MACRO recomputed(wanted) AS TABLE
    SELECT n.notice_id,
           CASE finding WHEN 'pass' THEN 'pass' WHEN 'recomputed_differs' THEN 'fail' ELSE CASE WHEN finding IS NULL THEN 'not_applicable' ELSE 'not_checkable' END END AS verdict,
           CASE WHEN finding IS NULL THEN 'not_told' ELSE nullif(finding, 'pass') END AS reason,
           num_range(low, high) AS lhs,
           num(round(found, decimals::INTEGER + 2)) AS rhs,
           formula || CASE finding WHEN 'pass' THEN ' = ' WHEN 'recomputed_differs' THEN ' = ' || num(round(found, decimals::INTEGER + 2)) || ' ≠ ' ELSE ' ? ' END || num_range(low, high) AS equation,
           NULL AS reading, [span] AS lhs_spans, operand_spans AS rhs_spans
    FROM notices n LEFT JOIN (FROM recomputed_figures WHERE kind = wanted) USING (notice_id);
