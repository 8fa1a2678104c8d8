package dev.resentry.query.sentry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import dev.resentry.query.RunningApi.Reply;
import dev.resentry.query.StoredRows;
import dev.resentry.query.access.People;
import dev.resentry.query.access.Role;
import dev.resentry.query.artifact.Multipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Sentry's tools ask before and beside uploads. */
@Timeout(120)
class SentryReleasesIT {
    private static final RunningApi API = RunningApi.shared();
    private static final People PEOPLE = new People(API);
    private static final String RELEASES = "/api/0/organizations/default/releases/";

    @BeforeAll
    static void seed() {
        new StoredRows(API.database()).project("tools");
        new StoredRows(API.database()).project("tools-too");
    }

    @Test
    void aReleaseOfTwoProjectsIsOneAndMakingItAgainIsNoFault() {
        String request = "{\"version\": \"tools@1\", \"projects\": [\"tools\", \"tools-too\"], \"unknown\": 1}";

        Reply made = API.post(RELEASES, request);
        Reply again = API.post(RELEASES, request);
        Reply finalized = API.put(
                RELEASES + "tools@1/",
                "{\"projects\": [\"tools\"], \"dateReleased\": \"2026-11-18T10:00:00.123456789Z\"}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().path("projects")).hasSize(2);
        assertThat(made.json().path("dateCreated").asString()).endsWith("Z");
        assertThat(again.status()).isEqualTo(208);
        assertThat(finalized.json().path("dateReleased").asString()).startsWith("2026-11-18T10:00:00.12345");
        assertThat(API.get("/api/0/projects/default/tools-too/releases/tools@1")
                        .json()
                        .path("projects"))
                .hasSize(1);
    }

    @Test
    void aReleaseWithoutProjectsHasToBeThere() {
        Reply reply = API.post(RELEASES, "{\"version\": \"nowhere@1\", \"projects\": []}");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("detail").asString()).contains("projects: empty");
        assertThat(API.put(RELEASES + "nowhere@1/", "{}").status()).isEqualTo(404);
    }

    @Test
    void aVersionWithAPercentSignIsFoundByItsPath() {
        API.post(RELEASES, "{\"version\": \"my app@1.0.0+b5%x\", \"projects\": [\"tools\"]}");

        assertThat(API.get(RELEASES + "my%20app@1.0.0%2Bb5%25x/")
                        .json()
                        .path("version")
                        .asString())
                .isEqualTo("my app@1.0.0+b5%x");
    }

    @Test
    void commitsAreThoseOfTheToolAndTheReleaseBeforeIsTheLastWithCommits() {
        API.post(RELEASES, "{\"version\": \"commits@1.0\", \"projects\": [\"tools\"]}");
        API.put(RELEASES + "commits@1.0/", """
                {"commits": [{"id": "c0ffee", "repository": "origin", "author_name": "Ann", "author_email": "ann@example.com",
                 "timestamp": "2026-11-18T10:00:00+01:00", "message": "Mend\\n", "patch_set": [{"path": "a.js", "type": "M"}]}]}
                """);
        API.post(RELEASES, "{\"version\": \"commits@1.1\", \"projects\": [\"tools\"]}");

        JsonNode commits = API.get(RELEASES + "commits@1.0/commits/").json();
        assertThat(commits.path(0).path("id").asString()).isEqualTo("c0ffee");
        assertThat(commits.path(0).path("dateCreated").asString()).isEqualTo("2026-11-18T09:00:00Z");
        assertThat(API.get(RELEASES + "commits@1.1/previous-with-commits/")
                        .json()
                        .at("/lastCommit/id")
                        .asString())
                .isEqualTo("c0ffee");
        assertThat(API.get(RELEASES + "commits@1.0/previous-with-commits/").text())
                .as("there is none")
                .isEqualTo("{}");
    }

