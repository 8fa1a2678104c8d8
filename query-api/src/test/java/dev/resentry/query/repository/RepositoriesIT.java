package dev.resentry.query.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Repositories of projects by the API, and what is linked to by them. */
class RepositoriesIT {
    private static final Instant SEEN = Instant.parse("2026-11-18T12:00:00Z");
    private static final RunningApi API = RunningApi.shared();
    private static final StoredRows ROWS = new StoredRows(API.database());

    private static final String SHOP = """
            {"provider":"gitea","url":"https://git.example/acme/shop","branch":"main",\
            "mappings":[{"from":"/usr/src/app","to":"backend"}]}""";

    /** Of a wrapped exception: the cause first, as SDKs send it. */
    private static final String EVENT = """
            {"exception": {"values": [
              {"type": "KeyError", "stacktrace": {"frames": [
                {"filename": "shop/stock.py", "abs_path": "/usr/src/app/shop/stock.py", "lineno": 9, "in_app": true}]}},
              {"type": "CheckoutError", "stacktrace": {"frames": [
                {"filename": "shop/main.py", "abs_path": "/usr/src/app/shop/main.py", "in_app": true},
                {"filename": "requests/api.py", "abs_path": "/usr/lib/requests/api.py", "lineno": 5, "in_app": false},
                {"filename": "<string>", "lineno": 1, "in_app": true},
                {"filename": "shop/cart.py", "abs_path": "/usr/src/app/shop/cart.py", "lineno": 42, "in_app": true}]}}]}}
            """;

    @Test
    void aProjectHasNoRepositoryUntilItIsGivenOne() {
        long project = ROWS.project("repository-none");

        JsonNode answer = API.get(path(project)).json();

        assertThat(answer.path("settings").isNull()).isTrue();
        assertThat(answer.path("revision").asLong()).isZero();
        assertThat(API.delete(path(project)).status()).isEqualTo(204);
    }

