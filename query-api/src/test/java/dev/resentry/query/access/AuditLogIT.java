package dev.resentry.query.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.StoredRows;
import dev.resentry.query.auth.AccessTokens;
import dev.resentry.storage.user.User;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AuditLogIT {
    private static final RunningApi API = RunningApi.shared();
    private static final People PEOPLE = new People(API);
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void whatSomeoneChangesIsThereWithBeforeAndAfter() {
        User admin = PEOPLE.user(Role.ADMIN);
        String slug = "audited-" + UUID.randomUUID().toString().substring(0, 8);
        long project = PEOPLE.as(
                        admin, "POST", "/api/v1/projects", "{\"name\": \"Audited\", \"slug\": \"%s\"}".formatted(slug))
                .json()
                .path("id")
                .asLong();
        String path = "/api/v1/projects/" + project;
        PEOPLE.as(admin, "PATCH", path, "{\"name\": \"Renamed\"}");
        JsonNode keyed = PEOPLE.as(admin, "POST", path + "/keys", "{\"label\": \"second\"}")
                .json();
        PEOPLE.as(
                admin,
                "DELETE",
                path + "/keys/" + keyed.path("keys").path(1).path("id").asLong(),
                null);
        PEOPLE.as(admin, "POST", path + "/person-deletions", "{\"identifier\": \"someone@example.com\"}");
        PEOPLE.as(admin, "DELETE", path, null);
        PEOPLE.as(admin, "PATCH", path, "{\"name\": \"Too late\"}");

        JsonNode entries = entries(admin);
        assertThat(entries.findValuesAsString("action"))
                .containsExactly(
                        "project.deleted",
                        "project.person_deleted",
                        "project_key.deleted",
                        "project_key.created",
                        "project.changed",
                        "project.created");
        assertThat(entries.toString())
                .as("whose data was deleted stands nowhere")
                .doesNotContain("someone@example.com");
        JsonNode change = entries.path(4);
        assertThat(change.path("actor").path("email").asString()).isEqualTo(admin.email());
        assertThat(change.path("actor").path("id").asLong()).isEqualTo(admin.id());
        assertThat(change.path("via").asString()).isEqualTo("jwt");
        assertThat(change.path("ip_address").asString()).isEqualTo("127.0.0.1");
        assertThat(change.path("object_type").asString()).isEqualTo("project");
        assertThat(change.path("object_id").asString()).isEqualTo(Long.toString(project));
        assertThat(change.path("object_name").asString()).isEqualTo(slug);
        assertThat(change.path("before").path("name").asString()).isEqualTo("Audited");
        assertThat(change.path("after").path("name").asString()).isEqualTo("Renamed");
    }

    @Test
    void decisionsOnLettersReplaysAndJobsAreThereToo() {
        User admin = PEOPLE.user(Role.ADMIN);
        long project = ROWS.project("audited-" + UUID.randomUUID().toString().substring(0, 8));
        ROWS.deadLetter(project, UUID.randomUUID());
        ROWS.deadLetter(project, UUID.randomUUID());
        List<Long> letters = API.database()
                .sql("UPDATE dead_letters SET body = 'rubbish' WHERE project_id = :project RETURNING id")
                .param("project", project)
                .query(Long.class)
                .list();
        PEOPLE.as(
                admin,
                "POST",
                "/api/v1/dead-letters/" + letters.getFirst() + "/discard",
                "{\"because\": \"nobody wants it\"}");
        PEOPLE.as(
                admin,
                "POST",
                "/api/v1/dead-letters/" + letters.getFirst() + "/discard",
                "{\"because\": \"it is gone already\"}");
        PEOPLE.as(admin, "POST", "/api/v1/dead-letters/" + letters.getLast() + "/retry", "{}");
        long replay = PEOPLE.as(
                        admin,
                        "POST",
                        "/api/v1/replays",
                        "{\"from\": \"2026-01-01T00:00:00Z\", \"to\": \"2026-01-02T00:00:00Z\", \"projects\": [%d]}"
                                .formatted(project))
                .json()
                .path("id")
                .asLong();
        PEOPLE.as(admin, "POST", "/api/v1/jobs/" + replay + "/pause", "{}");
        PEOPLE.as(admin, "POST", "/api/v1/jobs/" + replay + "/cancel", "{}");

        JsonNode entries = entries(admin);
        assertThat(entries.findValuesAsString("action"))
                .containsExactly(
                        "job.cancelled",
                        "job.paused",
                        "replay.started",
                        "dead_letter.retried",
                        "dead_letter.discarded");
        assertThat(entries.path(4).path("after").path("because").asString()).isEqualTo("nobody wants it");
    }

    @Test
    void theCommandLineIsAnActorWithTheOwnersRights() {
        String token = API.bean(AccessTokens.class).issueForThisRun(Duration.ofMinutes(1));
        String slug = "shell-" + UUID.randomUUID().toString().substring(0, 8);
        assertThat(PEOPLE.withToken(
                                token,
                                "POST",
                                "/api/v1/teams",
                                "{\"slug\": \"%s\", \"name\": \"Shell\"}".formatted(slug))
                        .status())
                .isEqualTo(201);

        JsonNode entry = API.get("/api/v1/audit-log?action=team.created&limit=1")
                .json()
                .path("results")
                .path(0);
        assertThat(entry.path("object_name").asString()).isEqualTo(slug);
        assertThat(entry.path("via").asString()).isEqualTo("command_line");
        assertThat(entry.path("actor").path("id").isNull()).isTrue();
    }

    @Test
    void aChangeThatFailsLeavesNothing() {
        User admin = PEOPLE.user(Role.ADMIN);
        String slug = "twice-" + UUID.randomUUID().toString().substring(0, 8);
        String team = "{\"slug\": \"%s\", \"name\": \"Twice\"}".formatted(slug);
        assertThat(PEOPLE.as(admin, "POST", "/api/v1/teams", team).status()).isEqualTo(201);
        assertThat(PEOPLE.as(admin, "POST", "/api/v1/teams", team).status()).isEqualTo(409);

        assertThat(entries(admin).size()).isEqualTo(1);
    }

    private static JsonNode entries(User user) {
        return API.get("/api/v1/audit-log?user_id=" + user.id()).json().path("results");
    }
}