    @Test
    void theReleaseBeforeWithCommitsIsTheNewestOfAllProjects() {
        new StoredRows(API.database()).project("before");
        new StoredRows(API.database()).project("before-too");
        release("before@1", "2026-11-01", "\"before\", \"before-too\"", "c1");
        release("before@2", "2026-11-02", "\"before-too\"", "c2");
        release("before@3", "2026-11-03", "\"before\", \"before-too\"", null);
        release("before@4", "2026-11-04", "\"before\", \"before-too\"", null);

        JsonNode ofAll = API.get(RELEASES + "before@4/previous-with-commits/").json();
        JsonNode ofOne = API.get("/api/0/projects/default/before/releases/before@4/previous-with-commits/")
                .json();

        assertThat(ofAll.path("version").asString()).isEqualTo("before@2");
        assertThat(ofAll.at("/lastCommit/id").asString()).isEqualTo("c2");
        assertThat(ofOne.path("version").asString()).isEqualTo("before@1");
        assertThat(ofOne.at("/lastCommit/id").asString()).isEqualTo("c1");
    }

    private static void release(String version, String date, String projects, @Nullable String commit) {
        Reply made = API.post(
                RELEASES,
                "{\"version\": \"%s\", \"projects\": [%s], \"dateReleased\": \"%sT00:00:00Z\", \"commits\": [%s]}"
                        .formatted(
                                version, projects, date, commit == null ? "" : "{\"id\": \"%s\"}".formatted(commit)));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
    }

