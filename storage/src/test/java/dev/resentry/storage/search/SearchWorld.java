package dev.resentry.storage.search;

import dev.resentry.model.release.ReleaseOrder;
import dev.resentry.model.release.ReleaseVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Issues with events that were made up, in memory and in a database alike. */
final class SearchWorld {
    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    static final List<String> RELEASES =
            List.of("web@1.2.0", "web@1.10.0", "web@2.0.0-rc.1+45", "web@2.0.0", "nightly");
    static final long ME = 1;

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> LEVELS = List.of("error", "warning", "info", "fatal");

    /** Each has one of these, or none. */
    record Thrown(
            String type,
            String value,
            String mechanism,
            @Nullable Boolean handled,
            String file,
            String function) {}

    record Event(
            UUID id,
            Issue issue,
            Instant at,
            String level,
            String title,
            @Nullable String message,
            @Nullable String release,
            @Nullable String environment,
            @Nullable String transaction,
            @Nullable UUID trace,
            Map<String, String> tags,
            List<Thrown> thrown,
            Map<String, String> user,
            Map<String, String> request,
            Map<String, String> os,
            Map<String, Boolean> flags) {}

    record Issue(
            long id,
            long project,
            String title,
            @Nullable String culprit,
            String level,
            String status,
            @Nullable String substatus,
            @Nullable Long assignee,
            @Nullable String priority,
            boolean unhandled,
            long count,
            long users,
            Instant firstSeen,
            Instant lastSeen,
            @Nullable String firstRelease,
            boolean linked) {}

    final List<Issue> issues = new ArrayList<>();
    final List<Event> events = new ArrayList<>();

    SearchWorld(int manyEvents, long seed) {
        var random = new Random(seed);
        int manyIssues = manyEvents / 10;
        for (int i = 1; i <= manyIssues; i++) {
            issues.add(issue(i, random));
        }
        for (int i = 0; i < manyEvents; i++) {
            // Each issue has one at least.
            events.add(event(issues.get(i < manyIssues ? i : random.nextInt(manyIssues)), random));
        }
    }

    private static Issue issue(long id, Random random) {
        String status = one(random, "unresolved", "unresolved", "resolved", "ignored");
        String substatus = switch (status) {
            case "unresolved" -> one(random, "new", "ongoing", "escalating", "regressed");
            case "ignored" -> one(random, "archived_forever", "archived_until_escalating");
            default -> null;
        };
        Instant first = NOW.minus(Duration.ofMinutes(random.nextInt(60 * 24 * 20)));
        return new Issue(
                id,
                1 + id % 2,
                words(random),
                maybe(random, one(random, "app.views in index", "cart.js", "50%_off")),
                one(random, LEVELS.toArray(String[]::new)),
                status,
                substatus,
                random.nextInt(3) == 0 ? (Long) (1L + random.nextInt(3)) : null,
                maybe(random, one(random, "high", "medium", "low")),
                random.nextBoolean(),
                1 + random.nextInt(40),
                random.nextInt(10),
                first,
                first.plus(Duration.ofMinutes(random.nextInt(60 * 24))),
                maybe(random, one(random, RELEASES.toArray(String[]::new))),
                random.nextInt(4) == 0);
    }

