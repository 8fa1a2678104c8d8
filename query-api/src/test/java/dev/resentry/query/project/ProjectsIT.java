package dev.resentry.query.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ProjectsIT {
    private static final RunningApi API = RunningApi.shared();

    @Test
    void addsAProjectWithAKey() {
        Reply reply = API.post("/api/v1/projects/", """
                {"name": " Café  Zürich ", "platform": "java"}""");

        assertThat(reply.status()).isEqualTo(201);
        JsonNode project = reply.json();
        assertThat(project.propertyNames())
                .contains("id", "slug", "name", "platform", "status", "created_at", "updated_at", "keys");
        assertThat(project.path("name").asString()).isEqualTo("Café  Zürich");
        assertThat(project.path("slug").asString()).isEqualTo("cafe-zurich");
        assertThat(project.path("status").asString()).isEqualTo("active");
        JsonNode key = project.path("keys").path(0);
        assertThat(key.path("public_key").asString()).matches("[0-9a-f]{32}");
        assertThat(key.path("dsn").asString())
                .isEqualTo("https://%s@errors.example.com/%d"
                        .formatted(
                                key.path("public_key").asString(),
                                project.path("id").asLong()));
        assertThat(API.get(path(project)).json()).isEqualTo(project);
        assertThat(API.get("/api/v1/projects").json().valueStream()).contains(project);
        assertThat(API.get("/projects/").json().valueStream()).contains(project);
    }

    @Test
    void makesSlugsThatAreFree() {
        List<String> slugs = IntStream.range(0, 3)
                .mapToObj(_ -> add("Twins").path("slug").asString())
                .toList();

        assertThat(slugs).containsExactly("twins", "twins-2", "twins-3");
    }

    @Test
    void givesProjectsAddedAtOnceSlugsOfTheirOwn() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<JsonNode>> added = IntStream.range(0, 4)
                    .mapToObj(_ -> threads.submit(() -> add("Rush")))
                    .toList();
            for (Future<JsonNode> project : added) {
                assertThat(project.get().path("slug").asString()).matches("rush(-[234])?");
            }
        }
    }

    @Test
    void refusesASlugThatIsTaken() {
        JsonNode first = add("First of its name");
        JsonNode second = add("Second");
        String body = "{\"name\": \"x\", \"slug\": \"%s\"}"
                .formatted(first.path("slug").asString());

        for (Reply reply : List.of(
                API.post("/api/v1/projects/", body), API.put(path(second), body), API.patch(path(second), body))) {
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.json().path("error").asString()).isEqualTo("conflict");
            assertThat(reply.json().path("details").propertyNames()).containsExactly("slug");
        }
    }

    @Test
    void namesEveryWrongField() {
        Reply reply = API.post("/api/v1/projects/", """
                {"name": "  ", "slug": "Not A Slug", "platform": "a\\u0000b"}""");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("details").propertyNames()).containsExactlyInAnyOrder("name", "slug", "platform");
    }

    @Test
    void putsAWholeProjectAndPatchesAPart() {
        JsonNode project = add("To change");

        JsonNode patched = API.patch(path(project), """
                {"platform": "node", "status": "disabled"}""").json();
        assertThat(patched.path("name").asString()).isEqualTo("To change");
        assertThat(patched.path("platform").asString()).isEqualTo("node");
        assertThat(patched.path("status").asString()).isEqualTo("disabled");
        assertThat(patched.path("keys")).isEqualTo(project.path("keys"));

        JsonNode replaced = API.put(path(project) + "/", """
                {"name": "Changed", "slug": "changed-whole"}""").json();
        assertThat(replaced.path("name").asString()).isEqualTo("Changed");
        assertThat(replaced.path("slug").asString()).isEqualTo("changed-whole");
        assertThat(replaced.path("platform").isNull()).isTrue();
        assertThat(replaced.path("status").asString()).isEqualTo("disabled");
        assertThat(API.put(path(project), "{}").status()).isEqualTo(400);
        assertThat(API.patch(path(project), "{\"name\": \" \"}").status()).isEqualTo(400);
        assertThat(API.patch(path(project), "{\"status\": \"deleting\"}").status())
                .isEqualTo(400);
    }

    @Test
    void managesKeys() {
        JsonNode project = add("Keys");
        String keys = path(project) + "/keys/";

        Reply added = API.post(keys, "{\"label\": \"Mobile\"}");
        assertThat(added.status()).isEqualTo(201);
        JsonNode key = added.json().path("keys").path(1);
        assertThat(key.path("label").asString()).isEqualTo("Mobile");
        String one = keys + key.path("id").asLong() + "/";

        JsonNode off = API.patch(one, "{\"active\": false}").json().path("keys").path(1);
        assertThat(off.path("active").asBoolean()).isFalse();
        assertThat(off.path("label").asString()).isEqualTo("Mobile");
        assertThat(API.patch(one, "{\"label\": \"\"}").status()).isEqualTo(400);
        assertThat(API.delete(one).json().path("keys").size()).isEqualTo(1);
        assertThat(API.delete(one).status()).isEqualTo(404);
        assertThat(API.patch(one, "{}").status()).isEqualTo(404);
        assertThat(API.post("/api/v1/projects/999999/keys/", "{\"label\": \"x\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void setsLimitsAndOrigins() {
        JsonNode project = add("Limited");
        assertThat(project.path("limits").isEmpty()).isTrue();
        assertThat(project.path("allowed_origins").valueStream().map(JsonNode::asString))
                .containsExactly("*");

        JsonNode changed = API.patch(path(project), """
                {"allowed_origins": ["*.shop.example", "localhost:3000", "https://a.example:8443", "http://*", "a_b.example"],
                 "limits": [
                   {"categories": ["error", "default"], "limit": 600, "window_seconds": 60, "reason_code": "plan"},
                   {"limit": 0, "window_seconds": 1}]}""").json();

        assertThat(changed.path("allowed_origins").valueStream().map(JsonNode::asString))
                .containsExactly(
                        "*.shop.example", "localhost:3000", "https://a.example:8443", "http://*", "a_b.example");
        assertThat(changed.path("limits")).hasToString("""
                [{"categories":["default","error"],"limit":600,"window_seconds":60,"reason_code":"plan"},\
                {"categories":[],"limit":0,"window_seconds":1,"reason_code":"project_quota"}]""");
        JsonNode renamed = API.put(path(project), "{\"name\": \"Renamed\"}").json();
        assertThat(renamed.path("limits")).isEqualTo(changed.path("limits"));
        assertThat(renamed.path("allowed_origins")).isEqualTo(changed.path("allowed_origins"));

        JsonNode freed = API.patch(path(project), "{\"limits\": [], \"allowed_origins\": [\"*\"]}")
                .json();
        assertThat(freed.path("limits").isEmpty()).isTrue();
    }

    @Test
    void limitsKeys() {
        JsonNode project = add("Limited keys");
        String keys = path(project) + "/keys/";

        JsonNode key = API.post(keys, """
                        {"label": "Mobile", "limits": [{"limit": 5, "window_seconds": 10}]}""").json().path("keys").path(1);
        assertThat(key.path("limits")).hasToString("""
                [{"categories":[],"limit":5,"window_seconds":10,"reason_code":"key_quota"}]""");
        String one = keys + key.path("id").asLong();
        assertThat(API.patch(one, "{\"active\": true}").json().at("/keys/1/limits"))
                .isEqualTo(key.path("limits"));
        assertThat(API.patch(one, "{\"limits\": []}")
                        .json()
                        .at("/keys/1/limits")
                        .isEmpty())
                .isTrue();
    }

    @Test
    void namesEveryWrongFieldOfLimitsAndOrigins() {
        JsonNode project = add("Wrong limits");
        String limits = """
                "limits": [
                  {"categories": ["error", "crash"], "limit": -1, "window_seconds": 60},
                  {"limit": 1, "window_seconds": 86401, "reason_code": "a b"},
                  {},
                  null]""";

        Reply ofProject = API.patch(path(project), "{\"allowed_origins\": [\"*\", \"a b\"], %s}".formatted(limits));
        assertThat(ofProject.status()).isEqualTo(400);
        assertThat(ofProject.json().path("details").propertyNames())
                .containsExactlyInAnyOrder(
                        "allowed_origins[1]",
                        "limits[0].categories[1]",
                        "limits[0].limit",
                        "limits[1].window_seconds",
                        "limits[1].reason_code",
                        "limits[2].limit",
                        "limits[2].window_seconds",
                        "limits[3]");
        assertThat(ofProject
                        .json()
                        .path("details")
                        .path("limits[0].categories[1]")
                        .asString())
                .startsWith("expected: default, error, transaction");

        Reply ofKey = API.post(path(project) + "/keys/", "{\"label\": \"x\", %s}".formatted(limits));
        assertThat(ofKey.status()).isEqualTo(400);
        assertThat(ofKey.json().path("details").propertyNames()).contains("limits[0].limit", "limits[3]");
    }

    @Test
    void losesNoConcurrentChange() throws Exception {
        JsonNode project = add("Busy");
        long before = revision(project);

        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Future<Reply>> changes = IntStream.range(0, 40)
                    .mapToObj(i -> threads.submit(() -> i % 2 == 0
                            ? API.patch(path(project), "{\"platform\": \"p%d\"}".formatted(i))
                            : API.post(path(project) + "/keys/", "{\"label\": \"k%d\"}".formatted(i))))
                    .toList();
            for (Future<Reply> change : changes) {
                assertThat(change.get().status()).isBetween(200, 201);
            }
        }

        assertThat(revision(project)).isEqualTo(before + 40);
        assertThat(API.get(path(project)).json().path("keys").size()).isEqualTo(21);
    }

    @ParameterizedTest
    @CsvSource({"GET,/api/v1/projects/999999/", "PUT,/api/v1/projects/999999", "DELETE,/api/v1/projects/999999/"})
    void knowsNoSuchProject(String method, String path) {
        Reply reply = switch (method) {
            case "PUT" -> API.put(path, "{\"name\": \"x\"}");
            case "DELETE" -> API.delete(path);
            default -> API.get(path);
        };

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.json().path("error").asString()).isEqualTo("not_found");
    }

    private static JsonNode add(String name) {
        Reply reply = API.post("/api/v1/projects/", "{\"name\": \"%s\"}".formatted(name));
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        return reply.json();
    }

    private static String path(JsonNode project) {
        return "/api/v1/projects/" + project.path("id").asLong();
    }

    private static long revision(JsonNode project) {
        return API.database()
                .sql("SELECT revision FROM projects WHERE id = :id")
                .param("id", project.path("id").asLong())
                .query(Long.class)
                .single();
    }
}