    @Test
    void aDeploymentIsFinishedNowUnlessItSaysWhen() {
        API.post(RELEASES, "{\"version\": \"deploys@1\", \"projects\": [\"tools\", \"tools-too\"]}");

        Reply made = API.post(
                RELEASES + "deploys@1/deploys/", "{\"environment\": \"production\", \"projects\": [\"tools\"]}");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("dateFinished").isNull()).isFalse();
        assertThat(API.get(RELEASES + "deploys@1/deploys/").json()).hasSize(1);
        assertThat(API.get(RELEASES + "deploys@1/")
                        .json()
                        .at("/lastDeploy/environment")
                        .asString())
                .isEqualTo("production");
    }

    @Test
    void listsAreInPagesThatALinkLeadsTo() {
        API.post(RELEASES, "{\"version\": \"pages@1\", \"projects\": [\"tools-too\"]}");
        API.post(RELEASES, "{\"version\": \"pages@2\", \"projects\": [\"tools-too\"]}");

        Reply first = API.get("/api/0/projects/default/tools-too/releases/?per_page=1&cursor=&query=pages");
        String cursor =
                first.header("Link").replaceFirst("(?s).*rel=\"next\"; results=\"true\"; cursor=\"([^\"]*)\".*", "$1");
        Reply second = API.get("/api/0/projects/default/tools-too/releases/?per_page=1&query=pages&cursor=" + cursor);

        assertThat(first.json().path(0).path("version").asString()).isEqualTo("pages@2");
        assertThat(second.json().path(0).path("version").asString()).isEqualTo("pages@1");
        assertThat(second.header("Link")).contains("rel=\"next\"; results=\"false\"");
    }

    @Test
    void linksLeadToTheOriginThatTheCallerUses() {
        var request = "GET /api/0/projects/default/tools/releases/?query=a%20b HTTP/1.1\r\n"
                + "Host: errors.example.com:8443\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n"
                + "Authorization: Bearer " + API.token() + "\r\n\r\n";

        assertThat(raw(request))
                .contains(
                        "<https://errors.example.com:8443/api/0/projects/default/tools/releases?query=a%20b&cursor=0:0:0>;"
                                + " rel=\"next\"");
    }

    @Test
    void charactersThatToolsLeaveRawInQueriesAreTaken() {
        var request = "GET /api/0/projects/default/tools/releases/?query=level:[error,fatal]|x^{y}`\\ HTTP/1.1\r\n"
                + "Host: localhost\r\nConnection: close\r\nAuthorization: Bearer " + API.token() + "\r\n\r\n";

        assertThat(raw(request)).startsWith("HTTP/1.1 200");
    }

    @Test
    void whoHasNoTokenIsNobodyAndWhoHasAWrongOneIsRefused() {
        JsonNode nobody =
                RunningApi.exchange(HttpRequest.newBuilder(API.uri("/api/0/"))).json();
        Reply wrong =
                RunningApi.exchange(HttpRequest.newBuilder(API.uri("/api/0/")).header("Authorization", "Bearer none"));
        Reply missing = RunningApi.exchange(HttpRequest.newBuilder(API.uri("/api/0/organizations/")));

        assertThat(nobody.path("user").isNull()).isTrue();
        assertThat(nobody.path("auth").isNull()).isTrue();
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(missing.status()).isEqualTo(401);
        assertThat(missing.json().propertyNames()).containsExactly("detail");
        assertThat(API.get("/api/0/").json().at("/user/email").asString()).isEqualTo("admin@localhost");
        assertThat(API.get("/api/0/no-such-thing/").json().propertyNames()).containsExactly("detail");
        assertThat(API.get("/api/0/organizations/other/").status()).isEqualTo(404);
    }

    @Test
    void aTokenOfTheOrganizationSaysWhereToSendAndMayDoWhatBuildsNeedAndNothingElse() {
        Reply made = API.post("/api/v1/organization/tokens", "{\"name\": \"build\"}");
        String token = made.json().path("token").asString();

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(token).matches("sntrys_[A-Za-z0-9+/=]+_[A-Za-z0-9+/]{43}");
        JsonNode payload = API.bean(JsonMapper.class)
                .readTree(new String(Base64.getDecoder().decode(token.split("_")[1]), UTF_8));
        assertThat(payload.path("org").asString()).isEqualTo("default");
        assertThat(payload.path("url").asString()).isEqualTo("https://errors.example.com");
        assertThat(payload.path("iat").asDouble()).isPositive();
        assertThat(PEOPLE.withToken(token, "GET", "/api/0/organizations/default/chunk-upload/", null)
                        .status())
                .isEqualTo(200);
        assertThat(PEOPLE.withToken(token, "POST", RELEASES, "{\"version\": \"token@1\", \"projects\": [\"tools\"]}")
                        .status())
                .isEqualTo(201);
        JsonNode index = PEOPLE.withToken(token, "GET", "/api/0/", null).json();
        assertThat(index.path("user").isNull()).isTrue();
        assertThat(index.at("/auth/scopes").toString()).isEqualTo("[\"org:ci\"]");
        assertThat(PEOPLE.withToken(token, "GET", "/api/v1/issues", null).status())
                .isEqualTo(403);
        assertThat(PEOPLE.withToken(token, "GET", "/api/v1/organization/tokens", null)
                        .status())
                .isEqualTo(403);

        assertThat(API.delete("/api/v1/organization/tokens/"
                                + made.json().path("id").asLong())
                        .status())
                .isEqualTo(204);
        assertThat(PEOPLE.withToken(token, "GET", "/api/0/", null).status()).isEqualTo(401);
    }

    @Test
    void aTokenOfAUserUploadsWithTheScopeForReleases() {
        String token = PEOPLE.apiToken(PEOPLE.user(Role.MEMBER), Set.of("project:releases"));

        assertThat(PEOPLE.withToken(token, "GET", "/api/0/organizations/default/chunk-upload/", null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void filesOfReleasesComeOneByOneToo() {
        API.post(RELEASES, "{\"version\": \"files@1\", \"projects\": [\"tools\"]}");
        byte[] code = "app();\n//# sourceMappingURL=app.js.map".getBytes(UTF_8);

        Reply made = RunningApi.exchange(new Multipart()
                .field("name", "~/static/app.js")
                .field("dist", "7")
                .file("file", "app.js", code)
                .post(HttpRequest.newBuilder(API.uri(RELEASES + "files@1/files/"))
                        .header("Authorization", "Bearer " + API.token())));
        String file = RELEASES + "files@1/files/" + made.json().path("id").asString() + "/";

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().path("name").asString()).isEqualTo("~/static/app.js");
        assertThat(made.json().at("/headers/Sourcemap").asString()).isEqualTo("app.js.map");
        assertThat(API.get(RELEASES + "files@1/files/").json()).hasSize(1);
        assertThat(API.get(file + "?download=1").bytes()).isEqualTo(code);
        assertThat(API.delete(file).status()).isEqualTo(204);
        assertThat(API.get(file).status()).isEqualTo(404);
    }

    private static String raw(String request) {
        try (var socket = new Socket("127.0.0.1", API.uri("/").getPort())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
