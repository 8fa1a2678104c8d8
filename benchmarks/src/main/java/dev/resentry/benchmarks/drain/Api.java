package dev.resentry.benchmarks.drain;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API of a running product. */
final class Api implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String url;
    private final Token token;

    /** What lets a caller in, at this moment. */
    interface Token {
        String now() throws IOException;
    }

    Api(String url, Token token) {
        this.url = url;
        this.token = token;
    }

    /** As somebody who logs in; the token holds for half an hour. */
    static Api login(String url, String email, String password) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = http.send(
                    HttpRequest.newBuilder(URI.create(url + "/api/v1/auth/login"))
                            .timeout(ANSWER_WITHIN)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofByteArray(
                                    JSON.writeValueAsBytes(Map.of("email", email, "password", password))))
                            .build(),
                    BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) {
                throw new IOException("the login answers %d".formatted(answer.statusCode()));
            }
            String token = JSON.readTree(answer.body()).path("access_token").asString("");
            return new Api(url, () -> token);
        }
    }

    /** What became of all that was ever accepted. */
    Balance balance() throws IOException, InterruptedException {
        return Balance.of(json("/api/v1/ledger/balance"));
    }

    /** Whether an event can be read by its id. */
    boolean isReadable(String eventId) throws IOException, InterruptedException {
        return get("/api/v1/events/" + eventId).statusCode() == 200;
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new IOException("%s answers %d".formatted(path, answer.statusCode()));
        }
        return JSON.readTree(answer.body());
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(ANSWER_WITHIN)
                        .header("Authorization", "Bearer " + token.now())
                        .build(),
                BodyHandlers.ofByteArray());
    }

    @Override
    public void close() {
        http.close();
    }
}
