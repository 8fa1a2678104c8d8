package dev.resentry.query.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Releases and deployments by the API. */
@Timeout(120)
class ReleasesIT {
    private static final Instant SEEN = Instant.parse("2026-11-18T12:00:00Z");

    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void aReleaseIsMadeOnceAndGainsWhatIsSaidLater() {
        long project = ROWS.project("release-twice");
        JsonNode made = save(project, "{\"version\": \" shop@1.2.0+45 \"}");
        JsonNode again = save(
                project,
                "{\"version\": \"shop@1.2.0+45\", \"ref\": \"v1.2.0\", \"commits\": [{\"id\": \"c1\", \"files\": [\"a.js\"]}]}");

        assertThat(again.path("id").asLong()).isEqualTo(made.path("id").asLong());
        assertThat(again.path("version").asString()).isEqualTo("shop@1.2.0+45");
        assertThat(again.path("short_version").asString()).isEqualTo("1.2.0 (45)");
        assertThat(again.path("package_name").asString()).isEqualTo("shop");
        assertThat(again.path("ref").asString()).isEqualTo("v1.2.0");
        assertThat(again.path("commits").asInt()).isEqualTo(1);
        assertThat(again.path("created_by").asString()).isEqualTo("admin@localhost");
        assertThat(again.path("first_event_at").isNull()).isTrue();
        JsonNode commits = API.get(
                        "/api/v1/releases/%d/commits".formatted(made.path("id").asLong()))
                .json();
        assertThat(commits.at("/results/0/files/0").asString()).isEqualTo("a.js");
    }

    @Test
    void aVersionThatNoSdkMaySendIsRefused() {
        long project = ROWS.project("release-names");
        for (String version : List.of("", "  ", "latest", "..", "a/b", "a\\\\b", "a\\u0000b", "ü".repeat(101))) {
            Reply reply = API.post(
                    "/api/v1/projects/%d/releases".formatted(project), "{\"version\": \"%s\"}".formatted(version));
            assertThat(reply.status()).as("%s", version).isEqualTo(400);
            assertThat(reply.json().at("/details").propertyNames())
                    .as("%s", version)
                    .containsExactly("version");
        }
    }

    @Test
    void theNumberOfNewIssuesIsThatOfTheListThatItLinksTo() {
        long project = ROWS.project("release-issues");
        JsonNode first = save(project, "{\"version\": \"1.0\", \"date_released\": \"2026-11-01T00:00:00Z\"}");
        JsonNode second = save(project, "{\"version\": \"1.1\", \"date_released\": \"2026-11-02T00:00:00Z\"}");
        long old = issue(project, "1.0");
        long fresh = issue(project, "1.1");
        happened(project, old, "1.0", "production", 5, 2);
        happened(project, old, "1.1", "production", 1, 1);
        happened(project, fresh, "1.1", "staging", 3, 3);

        JsonNode release =
                API.get("/api/v1/releases/" + second.path("id").asLong()).json();
        JsonNode production = API.get("/api/v1/releases/%d?environment=production"
                        .formatted(second.path("id").asLong()))
                .json();
        JsonNode comparison = API.get("/api/v1/releases/%d/comparison"
                        .formatted(second.path("id").asLong()))
                .json();

        assertThat(release.path("events").asInt()).isEqualTo(4);
        assertThat(release.path("new_issues").asInt()).isEqualTo(1);
        assertThat(release.at("/previous/version").asString()).isEqualTo("1.0");
        assertThat(ids("/api/v1/issues?project=release-issues&first_release=1.1"))
                .containsExactly(fresh);
        assertThat(production.path("events").asInt()).isEqualTo(1);
        assertThat(production.path("new_issues").asInt()).isZero();
        assertThat(ids("/api/v1/issues?project=release-issues&first_release=1.1&environment=production"))
                .isEmpty();
        assertThat(ids("/api/v1/issues?project=release-issues&release=1.1")).containsExactlyInAnyOrder(old, fresh);
        assertThat(ids("/api/v1/issues?project=release-issues&release=1.1&environment=staging"))
                .containsExactly(fresh);
        assertThat(comparison.at("/release/events").asInt()).isEqualTo(4);
        assertThat(comparison.at("/release/users").asInt()).isEqualTo(3);
        assertThat(comparison.at("/with/version").asString()).isEqualTo("1.0");
        assertThat(comparison.at("/with/events").asInt()).isEqualTo(5);
        assertThat(comparison.at("/with/users").asInt()).isEqualTo(2);
        assertThat(API.get("/api/v1/releases/%d/comparison"
                                .formatted(first.path("id").asLong()))
                        .json()
                        .path("with")
                        .isNull())
                .as("none before the first")
                .isTrue();
    }

