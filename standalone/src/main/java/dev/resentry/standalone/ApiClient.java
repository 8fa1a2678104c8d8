package dev.resentry.standalone;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to a running installation. */
final class ApiClient implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

    /**
     * An answer.
     *
     * @param json missing if it is not JSON
     * @param retryAfter how long the server wants us to wait; zero if it says nothing
     */
    record Answer(int status, JsonNode json, Duration retryAfter) {
        /** What the API says went wrong, for people. */
        String fault() {
            return json.path("message").asString("status " + status);
        }

        /** The JSON, if the status is as expected; else the command ends with what the API says. */
        JsonNode require(int expected, String otherwise) {
            if (status != expected) {
                throw new UserFacingException(otherwise + ": " + fault());
            }
            return json;
        }
    }

    Answer get(Instance instance, String path) {
        return send(request(instance.url() + path)
                .header("Authorization", "Bearer " + instance.token())
                .GET());
    }

    /** Asks without a token, as anybody may. */
    Answer get(String url) {
        return send(request(url).GET());
    }

    Answer post(Instance instance, String path, Object body) {
        return change("POST", instance, path, body);
    }

    Answer patch(Instance instance, String path, Object body) {
        return change("PATCH", instance, path, body);
    }

    private Answer change(String method, Instance instance, String path, Object body) {
        return send(request(instance.url() + path)
                .header("Authorization", "Bearer " + instance.token())
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    /** The bytes of an answer, whatever they are; empty if its status is not 200. */
    Optional<byte[]> download(Instance instance, String path) {
        HttpResponse<byte[]> response = exchange(request(instance.url() + path)
                .header("Authorization", "Bearer " + instance.token())
                .GET());
        return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
    }

    Answer postEnvelope(URI endpoint, String publicKey, byte[] envelope) {
        return send(envelope(endpoint, publicKey, envelope));
    }

    /** Posts an envelope whose body is compressed with gzip. */
    Answer postGzippedEnvelope(URI endpoint, String publicKey, byte[] envelope) {
        return send(envelope(endpoint, publicKey, envelope).header("Content-Encoding", "gzip"));
    }

    private static HttpRequest.Builder envelope(URI endpoint, String publicKey, byte[] envelope) {
        return request(endpoint.toString())
                .header(
                        "X-Sentry-Auth",
                        "Sentry sentry_version=7, sentry_client=resentry-cli/1, sentry_key=" + publicKey)
                .header("Content-Type", "application/x-sentry-envelope")
                .POST(BodyPublishers.ofByteArray(envelope));
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(15));
    }

    private Answer send(HttpRequest.Builder request) {
        HttpResponse<byte[]> response = exchange(request);
        return new Answer(response.statusCode(), json(response.body()), retryAfter(response.headers()));
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder request) {
        HttpRequest built = request.build();
        try {
            return http.send(built, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UserFacingException("%s does not answer: %s".formatted(built.uri(), e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UserFacingException("interrupted");
        }
    }

    private static Duration retryAfter(HttpHeaders headers) {
        try {
            return headers.firstValue("Retry-After")
                    .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                    .orElse(Duration.ZERO);
        } catch (NumberFormatException _) {
            return Duration.ZERO;
        }
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException _) {
            return JSON.missingNode();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
