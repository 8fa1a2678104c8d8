package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The query API, logged in. */
final class Api {
    static final String EMAIL = "ada@example.com";
    static final String PASSWORD = "correct horse battery staple";

    private final String url;
    private final String token;
    private final @Nullable Long project;

    private Api(String url, String token, @Nullable Long project) {
        this.url = url;
        this.token = token;
        this.project = project;
    }

    static Api login(String url) {
        return login(url, EMAIL, PASSWORD);
    }

    static Api login(String url, String email, String password) {
        Http.Answer answer = Http.post(url + "/api/v1/auth/login", Map.of("email", email, "password", password));
        assertThat(answer.status()).isEqualTo(200);
        return new Api(url, answer.json().path("access_token").asString(), null);
    }

    Http.Answer get(String path) {
        return Http.send(Http.request(url + path)
                .header("Authorization", "Bearer " + token)
                .GET());
    }

    Http.Answer post(String path, Object body) {
        return Http.send(Http.request(url + path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Http.JSON.writeValueAsBytes(body))));
    }

    Http.Answer put(String path, Object body) {
        return Http.send(Http.request(url + path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofByteArray(Http.JSON.writeValueAsBytes(body))));
    }

    String url() {
        return url;
    }

    JsonNode json(String path) {
        Http.Answer answer = get(path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return answer.json();
    }

    /** The same, for a project that is made now; the gateway may learn of it a moment later. */
    Api withNewProject(String name) {
        Http.Answer made = Http.send(Http.request(url + "/api/v1/projects/")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Http.JSON.writeValueAsBytes(Map.of("name", name)))));
        assertThat(made.status()).isEqualTo(201);
        return new Api(url, token, made.json().path("id").asLong());
    }

    /** The project of this client: the one that it has made, or else the first. */
    JsonNode project() {
        return project == null ? json("/api/v1/projects/").get(0) : json("/api/v1/projects/" + project);
    }

    /** The project's DSN, as if the gateway were at {@code gatewayUrl}. */
    String dsnAt(String gatewayUrl) {
        JsonNode project = project();
        return "%s@%s/%d"
                .formatted(
                        gatewayUrl.replace("http://", "http://" + publicKey()).replaceAll("(//[0-9a-f]{32}).*", "$1"),
                        gatewayUrl.replace("http://", ""),
                        project.path("id").asLong());
    }

    String publicKey() {
        return project().path("keys").path(0).path("public_key").asString();
    }

    String slug() {
        return project().path("slug").asString();
    }

    /** The id of a release of the project, which is there. */
    long releaseId(String version) {
        return all("/api/v1/releases?project=" + slug()).stream()
                .filter(release -> release.path("version").asString().equals(version))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no release " + version))
                .path("id")
                .asLong();
    }

    JsonNode awaitEvent(String id) {
        return awaitEvent(id, Duration.ofSeconds(30));
    }

    JsonNode awaitEvent(String id, Duration within) {
        return await("event " + id)
                .atMost(within)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> get("/events/" + id), answer -> answer.status() == 200)
                .json();
    }

    /** Every entry of a list, over all its pages. */
    List<JsonNode> all(String path) {
        List<JsonNode> entries = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page = json(path + (path.contains("?") ? "&" : "?") + "limit=200" + cursor);
            page.path("results").forEach(entries::add);
            if (page.path("next").isNull()) {
                return entries;
            }
            cursor = "&cursor=" + page.path("next").asString();
        }
    }
}