    @Test
    void theNumberOfRegressedIssuesIsThatOfTheListThatItLinksTo() {
        long project = ROWS.project("release-regressed");
        String path = "/api/v1/releases/"
                + save(project, "{\"version\": \"1.1\"}").path("id").asLong();
        long back = issue(project, "1.0");
        long backElsewhere = issue(project, "1.0");
        long emptied = issue(project, "1.0");
        regressed(project, back, "1.1");
        regressed(project, back, "1.1");
        regressed(project, backElsewhere, "1.0");
        regressed(project, emptied, "1.1");
        API.database()
                .sql("UPDATE issues SET event_count = 0 WHERE id = :id")
                .param("id", emptied)
                .update();

        assertThat(API.get(path).json().path("regressed_issues").asInt()).isEqualTo(1);
        assertThat(ids("/api/v1/issues?project=release-regressed&regressed_in=1.1"))
                .containsExactly(back);
        assertThat(ids("/api/v1/issues?project=release-regressed&regressed_in=2"))
                .isEmpty();
    }

    @Test
    void aReleaseSaysHowManyOfItsEventsLackSourceMaps() {
        long project = ROWS.project("release-minified");
        save(project, "{\"version\": \"shop@1.4.2\"}");
        save(project, "{\"version\": \"shop@1.4.3\"}");
        long issue = issue(project, "shop@1.4.2");
        Instant at = Instant.parse("2026-11-18T10:00:00Z");
        List<UUID> events = Stream.generate(() -> ROWS.event(project, issue, StoredRows.envelopeId(at), at, "{}"))
                .limit(3)
                .toList();
        API.database()
                .sql("UPDATE events SET needs_source_maps = event_id <> :readable WHERE event_id = ANY (:ids)")
                .param("readable", events.getFirst())
                .param("ids", events.toArray(UUID[]::new))
                .update();

        JsonNode listed = API.get("/api/v1/releases?project=release-minified&sort=version")
                .json()
                .path("results");

        assertThat(texts(listed, "version")).containsExactly("shop@1.4.3", "shop@1.4.2");
        assertThat(texts(listed, "minified_events")).containsExactly("0", "2");
    }

