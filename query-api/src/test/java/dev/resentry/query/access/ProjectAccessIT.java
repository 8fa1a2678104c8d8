package dev.resentry.query.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.query.RunningApi;
import dev.resentry.query.StoredRows;
import dev.resentry.query.live.LiveStream;
import dev.resentry.storage.job.JobStore;
import dev.resentry.storage.log.LogId;
import dev.resentry.storage.user.User;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A member of one team, two projects, and everything that there is of a project. */
class ProjectAccessIT {
    private static final RunningApi API = RunningApi.shared();
    private static final People PEOPLE = new People(API);
    private static final StoredRows ROWS = new StoredRows(API.database());
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    private static Seen ours;
    private static Seen theirs;
    private static User member;
    private static long team;

    /** A project with one of each thing. */
    private record Seen(
            long project,
            long issue,
            UUID envelope,
            UUID event,
            UUID transaction,
            UUID trace,
            long letter,
            long job,
            long regroup) {
        static Seen make(String slug) {
            long project = ROWS.project(slug);
            UUID envelope = ROWS.envelope(project, AT, "envelope", null, "{}".getBytes(UTF_8));
            long issue = ROWS.issue(project, "Of " + slug, AT, "unresolved");
            UUID event = ROWS.event(project, issue, envelope, AT, "{}");
            ROWS.item(envelope, AT, 0, project, "event", 0, 2, event);
            UUID trace = UUID.randomUUID();
            UUID transaction = ROWS.transaction(project, envelope, AT, trace);
            ROWS.deadLetter(project, envelope);
            long letter = API.database()
                    .sql("SELECT max(id) FROM dead_letters WHERE project_id = :project")
                    .param("project", project)
                    .query(Long.class)
                    .single();
            long job =
                    API.bean(JobStore.class).enqueue("access-test", "{\"project_id\": %d}".formatted(project), "test");
            long regroup = ROWS.regroup(project, issue, "previewed");
            return new Seen(project, issue, envelope, event, transaction, trace, letter, job, regroup);
        }

        /** Each thing by its id. */
        List<String> paths() {
            return List.of(
                    "/api/v1/projects/" + project,
                    "/api/v1/projects/" + project + "/events",
                    "/api/v1/projects/" + project + "/envelopes",
                    "/api/v1/projects/" + project + "/transactions",
                    "/api/v1/projects/" + project + "/stats",
                    "/api/v1/issues/" + issue,
                    "/issues/" + issue,
                    "/api/v1/issues/" + issue + "/events",
                    "/api/v1/issues/" + issue + "/stats",
                    "/api/v1/issues/" + issue + "/tags",
                    "/api/v1/events/" + StoredRows.hex(event),
                    "/events/" + StoredRows.hex(event) + "/stacktrace",
                    "/api/v1/envelopes/" + envelope,
                    "/api/v1/envelopes/" + envelope + "/items",
                    "/api/v1/transactions/" + StoredRows.hex(transaction),
                    "/api/v1/traces/" + StoredRows.hex(trace),
                    "/api/v1/dead-letters/" + letter,
                    "/api/v1/jobs/" + job,
                    "/api/v1/projects/" + project + "/regroups",
                    "/api/v1/regroups/" + regroup,
                    "/api/v1/regroups/" + regroup + "/changes?kind=merge");
        }
    }

    @BeforeAll
    static void makeTwoTeams() {
        ours = Seen.make("seen-" + UUID.randomUUID().toString().substring(0, 8));
        theirs = Seen.make("unseen-" + UUID.randomUUID().toString().substring(0, 8));
        member = PEOPLE.user(Role.MEMBER);
        team = API.post("/api/v1/teams", "{\"slug\": \"t%d\", \"name\": \"Ours\"}".formatted(ours.project()))
                .json()
                .path("id")
                .asLong();
        API.put("/api/v1/teams/" + team + "/members/" + member.id(), "{}");
        API.put("/api/v1/teams/" + team + "/projects/" + ours.project(), "{}");
        assertThat(API.patch("/api/v1/organization", "{\"members_see_all_projects\": false}")
                        .status())
                .isEqualTo(200);
    }

    @AfterAll
    static void letEveryoneSeeEverythingAgain() {
        API.patch("/api/v1/organization", "{\"members_see_all_projects\": true}");
    }