    private static Event event(Issue issue, Random random) {
        Map<String, String> tags = new HashMap<>();
        put(tags, random, "browser.name", "Safari", "Firefox", "");
        put(tags, random, "my key", "a b", "c*d", "back\\slash");
        put(tags, random, "cart", "1", "2.5", "10", "many");
        put(tags, random, "level", "custom", "error");
        Map<String, String> user = new HashMap<>();
        put(user, random, "id", "7", "8");
        put(user, random, "email", "ann@shop.example", "bob@shop.example");
        put(user, random, "ip_address", "10.0.0.7");
        Map<String, String> request = new HashMap<>();
        put(request, random, "method", "GET", "POST");
        put(request, random, "url", "https://shop.example/cart?x=1", "https://shop.example/");
        Map<String, String> os = new HashMap<>();
        put(os, random, "name", "Android", "iOS");
        put(os, random, "version", "14", "17.2");
        Map<String, Boolean> flags = new HashMap<>();
        if (random.nextBoolean()) {
            flags.put("new-cart", random.nextBoolean());
        }
        List<Thrown> thrown = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            thrown.add(new Thrown(
                    one(random, "TypeError", "ValueError", "KeyError"),
                    words(random),
                    one(random, "generic", "onerror"),
                    one(random, Boolean.TRUE, Boolean.FALSE, null),
                    one(random, "app.js", "lib/cart.py"),
                    one(random, "<anonymous>", "checkout", "render()")));
        }
        return new Event(
                new UUID(random.nextLong(), random.nextLong()),
                issue,
                NOW.minus(Duration.ofSeconds(random.nextInt(3600 * 24 * 5))),
                one(random, LEVELS.toArray(String[]::new)),
                words(random),
                maybe(random, words(random)),
                maybe(random, one(random, RELEASES.toArray(String[]::new))),
                maybe(random, one(random, "production", "staging")),
                maybe(random, one(random, "/cart", "/checkout/:id")),
                random.nextBoolean() ? new UUID(1, random.nextInt(3)) : null,
                tags,
                thrown,
                user,
                request,
                os,
                flags);
    }

    private static String words(Random random) {
        return one(
                        random,
                        "Cannot read",
                        "cart is empty",
                        "100% done",
                        "größe fehlt",
                        "say \"hi\"",
                        "a_b",
                        "日本語",
                        "back\\slash")
                + " "
                + one(random, "null", "CART", "(x)", "*", "[1]");
    }

    @SafeVarargs
    private static <T> T one(Random random, T... of) {
        return of[random.nextInt(of.length)];
    }

    private static @Nullable String maybe(Random random, String value) {
        return random.nextInt(4) == 0 ? null : value;
    }

    private static void put(Map<String, String> to, Random random, String key, String... values) {
        if (random.nextInt(3) > 0) {
            to.put(key, one(random, values));
        }
    }

    void store(JdbcTemplate jdbc) {
        jdbc.execute("SELECT ensure_day_partitions(date '2026-11-14' + n) FROM generate_series(0, 7) n");
        jdbc.execute("""
            INSERT INTO projects (id, slug, name, status, revision, created_at, updated_at) OVERRIDING SYSTEM VALUE
            VALUES (1, 'web', 'Web', 'active', 1, now(), now()), (2, 'shop', 'Shop', 'active', 1, now(), now())
            """);
        jdbc.execute("""
            INSERT INTO users (id, email, password_hash, created_at, name) OVERRIDING SYSTEM VALUE
            VALUES (1, 'ann@x.example', '', now(), 'Ann'), (2, 'bob@x.example', '', now(), 'Bob'), (3, 'cid@x.example', '', now(), 'Cid')
            """);
        jdbc.execute("INSERT INTO teams (id, slug, name, created_at) OVERRIDING SYSTEM VALUE VALUES (1, 'red', 'Red',"
                + " now()), (2, 'blue', 'Blue', now())");
        jdbc.execute("INSERT INTO team_members (team_id, user_id) VALUES (1, 1), (1, 2), (2, 3)");
        for (long project = 1; project <= 2; project++) {
            for (int i = 0; i < RELEASES.size(); i++) {
                String version = RELEASES.get(i);
                jdbc.update(
                        "INSERT INTO releases (project_id, version, sort_key, created_at, date_released) VALUES (?, ?,"
                                + " ?, now(), ?)",
                        project,
                        version,
                        ReleaseOrder.sortKey(ReleaseVersion.parse(version)),
                        NOW.minus(Duration.ofDays(30 - i)).atOffset(ZoneOffset.UTC));
            }
        }
        jdbc.batchUpdate(
                """
                INSERT INTO issues (id, project_id, title, culprit, level, status, substatus, assignee_id, priority, is_unhandled,
                                    event_count, users_affected, first_seen, last_seen, first_release, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now())
                """,
                issues.stream()
                        .map(i -> new Object[] {
                            i.id,
                            i.project,
                            i.title,
                            i.culprit,
                            i.level,
                            i.status,
                            i.substatus,
                            i.assignee,
                            i.priority,
                            i.unhandled,
                            i.count,
                            i.users,
                            i.firstSeen.atOffset(ZoneOffset.UTC),
                            i.lastSeen.atOffset(ZoneOffset.UTC),
                            i.firstRelease
                        })
                        .toList());
        jdbc.batchUpdate(
                "INSERT INTO issue_tickets (issue_id, project_id, url, created_at, actor_id, actor_name) VALUES (?, ?,"
                        + " 'https://t.example/1', now(), 1, 'Ann')",
                issues.stream()
                        .filter(Issue::linked)
                        .map(i -> new Object[] {i.id, i.project})
                        .toList());
        jdbc.batchUpdate(
                """
                INSERT INTO events (received_at, project_id, event_id, issue_id, envelope_id, occurred_at, level, title, message, release,
                                    environment, transaction, trace_id, strategy, hash, tags, payload_json)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'test', ''::bytea, ?::jsonb, ?)
                """,
                events.stream()
                        .map(e -> new Object[] {
                            e.at.atOffset(ZoneOffset.UTC),
                            e.issue.project,
                            e.id,
                            e.issue.id,
                            e.id,
                            e.at.atOffset(ZoneOffset.UTC),
                            e.level,
                            e.title,
                            e.message,
                            e.release,
                            e.environment,
                            e.transaction,
                            e.trace,
                            JSON.writeValueAsString(e.tags),
                            JSON.writeValueAsString(payload(e))
                        })
                        .toList());
        jdbc.batchUpdate(
                "INSERT INTO event_identities (project_id, event_id, received_at) VALUES (?, ?, ?)",
                events.stream()
                        .map(e -> new Object[] {e.issue.project, e.id, e.at.atOffset(ZoneOffset.UTC)})
                        .toList());
        jdbc.execute("""
            INSERT INTO issue_releases (issue_id, release, environment, project_id, events, first_seen, last_seen)
            SELECT issue_id, release, coalesce(environment, ''), min(project_id), count(*), min(occurred_at), max(occurred_at)
            FROM events WHERE release IS NOT NULL GROUP BY 1, 2, 3
            """);
        countTags(jdbc);
        jdbc.execute("ANALYZE");
    }

    /** As if some values, and all keys of some issues, had come when there was no room for rows of their own any more. */
    private static void countTags(JdbcTemplate jdbc) {
        jdbc.execute("""
            INSERT INTO issue_tags (issue_id, key, value, project_id, events, last_seen)
            SELECT issue_id, key, value, min(project_id), count(*), max(occurred_at)
            FROM (SELECT e.issue_id, e.project_id, e.occurred_at,
                         CASE WHEN e.issue_id % 5 = 1 THEN '' ELSE tag.key END AS key,
                         CASE WHEN e.issue_id % 5 = 1 OR (e.issue_id % 5 = 2 AND length(tag.value) > 2) THEN '' ELSE tag.value END AS value
                  FROM events e
                  CROSS JOIN LATERAL (
                      SELECT key, value FROM jsonb_each_text(e.tags) WHERE key NOT IN ('level', 'environment', 'release')
                      UNION ALL
                      VALUES ('level', e.level), ('environment', e.environment), ('release', e.release)) AS tag
                  WHERE tag.value <> '') AS counted
            GROUP BY 1, 2, 3
            """);
        jdbc.execute("""
            INSERT INTO issue_tag_keys (issue_id, key, project_id, named_values)
            SELECT issue_id, key, min(project_id), count(*) FILTER (WHERE value <> '') FROM issue_tags WHERE key <> '' GROUP BY 1, 2
            """);
        // Of these nothing is counted that holds.
        jdbc.execute("""
            INSERT INTO jobs (kind, parameters, state, available_at, created_by, created_at)
            VALUES ('regroup_apply', '{}', 'queued', now(), 'Ann', now())
            """);
        jdbc.execute("DELETE FROM issue_tags WHERE issue_id % 5 = 3");
        jdbc.execute("""
            INSERT INTO pending_recounts (job_id, project_id, issue_id)
            SELECT (SELECT max(id) FROM jobs), project_id, id FROM issues WHERE id % 5 = 3
            """);
    }

    private static Map<String, Object> payload(Event event) {
        List<Map<String, Object>> exceptions = new ArrayList<>();
        for (Thrown thrown : event.thrown) {
            Map<String, Object> mechanism = new HashMap<>(Map.of("type", thrown.mechanism));
            if (thrown.handled != null) {
                mechanism.put("handled", thrown.handled);
            }
            exceptions.add(Map.of(
                    "type",
                    thrown.type,
                    "value",
                    thrown.value,
                    "mechanism",
                    mechanism,
                    "stacktrace",
                    Map.of("frames", List.of(Map.of("filename", thrown.file, "function", thrown.function)))));
        }
        List<Map<String, Object>> flags = new ArrayList<>();
        event.flags.forEach((flag, result) -> flags.add(Map.of("flag", flag, "result", result)));
        return Map.of(
                "exception",
                Map.of("values", exceptions),
                "user",
                event.user,
                "request",
                event.request,
                "contexts",
                Map.of("os", event.os, "flags", Map.of("values", flags)));
    }
}