    @Test
    void aDateIsTakenBackByNullAndStaysWhereItIsAbsent() {
        String path = "/api/v1/releases/"
                + save(
                                ROWS.project("release-undated"),
                                "{\"version\": \"1.1\", \"date_released\": \"2026-11-01T00:00:00Z\"}")
                        .path("id")
                        .asLong();

        assertThat(API.patch(path, "{\"ref\": \"v1\"}")
                        .json()
                        .path("date_released")
                        .asString())
                .isEqualTo("2026-11-01T00:00:00Z");
        assertThat(API.patch(path, "{\"date_released\": \"2026-11-02T01:00:00+01:00\"}")
                        .json()
                        .path("date")
                        .asString())
                .isEqualTo("2026-11-02T00:00:00Z");
        JsonNode undated = API.patch(path, "{\"date_released\": null}").json();
        assertThat(undated.path("date_released").isNull()).isTrue();
        assertThat(Instant.parse(undated.path("date").asString()))
                .as("when it was made")
                .isAfter(Instant.parse("2026-11-03T00:00:00Z"));
        assertThat(undated.path("ref").asString()).isEqualTo("v1");
        Reply refused = API.patch(path, "{\"date_released\": \"yesterday\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/details").propertyNames()).containsExactly("date_released");
    }

    @Test
    void theEventsOfAReleaseAreShownByTheHour() {
        long project = ROWS.project("release-hours");
        String path = "/api/v1/releases/%d/stats?from=2026-11-18T00:00:00Z&to=2026-11-19T00:00:00Z"
                .formatted(save(project, "{\"version\": \"shop@1.4.2\"}")
                        .path("id")
                        .asLong());
        ROWS.rollups(project, issue(project, "shop@1.4.2"));

        JsonNode all = API.get(path).json();

        assertThat(all.path("events").asInt()).isEqualTo(7);
        assertThat(texts(all.path("hours"), "hour")).containsExactly("2026-11-18T10:00:00Z", "2026-11-18T11:00:00Z");
        assertThat(texts(API.get(path + "&environment=staging").json().path("hours"), "hour"))
                .containsExactly("2026-11-18T10:00:00Z");
        assertThat(API.get(path.replace("19T00", "18T11")).json().path("events").asInt())
                .isEqualTo(3);
    }

    @Test
    void releasesOfTwoProjectsAreNotCompared() {
        long one = save(ROWS.project("release-one"), "{\"version\": \"1\"}")
                .path("id")
                .asLong();
        long other = save(ROWS.project("release-other"), "{\"version\": \"1\"}")
                .path("id")
                .asLong();

        Reply reply = API.get("/api/v1/releases/%d/comparison?with=%d".formatted(one, other));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().at("/details").propertyNames()).containsExactly("with");
    }

    @Test
    void aDeploymentIsListedMarkedAndMakesItsRelease() {
        long project = ROWS.project("release-deployed");
        Reply lean = API.post(
                "/api/deployments/",
                "{\"project\": \"release-deployed\", \"release\": \"2.0\", \"environment\": \"staging\", \"name\": \"job 7\"}");
        long release = lean.json().path("release_id").asLong();
        Reply whole = API.post(
                "/api/v1/releases/%d/deployments".formatted(release),
                "{\"environment\": \"production\", \"deployed_at\": \"2026-11-18T10:00:00Z\"}");

        assertThat(lean.status()).as("%s", lean.text()).isEqualTo(201);
        assertThat(whole.status()).as("%s", whole.text()).isEqualTo(201);
        assertThat(API.get("/api/v1/releases/" + release)
                        .json()
                        .at("/project/id")
                        .asLong())
                .isEqualTo(project);
        assertThat(texts(API.get("/api/v1/releases/" + release).json().path("deployments"), "environment"))
                .containsExactly("production", "staging");
        assertThat(texts(
                        API.get("/api/v1/releases/%d/deployments".formatted(release))
                                .json()
                                .path("results"),
                        "environment"))
                .containsExactly("staging", "production");
        assertThat(texts(
                        API.get(
                                        "/api/v1/deployments?project=release-deployed&start=2026-11-18T00:00:00Z&end=2026-11-19T00:00:00Z")
                                .json()
                                .path("results"),
                        "environment"))
                .containsExactly("production");
        assertThat(texts(
                        API.get("/api/deployments/?project=release-deployed")
                                .json()
                                .path("results"),
                        "release"))
                .containsExactly("2.0", "2.0");
        assertThat(API.post(
                                "/api/v1/releases/%d/deployments".formatted(release),
                                "{\"environment\": \"staging\", \"started_at\": \"2026-11-18T10:00:01Z\","
                                        + " \"deployed_at\": \"2026-11-18T10:00:00Z\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aProgramMakesAReleaseByTheSlugOfItsProject() {
        ROWS.project("release-lean");
        String body = "{\"project\": \"release-lean\", \"version\": \"3.0\", \"environment\": \"production\"}";

        Reply made = API.post("/api/releases/", body);
        Reply again = API.post("/api/releases/", body);

        assertThat(made.status()).as("%s", made.text()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("project").asString()).isEqualTo("release-lean");
        assertThat(API.get("/api/deployments/?project=release-lean")
                        .json()
                        .path("results")
                        .size())
                .as("deployed once")
                .isEqualTo(1);
        JsonNode listed = API.get("/api/releases/?project=release-lean&environment=production")
                .json()
                .path("results");
        assertThat(texts(listed, "version")).containsExactly("3.0");
        assertThat(listed.at("/0/environments/0").asString()).isEqualTo("production");
    }

    @Test
    void aReleaseWithEventsIsArchivedAndOneWithoutIsDeleted() {
        long project = ROWS.project("release-gone");
        long used = save(project, "{\"version\": \"1.0\"}").path("id").asLong();
        long planned = save(project, "{\"version\": \"1.1\"}").path("id").asLong();
        happened(project, issue(project, "1.0"), "1.0", "production", 1, 1);

        assertThat(API.delete("/api/v1/releases/" + used).status()).isEqualTo(409);
        assertThat(API.delete("/api/v1/releases/" + planned).status()).isEqualTo(204);
        assertThat(API.get("/api/v1/releases/" + planned).status()).isEqualTo(404);
        assertThat(API.patch("/api/v1/releases/" + used, "{\"archived\": true}")
                        .json()
                        .path("archived")
                        .asBoolean())
                .isTrue();
        assertThat(texts(
                        API.get("/api/v1/releases?project=release-gone&archived=false")
                                .json()
                                .path("results"),
                        "version"))
                .isEmpty();
        assertThat(texts(API.get("/api/v1/audit-log?object_type=release").json().path("results"), "action"))
                .contains("release.created", "release.changed", "release.deleted");
    }

    @Test
    void pagesBySemanticVersionFollowEachOther() {
        long project = ROWS.project("release-pages");
        for (String version : List.of("1.10.0", "1.9.0", "nightly", "1.10.0-rc.1", "2.0.0")) {
            save(project, "{\"version\": \"%s\"}".formatted(version));
        }

        JsonNode first = API.get("/api/v1/releases?project=release-pages&sort=version&limit=3")
                .json();
        String next = first.path("next").asString();
        JsonNode second = API.get("/api/v1/releases?project=release-pages&sort=version&limit=3&cursor=" + next)
                .json();

        assertThat(texts(first.path("results"), "version")).containsExactly("2.0.0", "1.10.0", "1.10.0-rc.1");
        assertThat(texts(second.path("results"), "version")).containsExactly("1.9.0", "nightly");
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(API.get("/api/v1/releases?sort=date&cursor=" + next).status())
                .isEqualTo(400);
        assertThat(API.get("/api/v1/releases?cursor=nonsense").status()).isEqualTo(400);
    }

    @Test
    void whoDoesNotSeeAProjectSeesNoneOfItsReleases() {
        long project = ROWS.project("release-hidden");
        long release = save(project, "{\"version\": \"1.0\"}").path("id").asLong();
        ROWS.user("outsider-of-releases@example.com", "member");
        API.patch("/api/v1/organization", "{\"members_see_all_projects\": false}");
        try {
            for (String path : List.of(
                    "/api/v1/releases/" + release,
                    "/api/v1/releases/%d/commits".formatted(release),
                    "/api/v1/releases/%d/deployments".formatted(release),
                    "/api/v1/releases/%d/comparison".formatted(release),
                    "/api/v1/releases?project=release-hidden",
                    "/api/v1/deployments?project=release-hidden")) {
                assertThat(RunningApi.exchange(API.requestOf("outsider-of-releases@example.com", path))
                                .status())
                        .as(path)
                        .isEqualTo(404);
            }
            Reply refused = RunningApi.exchange(
                    API.requestOf("outsider-of-releases@example.com", "/api/v1/projects/%d/releases".formatted(project))
                            .POST(BodyPublishers.ofString("{\"version\": \"6.6.6\"}")));
            assertThat(refused.status()).isEqualTo(404);
            assertThat(RunningApi.exchange(
                                    API.requestOf("outsider-of-releases@example.com", "/api/v1/releases?query=1.0"))
                            .json()
                            .path("results")
                            .size())
                    .isZero();
        } finally {
            API.patch("/api/v1/organization", "{\"members_see_all_projects\": true}");
        }
    }

    private static JsonNode save(long project, String body) {
        Reply reply = API.post("/api/v1/projects/%d/releases".formatted(project), body);
        assertThat(reply.status()).as("%s", reply.text()).isEqualTo(200);
        return reply.json();
    }

    private static long issue(long project, String firstRelease) {
        long issue = ROWS.issue(project, "New in " + firstRelease, SEEN, "unresolved");
        API.database()
                .sql("UPDATE issues SET first_release = :release WHERE id = :id")
                .param("release", firstRelease)
                .param("id", issue)
                .update();
        return issue;
    }

    private static void regressed(long project, long issue, String release) {
        API.database()
                .sql("""
                        INSERT INTO issue_activities (issue_id, project_id, at, actor_id, actor_name, kind, data)
                        VALUES (:issue, :project, now(), 0, 'Resentry', 'regression', jsonb_build_object('release', :release::text))
                        """)
                .param("issue", issue)
                .param("project", project)
                .param("release", release)
                .update();
    }

    private static void happened(long project, long issue, String release, String environment, int events, int users) {
        var hashes = new StringBuilder("01");
        for (int i = 1; i <= users; i++) {
            hashes.append("%016x".formatted(i));
        }
        API.database()
                .sql("""
                        INSERT INTO issue_releases (issue_id, release, environment, project_id, events, first_seen, last_seen, users)
                        VALUES (:issue, :release, :environment, :project, :events, now(), now(), decode(:users, 'hex'))
                        """)
                .param("issue", issue)
                .param("release", release)
                .param("environment", environment)
                .param("project", project)
                .param("events", events)
                .param("users", hashes.toString())
                .update();
        API.database()
                .sql("""
                        INSERT INTO issue_hours (issue_id, hour, environment, level, project_id, events)
                        VALUES (:issue, '2026-11-18 12:00Z', :environment, 'error', :project, :events) ON CONFLICT DO NOTHING
                        """)
                .param("issue", issue)
                .param("environment", environment)
                .param("project", project)
                .param("events", events)
                .update();
    }

    private static List<Long> ids(String path) {
        return StreamSupport.stream(API.get(path).json().path("results").spliterator(), false)
                .map(issue -> issue.path("id").asLong())
                .toList();
    }

    private static List<String> texts(JsonNode entries, String field) {
        return StreamSupport.stream(entries.spliterator(), false)
                .map(entry -> entry.path(field).asString())
                .toList();
    }
}