    @Test
    void aMemberSeesWhatIsOfTheOwnTeamAndNothingElseIsThere() {
        for (String path : ours.paths()) {
            assertThat(PEOPLE.get(member, path).status()).as(path).isEqualTo(200);
        }
        for (String path : theirs.paths()) {
            assertThat(PEOPLE.get(member, path).status()).as(path).isEqualTo(404);
            assertThat(API.get(path).status()).as("%s by the owner", path).isEqualTo(200);
        }
        assertThat(PEOPLE.as(member, "PUT", "/api/v1/issues/" + theirs.issue(), "{\"status\": \"resolved\"}")
                        .status())
                .isEqualTo(404);
        assertThat(PEOPLE.as(member, "PUT", "/api/v1/issues/" + ours.issue(), "{\"status\": \"resolved\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void listsLeaveOutWhatIsOfOthers() {
        User owner = PEOPLE.user(Role.OWNER);
        for (String path : List.of(
                "/api/v1/issues",
                "/api/v1/events",
                "/api/projects/events",
                "/api/v1/dead-letters",
                "/api/v1/dead-letters/causes",
                "/api/v1/outcomes?from=2026-11-19T00:00:00Z")) {
            List<Long> projects = projects(PEOPLE.get(member, path).json());
            assertThat(projects).as(path).doesNotContain(theirs.project());
            if (!path.contains("outcomes")) {
                assertThat(projects).as(path).containsOnly(ours.project());
            }
            assertThat(projects(PEOPLE.get(owner, path + (path.contains("?") ? "&" : "?") + "limit=200")
                            .json()))
                    .as("%s by the owner", path)
                    .hasSizeGreaterThanOrEqualTo(projects.size());
        }
        assertThat(PEOPLE.get(member, "/api/v1/projects").json().findValuesAsString("id"))
                .contains(Long.toString(ours.project()))
                .doesNotContain(Long.toString(theirs.project()));
        assertThat(PEOPLE.get(member, "/api/v1/jobs").json().path("results").findValuesAsString("id"))
                .containsExactly(Long.toString(ours.job()));
    }

    @Test
    void theLedgerKnowsNothingOfWhatIsNotSeen() {
        JsonNode seen = PEOPLE.get(member, "/api/v1/ledger/" + StoredRows.hex(ours.event()))
                .json();
        JsonNode unseen =
                PEOPLE.get(member, "/api/v1/ledger/" + theirs.envelope()).json();

        assertThat(seen.path("known").asBoolean()).isTrue();
        assertThat(unseen.path("known").asBoolean()).isFalse();
        assertThat(unseen.path("envelopes").size()).isZero();
    }

    @Test
    void aTraceAcrossProjectsShowsThePartThatIsSeen() {
        UUID trace = UUID.randomUUID();
        ROWS.transaction(ours.project(), ours.envelope(), AT, trace);
        ROWS.transaction(theirs.project(), theirs.envelope(), AT, trace);
        String path = "/api/v1/traces/" + StoredRows.hex(trace);

        assertThat(PEOPLE.get(member, path).json().path("transactions").size()).isEqualTo(1);
        assertThat(PEOPLE.get(member, path).json().path("hidden_projects").asInt())
                .as("of theirs it is only said that it is there")
                .isEqualTo(1);
        assertThat(API.get(path).json().path("transactions").size()).isEqualTo(2);
        assertThat(API.get(path).json().path("hidden_projects").asInt()).isZero();
    }

    @Test
    void logsAreListedCountedAndToldOfProjectsThatAreSeen() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        UUID envelope = UUID.randomUUID();
        UUID trace = UUID.randomUUID();
        ROWS.log(ours.project(), envelope, now, 0, "info", "one of ours", trace, "{}");
        ROWS.log(theirs.project(), envelope, now, 1, "info", "one of theirs", trace, "{}");
        String ofTrace = "/api/v1/logs?trace=" + StoredRows.hex(trace);

        assertThat(PEOPLE.get(member, ofTrace).json().path("results").findValuesAsString("message"))
                .containsExactly("one of ours");
        assertThat(API.get(ofTrace).json().path("results").size()).isEqualTo(2);
        assertThat(PEOPLE.get(member, ofTrace.replace("logs?", "logs/series?"))
                        .json()
                        .at("/series/0/values")
                        .toString())
                .containsOnlyOnce(",1]");
        assertThat(PEOPLE.get(member, "/api/v1/logs/" + new LogId(now, envelope, 0, 0))
                        .status())
                .isEqualTo(200);
        assertThat(PEOPLE.get(member, "/api/v1/logs/" + new LogId(now, envelope, 0, 1))
                        .status())
                .isEqualTo(404);
        assertThat(PEOPLE.get(member, "/api/v1/logs?project=" + theirs.project())
                        .status())
                .isEqualTo(404);
        try (var stream = new LiveStream(API, PEOPLE.jwt(member), "/api/v1/logs/live", null)) {
            ROWS.log(theirs.project(), envelope, now, 2, "info", "told of theirs", trace, "{}");
            ROWS.log(ours.project(), envelope, now, 3, "info", "told of ours", trace, "{}");
            await().atMost(Duration.ofSeconds(30)).until(() -> stream.text().contains("told of ours"));
            assertThat(stream.text()).doesNotContain("theirs");
        }
    }

    @Test
    void teamsShowOfTheirProjectsThoseThatTheCallerSees() {
        API.put("/api/v1/teams/" + team + "/projects/" + theirs.project(), "{}");
        assertThat(PEOPLE.get(member, "/api/v1/projects/" + theirs.project()).status())
                .as("theirs became ours")
                .isEqualTo(200);
        API.delete("/api/v1/teams/" + team + "/projects/" + theirs.project());
        assertThat(PEOPLE.get(member, "/api/v1/projects/" + theirs.project()).status())
                .isEqualTo(404);

        User viewer = PEOPLE.user(Role.VIEWER);
        JsonNode teams = PEOPLE.get(viewer, "/api/v1/teams").json();
        assertThat(teams.valueStream()
                        .filter(one -> one.path("id").asLong() == team)
                        .findFirst()
                        .orElseThrow()
                        .path("projects")
                        .size())
                .isZero();
        assertThat(PEOPLE.get(viewer, "/api/v1/projects").json().size()).isZero();
    }

    private static List<Long> projects(JsonNode answer) {
        List<Long> projects = new ArrayList<>();
        for (String id : answer.findValuesAsString("project_id")) {
            projects.add(Long.parseLong(id));
        }
        answer.findParents("project").forEach(parent -> {
            if (parent.path("project").has("id")) {
                projects.add(parent.path("project").path("id").asLong());
            }
        });
        return projects.stream().distinct().toList();
    }
}
