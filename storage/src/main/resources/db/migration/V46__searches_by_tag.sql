-- Searches of issues by tag begin with what is counted of their tags. A hash is as short as values are long.
CREATE INDEX issue_tags_hash ON issue_tags (hashtextextended(value, hashtextextended(key, 0)));

-- Where an issue has enough keys, '' of key '' counts what further ones have, as '' of a key does for further values. How much that
-- was so far is not known.
INSERT INTO issue_tags (issue_id, key, value, project_id, events, last_seen)
SELECT k.issue_id, '', '', k.project_id, 1, i.last_seen
FROM (SELECT issue_id, project_id FROM issue_tag_keys GROUP BY 1, 2 HAVING count(*) >= 100) AS k
JOIN issues i ON i.id = k.issue_id;

-- Searches look at issues that a job has yet to count again, whatever is counted of them.
CREATE INDEX pending_recounts_issue ON pending_recounts (issue_id) WHERE issue_id IS NOT NULL;
