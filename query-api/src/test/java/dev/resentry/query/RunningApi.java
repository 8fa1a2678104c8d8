package dev.resentry.query;

import dev.resentry.query.auth.AccessTokens;
import dev.resentry.storage.user.UserStore;
import dev.resentry.testsupport.server.TestServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A started API and a client of it, logged in as the administrator. */
public final class RunningApi implements AutoCloseable {
    public static final String PASSWORD = "correct horse battery staple";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ConfigurableApplicationContext context;
    private final Map<String, String> settings;
    private volatile String token;

    private RunningApi(ConfigurableApplicationContext context, Map<String, String> settings) {
        this.context = context;
        this.settings = settings;
        this.token = newToken();
    }

    /** The API that most tests share. */
    public static RunningApi shared() {
        return Shared.API;
    }

    /** The servers of this test run. */
    public static TestServers servers() {
        return TestServers.shared();
    }

    /** Settings of an installation of its own: a new database and topics. */
    public static Map<String, String> freshSettings() {
        Map<String, String> settings = new TreeMap<>();
        servers().startBoth();
        settings.put("resentry.kafka.bootstrap-servers", servers().bootstrapServers());
        settings.put("resentry.kafka.topic-prefix", servers().newTopicPrefix());
        settings.put("resentry.database.url", servers().newDatabaseUrl());
        settings.put("resentry.database.pool-size", "5");
        // Each request waits so long for a database that is away.
        settings.put("resentry.database.connect-timeout", "2s");
        settings.put("resentry.query.public-url", "https://errors.example.com");
        settings.put("resentry.query.admin-password", PASSWORD);
        settings.put("resentry.clickhouse.url", CopyStandIn.url());
        return settings;
    }

    public static RunningApi start(Map<String, String> settings) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.config.name=" + QueryApplication.CONFIG_NAMES,
                "--server.port=0",
                // The embedded broker talks in the same log.
                "--logging.level.root=WARN"));
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        return new RunningApi(
                SpringApplication.run(QueryApplication.class, arguments.toArray(String[]::new)), settings);
    }

    public Map<String, String> settings() {
        return settings;
    }

    public String topicPrefix() {
        return settings.getOrDefault("resentry.kafka.topic-prefix", "");
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public JdbcClient database() {
        return JdbcClient.create(context.getBean(DataSource.class));
    }

    public URI uri(String path) {
        return URI.create(
                "http://127.0.0.1:%s%s".formatted(context.getEnvironment().getProperty("local.server.port"), path));
    }

    /** A request of somebody else. */
    public HttpRequest.Builder requestOf(String email, String path) {
        String their = context.getBean(AccessTokens.class)
                .issue(context.getBean(UserStore.class).findByEmail(email).orElseThrow(), Duration.ofHours(1));
        return HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + their)
                .header("Content-Type", "application/json");
    }

    /** The token of the administrator. */
    public String token() {
        return token;
    }

    public Reply get(String path) {
        return send("GET", path, null);
    }

    public Reply post(String path, String json) {
        return send("POST", path, json);
    }

    public Reply put(String path, String json) {
        return send("PUT", path, json);
    }

    public Reply patch(String path, String json) {
        return send("PATCH", path, json);
    }

    public Reply delete(String path) {
        return send("DELETE", path, null);
    }

    private String newToken() {
        return context.getBean(AccessTokens.class)
                .issue(
                        context.getBean(UserStore.class)
                                .findByEmail("admin@localhost")
                                .orElseThrow(),
                        Duration.ofHours(1));
    }

    /** A test that ends all tokens of the administrator takes nothing from the others. */
    private Reply send(String method, String path, String json) {
        Reply reply = sendWithToken(method, path, json);
        if (reply.status() != 401) {
            return reply;
        }
        token = newToken();
        return sendWithToken(method, path, json);
    }

    private Reply sendWithToken(String method, String path, String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        return exchange(request.method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json)));
    }

    /** Sends a request as it is, without a token of ours. */
    public static Reply exchange(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response =
                    HTTP.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofByteArray());
            return new Reply(response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public boolean isRunning() {
        return context.isRunning();
    }

    @Override
    public void close() {
        context.close();
    }

    /** An answer. */
    public record Reply(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        public byte[] bytes() {
            return response.body();
        }

        public String text() {
            return new String(response.body(), java.nio.charset.StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    private static final class Shared {
        private static final RunningApi API = start(freshSettings());
    }
}