    @Test
    void aRepositoryReadsBackAsItWasWrittenAndIsOnRecord() {
        long project = ROWS.project("repository-write");

        Reply written = put(project, SHOP.replace("acme/shop", "acme/shop.git"), 0);

        assertThat(written.status()).as("%s", written).isEqualTo(200);
        assertThat(written.json().path("settings")).hasToString(SHOP);
        assertThat(written.json().path("revision").asLong()).isEqualTo(1);
        assertThat(API.get(path(project)).json()).isEqualTo(written.json());
        assertThat(put(project, SHOP, 0).status()).as("somebody was faster").isEqualTo(409);
        assertThat(put(project, SHOP.replace("main", "next"), 1)
                        .json()
                        .path("revision")
                        .asLong())
                .isEqualTo(2);
        assertThat(put(project, SHOP, 1).status()).isEqualTo(409);
        assertThat(API.delete(path(project)).status()).isEqualTo(204);
        assertThat(API.get(path(project)).json().path("settings").isNull()).isTrue();
        assertThat(API.database()
                        .sql("SELECT concat_ws(' ', before->>'branch', after->>'branch') FROM audit_log"
                                + " WHERE action = 'project.repository_changed' AND object_id = :project ORDER BY id")
                        .param("project", String.valueOf(project))
                        .query(String.class)
                        .list())
                .containsExactly("main", "main next", "next");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            provider; "subversion"                                       ; settings.provider        ; expected: github, gitlab
            url     ; "javascript:alert(1)"                              ; settings.url             ; expected: an address
            url     ; "https://me:secret@git.example/acme/shop"          ; settings.url             ; without a user name
            url     ; "https://git.example"                              ; settings.url             ; leads to a repository
            branch  ; "../evil"                                          ; settings.branch          ; expected: a name
            mappings; [{"from": "/a", "to": ""}, {"from": "/a", "to": "b"}]; settings.mappings[1].from; twice
            mappings; [{"from": "/a"}]                                   ; settings.mappings[0].to  ; null
            """)
    void whatNoLinkCanBeMadeOfIsRefusedByItsField(String field, String value, String place, String message) {
        long project = ROWS.project("repository-refused-" + UUID.randomUUID());
        ObjectNode settings = (ObjectNode) JsonMapper.shared().readTree(SHOP);
        settings.set(field, JsonMapper.shared().readTree(value));

        Reply reply = put(project, settings.toString(), 0);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("details").path(place).asString()).contains(message);
        assertThat(API.get(path(project)).json().path("settings").isNull()).isTrue();
    }

    @Test
    void aMappingIsTriedBeforeItIsKept() {
        long project = ROWS.project("repository-try");
        release(project, "shop@1.4.2", "\"ref\": \"v1.4.2\"");

        assertThat(tried(project, "\"path\": \"/usr/src/app/shop/cart.py\", \"line\": 7"))
                .isEqualTo(
                        "backend/shop/cart.py https://git.example/acme/shop/src/branch/main/backend/shop/cart.py#L7");
        assertThat(tried(project, "\"path\": \"shop/a b.py\", \"release\": \"shop@1.4.2\""))
                .isEqualTo("shop/a b.py https://git.example/acme/shop/src/tag/v1.4.2/shop/a%20b.py#L1");
        assertThat(tried(project, "\"path\": \"/srv/shop/cart.py\"")).isEqualTo("null null");
        assertThat(API.get(path(project)).json().path("settings").isNull()).isTrue();
    }

    @Test
    void framesOfTheProgramLinkToTheirLinesAtTheCommitOfTheRelease() {
        long project = ROWS.project("repository-links");
        String event = event(project, EVENT);
        release(project, "shop@1.4.2", "\"refs\": [{\"repository\": \"acme/shop\", \"commit\": \"0123abcd\"}]");
        assertThat(code(event).path("links")).as("no repository").isEmpty();
        put(project, SHOP, 0);

        assertThat(code(event).path("links")).hasToString("""
                [{"exception":1,"frame":3,"path":"backend/shop/cart.py","line":42,\
                "url":"https://git.example/acme/shop/src/commit/0123abcd/backend/shop/cart.py#L42"},\
                {"exception":0,"frame":0,"path":"backend/shop/stock.py","line":9,\
                "url":"https://git.example/acme/shop/src/commit/0123abcd/backend/shop/stock.py#L9"}]""");
    }

    @Test
    void theStackOfAThreadHasLinksToo() {
        long project = ROWS.project("repository-thread");
        put(project, SHOP, 0);
        String event = event(project, """
                {"threads": {"values": [{"crashed": true, "stacktrace": {"frames": [
                  {"filename": "Cart.java", "module": "com.acme.Cart", "lineno": 3},
                  {"filename": "List.java", "module": "java.util.List", "lineno": 4, "in_app": false}]}}]}}
                """);

        assertThat(code(event).path("links")).hasToString("""
                [{"exception":null,"frame":0,"path":"com/acme/Cart.java","line":3,\
                "url":"https://git.example/acme/shop/src/branch/main/com/acme/Cart.java#L3"}]""");
    }

    @Test
    void commitsOfTheReleaseThatChangedFilesOfFramesAreSuspects() {
        long project = ROWS.project("repository-suspects");
        String event = event(project, EVENT);
        assertThat(code(event).path("suspect_commits")).isEmpty();
        release(project, "shop@1.4.2", """
                "commits": [
                  {"id": "c1", "author_name": "Ann", "author_email": "ann@example.com", "message": "Rework stock",
                   "timestamp": "2026-11-17T00:00:00Z", "files": ["backend/shop/stock.py", "README.md"]},
                  {"id": "c2", "repository": "acme/other", "timestamp": "2026-11-16T00:00:00Z", "files": ["x/shop/cart.py"]},
                  {"id": "c3", "files": ["requests/api.py"]}]
                """);

        assertThat(suspects(event))
                .as("by relative names, as long as nobody says where the repository is")
                .containsExactly("c2 null x/shop/cart.py 1/3", "c1 null backend/shop/stock.py 0/0");
        put(project, SHOP, 0);

        assertThat(suspects(event))
                .containsExactly("c1 https://git.example/acme/shop/commit/c1 backend/shop/stock.py 0/0");
        assertThat(code(event).at("/suspect_commits/0/author_email").asString()).isEqualTo("ann@example.com");
        assertThat(code(event).at("/suspect_commits/0/committed_at").asString()).isEqualTo("2026-11-17T00:00:00Z");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(API.get("/api/v1/projects/999999999/repository").status()).isEqualTo(404);
        assertThat(API.get("/api/v1/events/%s/code".formatted("0".repeat(32))).status())
                .isEqualTo(404);
        assertThat(API.get("/api/v1/events/nope/code").status()).isEqualTo(400);
    }

    private static String tried(long project, String what) {
        JsonNode answer = API.post(path(project) + "/try", "{\"settings\": %s, %s}".formatted(SHOP, what))
                .json();
        return answer.path("source_path").asString("null") + " "
                + answer.path("url").asString("null");
    }

    private static JsonNode code(String event) {
        return API.get("/api/v1/events/%s/code".formatted(event)).json();
    }

    private static Iterable<String> suspects(String event) {
        return code(event)
                .path("suspect_commits")
                .valueStream()
                .map(commit -> "%s %s %s %s/%s"
                        .formatted(
                                commit.path("id").asString(),
                                commit.path("url").asString("null"),
                                commit.at("/files/0").asString(),
                                commit.path("exception"),
                                commit.path("frame")))
                .toList();
    }

    private static void release(long project, String version, String more) {
        Reply reply = API.post(
                "/api/v1/projects/%d/releases".formatted(project),
                "{\"version\": \"%s\", %s}".formatted(version, more));
        assertThat(reply.status()).as("%s", reply.text()).isEqualTo(200);
    }

    private static String event(long project, String payload) {
        long issue = ROWS.issue(project, "Checkout failed", SEEN, "unresolved");
        return StoredRows.hex(ROWS.event(project, issue, StoredRows.envelopeId(SEEN), SEEN, payload));
    }

    private static Reply put(long project, String settings, long revision) {
        return API.put(path(project), "{\"settings\": %s, \"revision\": %d}".formatted(settings, revision));
    }

    private static String path(long project) {
        return "/api/v1/projects/%d/repository".formatted(project);
    }
}
