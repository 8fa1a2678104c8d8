package dev.resentry.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.resentry.model.wire.ProjectRecord;
import dev.resentry.testsupport.server.TestServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API over real HTTP, on a real database and a real broker. */
@Timeout(120)
class QueryApiIT {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static TestServers servers;
    private static ServletWebServerApplicationContext application;
    private static JdbcClient jdbc;
    private static String url;
    private static String token;

    @BeforeAll
    static void start() {
        servers = TestServers.start();
        System.setProperty("spring.config.name", QueryApplication.CONFIG_NAMES);
        application = (ServletWebServerApplicationContext) SpringApplication.run(
                QueryApplication.class,
                "--server.port=0",
                "--resentry.kafka.bootstrap-servers=" + servers.bootstrapServers(),
                "--resentry.database.url=" + servers.newDatabaseUrl(),
                "--resentry.query.admin-email=ada@example.com",
                "--resentry.query.admin-password=secret",
                "--resentry.query.public-url=https://errors.example",
                "--logging.level.root=WARN");
        url = "http://127.0.0.1:" + application.getWebServer().getPort();
        jdbc = application.getBean(JdbcClient.class);
        token = post("/api/v1/auth/login", Map.of("email", "Ada@Example.com", "password", "secret"))
                .json()
                .path("access_token")
                .asString();
        jdbc.sql("SELECT ensure_day_partitions('2026-11-20')").query().listOfRows();
    }

    @AfterAll
    static void stop() {
        application.close();
        servers.close();
        System.clearProperty("spring.config.name");
    }

    @Test
    void loginGivesATokenAndNothingElseDoes() {
        Answer login = post("/api/v1/auth/login/", Map.of("email", "ada@example.com", "password", "secret"));
        assertThat(login.json().path("token_type").asString()).isEqualTo("bearer");
        assertThat(login.json().path("expires_in").asInt()).isEqualTo(1800);

        for (Map<String, String> wrong : List.of(
                Map.of("email", "ada@example.com", "password", "wrong"),
                Map.of("email", "nobody@example.com", "password", "secret"))) {
            assertError(post("/api/v1/auth/login", wrong), 401, "unauthorized");
        }
        Answer empty = post("/api/v1/auth/login", Map.of("email", ""));
        assertError(empty, 400, "invalid_request");
        assertThat(empty.json().path("details").propertyNames()).containsExactlyInAnyOrder("email", "password");
    }

    @ParameterizedTest
    @CsvSource({"/issues", "/api/v1/projects/", "/events/x", "/api/projects/events", "/nothing/at/all"})
    void everythingWantsAToken(String path) {
        for (String header : new String[] {null, "Bearer rubbish", "Basic YTpi"}) {
            var request = HttpRequest.newBuilder(URI.create(url + path));
            Answer answer = send(header == null ? request : request.header("Authorization", header));
            assertError(answer, 401, "unauthorized");
        }
    }

