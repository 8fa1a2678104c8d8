package dev.resentry.query.regroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Asking for regroups; no processor is there to do them. */
@Timeout(120)
class RegroupsIT {
    private static final Instant SEEN = Instant.parse("2026-11-18T12:00:00.5Z");
    private static final String REQUEST =
            "{\"fingerprint_rules\": \"type:A -> a\", \"stacktrace_rules\": \"function:x -app\", \"days\": 14}";

    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    @Test
    void aPreviewIsBegunAndShowsItsRules() {
        String path = "/api/v1/projects/%d/regroups".formatted(ROWS.project("regroup-begun"));

        Reply reply = API.post(path, REQUEST);

        assertThat(reply.status()).as("%s", reply).isEqualTo(202);
        JsonNode regroup = reply.json();
        assertThat(regroup.path("state").asString()).isEqualTo("previewing");
        assertThat(regroup.path("fingerprint_rules").asString()).isEqualTo("type:A -> a");
        assertThat(regroup.path("strategy").asString()).startsWith("resentry:");
        assertThat(regroup.path("issues_before").isNull()).isTrue();
        assertThat(regroup.at("/progress/done").asLong()).isZero();
        assertThat(regroup.path("can_apply").asBoolean()).isFalse();
        assertThat(regroup.path("created_by").asString()).isEqualTo("admin@localhost");
        assertThat(API.get("/api/v1/regroups/" + regroup.path("id")).json()).isEqualTo(regroup);
        assertThat(API.get(path + "?limit=1").json().at("/results/0")).isEqualTo(regroup);
        assertThat(API.get("/api/v1/jobs/" + regroup.path("job_id"))
                        .json()
                        .path("kind")
                        .asString())
                .isEqualTo("regroup-preview");
        assertConflict(API.post(path, REQUEST), "state", "under way");
        assertConflict(API.post("/api/v1/regroups/%s/apply".formatted(regroup.path("id")), ""), "state", "previewing");

        Reply cancelled = API.post("/api/v1/regroups/%s/cancel".formatted(regroup.path("id")), "");

        assertThat(cancelled.json().path("state").asString()).isEqualTo("cancelled");
        assertThat(API.post(path, REQUEST).status()).as("the next one").isEqualTo(202);
        assertThat(audited(regroup.path("id").asLong())).containsExactly("regroup.previewed", "regroup.cancelled");
    }

    @Test
    void whatIsPreviewedIsAppliedOnceAndAsAWhole() {
        long project = ROWS.project("regroup-applied");
        long id = ROWS.regroup(project, ROWS.issue(project, "T", SEEN, "unresolved"), "previewed");
        String path = "/api/v1/regroups/" + id;
        assertThat(API.get(path).json().path("can_apply").asBoolean()).isTrue();

        Reply reply = API.post(path + "/apply", "");

        assertThat(reply.status()).as("%s", reply).isEqualTo(202);
        assertThat(reply.json().path("state").asString()).isEqualTo("applying");
        assertConflict(API.post(path + "/apply", ""), "state", "is applying");
        assertConflict(API.post(path + "/undo", ""), "state", "is applying");
        assertConflict(API.post(path + "/cancel", ""), "state", "is applying");
        assertConflict(
                API.post("/api/v1/jobs/%s/cancel".formatted(reply.json().path("job_id")), ""), "kind", "as a whole");
        assertThat(audited(id)).containsExactly("regroup.applied");
    }

    @Test
    void rulesThatWereChangedSinceAreInTheWay() {
        long project = ROWS.project("regroup-changed-rules");
        long issue = ROWS.issue(project, "T", SEEN, "unresolved");
        long previewed = ROWS.regroup(project, issue, "previewed");
        long applied = ROWS.regroup(project, issue, "applied");
        assertThat(API.get("/api/v1/regroups/" + applied)
                        .json()
                        .path("can_undo")
                        .asBoolean())
                .isTrue();
        API.put(
                "/api/v1/projects/%d/grouping-rules".formatted(project),
                "{\"fingerprint_rules\": \"type:A -> a\", \"stacktrace_rules\": \"\", \"revision\": 0}");

        assertThat(API.get("/api/v1/regroups/" + previewed)
                        .json()
                        .path("can_apply")
                        .asBoolean())
                .isFalse();
        assertConflict(
                API.post("/api/v1/regroups/%d/apply".formatted(previewed), ""), "rules", "changed by admin@localhost");
        assertConflict(
                API.post("/api/v1/regroups/%d/undo".formatted(applied), ""), "rules", "changed by admin@localhost");
    }

    @Test
    void changesAreListedByKind() {
        long project = ROWS.project("regroup-changes");
        long issue = ROWS.issue(project, "T", SEEN, "unresolved");
        String path = "/api/v1/regroups/%d/changes?kind=".formatted(ROWS.regroup(project, issue, "previewed"));

        JsonNode merge = API.get(path + "merge").json().at("/results/0");

        assertThat(merge.at("/issue/id").asLong()).isEqualTo(issue);
        assertThat(merge.path("parts").size()).isEqualTo(2);
        assertThat(merge.at("/parts/0/latest_event_id").asString()).isEqualTo("a".repeat(32));
        assertThat(merge.at("/parts/1/issue_id").isNull()).isTrue();
        assertThat(merge.path("parts_total").asInt()).isEqualTo(2);
        assertThat(API.get(path + "split").json().at("/results/0/issue/id").isNull())
                .isTrue();
        assertThat(API.get(path + "other").status()).isEqualTo(400);
    }

    @Test
    void aFaultNamesItsPlace() {
        String path = "/api/v1/projects/%d/regroups".formatted(ROWS.project("regroup-faults"));

        Reply rule = API.post(path, REQUEST.replace("type:A -> a", "type:A -> a\\nnonsense"));
        Reply days = API.post(path, REQUEST.replace("14", "91"));

        assertThat(rule.status()).isEqualTo(400);
        assertThat(rule.json().at("/details/fingerprint_rules").asString()).contains("line 2, column");
        assertThat(days.status()).isEqualTo(400);
        assertThat(days.json().path("details").propertyNames()).containsExactly("days");
        assertThat(API.post("/api/v1/projects/987654/regroups", REQUEST).status())
                .isEqualTo(404);
        assertThat(API.get("/api/v1/regroups/987654").status()).isEqualTo(404);
    }

    private static void assertConflict(Reply reply, String field, String text) {
        assertThat(reply.status()).as("%s", reply.text()).isEqualTo(409);
        assertThat(reply.json().at("/details/" + field).asString()).contains(text);
    }

    private static List<String> audited(long regroup) {
        return API.database()
                .sql("SELECT action FROM audit_log WHERE object_type = 'regroup' AND object_id = :id ORDER BY id")
                .param("id", String.valueOf(regroup))
                .query(String.class)
                .list();
    }
}