    @Test
    void projectsAreAddedChangedAndToldToTheGateways() {
        JsonNode made = post("/api/v1/projects/", Map.of("name", "Café Shop", "platform", "java"))
                .json();
        long id = made.path("id").asLong();
        assertThat(made.path("slug").asString()).isEqualTo("cafe-shop");
        String key = made.path("keys").path(0).path("public_key").asString();
        assertThat(made.path("keys").path(0).path("dsn").asString())
                .isEqualTo("https://%s@errors.example/%d".formatted(key, id));
        await().until(() -> published().containsKey(id));

        assertThat(patch("/api/v1/projects/%d/".formatted(id), Map.of("status", "disabled"))
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("disabled");
        await().until(() -> !ProjectRecord.read(published().get(id)).active());

        JsonNode second = post("/api/v1/projects/%d/keys/".formatted(id), Map.of("label", "CI"))
                .json();
        long keyId = second.path("keys").path(1).path("id").asLong();
        patch("/api/v1/projects/%d/keys/%d".formatted(id, keyId), Map.of("active", false));
        await().until(() -> ProjectRecord.read(published().get(id)).keys().size() == 2
                && !ProjectRecord.read(published().get(id)).keys().get(1).active());
        assertThat(get("/api/v1/projects/%d".formatted(id))
                        .json()
                        .path("keys")
                        .path(1)
                        .path("active")
                        .asBoolean())
                .isFalse();
        assertThat(method("PUT", "/api/v1/projects/%d/".formatted(id), Map.of("name", "Shop", "slug", "shop-two"))
                        .json()
                        .path("slug")
                        .asString())
                .isEqualTo("shop-two");
        assertThat(get("/projects").json().findValuesAsString("slug")).contains("default", "shop-two");
    }

    @Test
    void aLostTopicIsRebuiltOnDemand() {
        long before = endOffset();
        assertThat(post("/api/v1/projects/republish", Map.of()).status()).isEqualTo(202);
        await().until(() -> endOffset() > before);
        assertThat(published()).containsKey(1L);
    }

    @Test
    void aDeletedProjectGoesWithAllItsData() {
        long id = post("/api/v1/projects", Map.of("name", "Gone"))
                .json()
                .path("id")
                .asLong();
        long issue = insertEvents(id, 30);

        Answer deletion = method("DELETE", "/api/v1/projects/%d/".formatted(id), Map.of());

        assertThat(deletion.status()).isEqualTo(202);
        assertThat(deletion.json().path("status").asString()).isEqualTo("deleting");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> get("/api/v1/projects/%d".formatted(id)).status() == 404);
        await().until(() -> !published().containsKey(id));
        assertThat(get("/issues/%d".formatted(issue)).status()).isEqualTo(404);
        for (String table : List.of("events", "envelopes", "envelope_items", "event_identities", "issue_hashes")) {
            assertThat(jdbc.sql("SELECT count(*) FROM %s WHERE project_id = :id".formatted(table))
                            .param("id", id)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void wrongProjectsNameEveryWrongField() {
        Answer wrong = post("/api/v1/projects", Map.of("name", "", "slug", "No Slug"));
        assertError(wrong, 400, "invalid_request");
        assertThat(wrong.json().path("details").propertyNames()).containsExactlyInAnyOrder("name", "slug");
        assertError(post("/api/v1/projects", Map.of("name", "x", "slug", "default")), 409, "conflict");
        assertError(get("/api/v1/projects/999999"), 404, "not_found");
        assertError(get("/api/v1/projects/abc"), 400, "invalid_request");
        var broken = HttpRequest.newBuilder(URI.create(url + "/api/v1/projects"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\n oops}"));
        Answer answer = send(broken);
        assertError(answer, 400, "invalid_request");
        assertThat(answer.json().path("message").asString()).contains("line 2");
    }

    @Test
    void listsArePagedWithoutGapsOrRepetition() {
        long id = post("/api/v1/projects", Map.of("name", "Paged"))
                .json()
                .path("id")
                .asLong();
        long issue = insertEvents(id, 45);

        for (String path : List.of(
                "/api/v1/projects/%d/events/".formatted(id),
                "/issues/%d/events".formatted(issue),
                "/api/v1/projects/%d/envelopes/".formatted(id))) {
            List<String> ids = new ArrayList<>();
            String next = "";
            do {
                JsonNode page = get(path + "?limit=10" + (next.isEmpty() ? "" : "&cursor=" + next))
                        .json();
                assertThat(page.path("results").size()).isLessThanOrEqualTo(10);
                page.path("results").forEach(entry -> ids.add(entry.path("id").asString()));
                next = page.path("next").asString("");
            } while (!next.isEmpty());
            assertThat(ids).as(path).hasSize(45).doesNotHaveDuplicates();
        }
        assertError(get("/issues?limit=201"), 400, "invalid_request");
        assertError(get("/issues?cursor=rubbish"), 400, "invalid_request");
        assertError(get("/issues?status=open"), 400, "invalid_request");
        assertError(get("/issues?project=nobody"), 404, "not_found");
    }

    @Test
    void anEventCarriesWhatItsSdkSent() {
        long id = post("/api/v1/projects", Map.of("name", "Told"))
                .json()
                .path("id")
                .asLong();
        long issue = insertEvents(id, 1);
        String eventId = get("/api/v1/projects/%d/events".formatted(id))
                .json()
                .path("results")
                .path(0)
                .path("id")
                .asString();

        JsonNode event = get("/events/" + eventId).json();
        assertThat(event.propertyNames())
                .contains(
                        "id",
                        "issue_id",
                        "project_id",
                        "received_at",
                        "timestamp",
                        "level",
                        "title",
                        "culprit",
                        "platform",
                        "release",
                        "environment",
                        "tags",
                        "exception",
                        "breadcrumbs",
                        "contexts",
                        "user",
                        "request");
        assertThat(event.path("user").path("id").asString()).isEqualTo("42");
        assertThat(event.path("tags").path("role").asString()).isEqualTo("admin");
        JsonNode stacktrace = get("/events/%s/stacktrace".formatted(eventId)).json();
        assertThat(stacktrace.path("issue_id").asLong()).isEqualTo(issue);
        assertThat(stacktrace.path("event_id").asString()).isEqualTo(eventId);
        assertThat(stacktrace
                        .path("stacktrace")
                        .path("frames")
                        .path(0)
                        .path("lineno")
                        .asInt())
                .isEqualTo(7);
        assertError(get("/events/" + "0".repeat(32)), 404, "not_found");
        assertError(get("/events/rubbish"), 400, "invalid_request");

        assertThat(method("PUT", "/issues/" + issue, Map.of("status", "resolved"))
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("resolved");
        assertThat(get("/issues?project=told&status=resolved&query=CHECKOUT")
                        .json()
                        .path("results")
                        .size())
                .isEqualTo(1);
        assertThat(get("/issues?project=told&status=unresolved")
                        .json()
                        .path("results")
                        .size())
                .isZero();
        assertError(method("PUT", "/issues/" + issue, Map.of("status", "gone")), 400, "invalid_request");
    }

    @ParameterizedTest
    @CsvSource({
        "/health,application/json",
        "/health/,application/json",
        "/health/ready,application/json",
        "/openapi.json,application/json",
        "/openapi.yaml,application/vnd.oai.openapi",
        "/redoc,text/html",
        "/swagger-ui/index.html,text/html",
        "/webjars/redoc/bundles/redoc.standalone.js,text/javascript"
    })
    void healthAndDocumentationAreOpenAndServedFromHere(String path, String type) throws Exception {
        HttpResponse<String> response =
                HTTP.send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
        if (type.equals("text/html")) {
            assertThat(response.body()).doesNotContain("src=\"http").doesNotContain("href=\"http");
        }
    }

    @Test
    void theDocumentSpeaksAsTheApiDoes() {
        JsonNode document = get("/openapi.json").json();

        assertThat(document.path("paths").propertyNames())
                .contains("/issues", "/api/v1/projects/{id}", "/events/{id}/stacktrace");
        assertThat(document.path("components")
                        .path("schemas")
                        .path("Issue")
                        .path("properties")
                        .propertyNames())
                .contains("first_seen", "last_seen", "project_id");
    }

    /** Rows as a processor writes them: so many events of one issue, all at nearly the same time. */
    private static long insertEvents(long project, int count) {
        long issue = jdbc.sql("""
                        INSERT INTO issues (project_id, title, level, event_count, first_seen, last_seen, created_at)
                        VALUES (:project, 'Checkout failed', 'error', :count, '2026-11-20Z', '2026-11-20Z', now()) RETURNING id
                        """)
                .param("project", project)
                .param("count", count)
                .query(Long.class)
                .single();
        jdbc.sql("""
                        INSERT INTO issue_hashes VALUES (:project, 's', '\\x00', :issue, now())
                        """).param("project", project).param("issue", issue).update();
        for (int i = 0; i < count; i++) {
            jdbc.sql("""
                            WITH made AS (SELECT gen_random_uuid() AS event, gen_random_uuid() AS envelope,
                                                 timestamptz '2026-11-20 10:00:00Z' + :i / 7 * interval '1 second' AS at),
                            identity AS (INSERT INTO event_identities SELECT :project, event, at FROM made),
                            raw AS (INSERT INTO envelopes (received_at, id, project_id, event_id, public_key, endpoint, body,
                                                           body_size, outcome, item_count)
                                    SELECT at, envelope, :project, event, 'k', 'envelope', '\\x7b7d', 2, 'stored', 1 FROM made),
                            item AS (INSERT INTO envelope_items (received_at, envelope_id, position, project_id, type, category,
                                                                 payload_offset, payload_length, event_id, outcome)
                                     SELECT at, envelope, 0, :project, 'event', 'error', 0, 2, event, 'stored' FROM made)
                            INSERT INTO events (received_at, project_id, event_id, issue_id, envelope_id, occurred_at, level, title,
                                                strategy, hash, tags, payload)
                            SELECT at, :project, event, :issue, envelope, at, 'error', 'Checkout failed', 's', '\\x00',
                                   '{"role":"admin"}',
                                   '{"user":{"id":"42"},"exception":{"values":[{"type":"E","stacktrace":{"frames":[{"lineno":7}]}}]}}'
                            FROM made
                            """)
                    .param("project", project)
                    .param("issue", issue)
                    .param("i", i)
                    .update();
        }
        return issue;
    }

    private static Map<Long, byte[]> published() {
        Map<Long, byte[]> projects = new HashMap<>();
        try (var consumer = consumer()) {
            var partition = new TopicPartition("projects", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> {
                    long id = Long.parseLong(new String(record.key(), StandardCharsets.UTF_8));
                    if (record.value() == null) {
                        projects.remove(id);
                    } else {
                        projects.put(id, record.value());
                    }
                });
            }
        }
        return projects;
    }

    private static long endOffset() {
        try (var consumer = consumer()) {
            var partition = new TopicPartition("projects", 0);
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", servers.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private record Answer(int status, JsonNode json) {}

    private static void assertError(Answer answer, int status, String error) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("status_code").asInt()).isEqualTo(status);
        assertThat(answer.json().path("error").asString()).isEqualTo(error);
        assertThat(answer.json().path("message").asString()).isNotBlank();
        assertThat(answer.json().path("details").isObject()).isTrue();
    }

    private static Answer get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token));
    }

    private static Answer post(String path, Map<String, ?> body) {
        return method("POST", path, body);
    }

    private static Answer patch(String path, Map<String, ?> body) {
        return method("PATCH", path, body);
    }

    private static Answer method(String method, String path, Map<String, ?> body) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
        return send(token == null ? request : request.header("Authorization", "Bearer " + token));
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), json(response.body()));
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException _) {
            return JSON.missingNode();
        }
    }
}
