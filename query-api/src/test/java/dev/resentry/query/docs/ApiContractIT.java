package dev.resentry.query.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.query.RunningApi;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.StringNode;

/**
 * Whether the document is true: every operation is called, and its request and its answer are held against the document. What reads
 * by ids that are known is called by itself; every other operation has its calls in {@code api-calls}.
 */
@Timeout(180)
class ApiContractIT {
    private static final RunningApi API = RunningApi.shared();
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final String LAST = ":last";

    private static Map<String, String> values;
    private static ApiDocument document;

    @BeforeAll
    static void readTheDocument() {
        document = new ApiDocument(API.get("/openapi.json").json());
        values = ApiSeed.plant(API);
    }

    @Test
    void everyOperationAnswersAsTheDocumentSays() {
        List<String> faults = new ArrayList<>();
        Set<String> answered = new TreeSet<>();
        for (ApiCall call : ApiCall.all()) {
            ApiOperation operation = document.operation(call.operation());
            faults.addAll(make(call, operation, call.place()));
            if (call.status() < 300) {
                answered.add(call.operation());
            }
        }
        for (ApiOperation operation : document.operations().values()) {
            if (answered.contains(operation.id())) {
                continue;
            }
            if (operation.method().equals("GET")
                    && operation.pathParameters().stream().allMatch(p -> values.containsKey(p.collection()))) {
                faults.addAll(make(plain(operation), operation, operation.toString()));
            } else {
                faults.add(operation + ": no call of it succeeds (expected: a line in src/test/resources/api-calls)");
            }
        }

        assertThat(faults).isEmpty();
        Set<String> unseen = document.schemas();
        unseen.removeAll(document.seen());
        assertThat(unseen)
                .as("schemas of which no call has had an instance; give the seed or the calls one")
                .isEmpty();
    }

    @Test
    void whatTheDocumentDoesNotAllowIsRefused() {
        List<String> faults = new ArrayList<>();
        for (ApiOperation operation : document.operations().values()) {
            if (!operation.isOpen()) {
                faults.addAll(refused(operation, 401, Map.of(), Map.of("Authorization", ""), ""));
            }
            for (JsonNode parameter : operation.parameters("query")) {
                for (String wrong : wrongValues(parameter.path("schema"))) {
                    faults.addAll(refused(
                            operation, 400, Map.of(parameter.path("name").asString(), wrong), Map.of(), ""));
                }
            }
            if (operation.bodySchema().isObject()) {
                faults.addAll(refused(operation, 400, Map.of(), Map.of(), "{\"no_such_field\": 1}"));
                faults.addAll(refused(operation, 400, Map.of(), Map.of(), "{\"no_such"));
                faults.addAll(refused(operation, 415, Map.of(), Map.of("Content-Type", "text/plain"), "{}"));
            }
        }

        assertThat(faults).isEmpty();
    }

    @Test
    void everyWordOfAParameterIsAllowed() {
        List<String> faults = new ArrayList<>();
        for (ApiOperation operation : document.operations().values()) {
            for (JsonNode parameter : operation.parameters("query")) {
                // What reads is asked with every word; what changes has calls of its own.
                for (JsonNode word :
                        operation.method().equals("GET") ? parameter.at("/schema/enum") : MissingNode.getInstance()) {
                    ApiCall plain = plain(operation);
                    plain.parameters().putAll(path(operation));
                    plain.parameters().putAll(required(operation));
                    plain.parameters().put(parameter.path("name").asString(), word.asString());
                    faults.addAll(make(plain, operation, operation + " with " + word));
                }
            }
        }

        assertThat(faults).isEmpty();
    }

    private static List<String> wrongValues(JsonNode schema) {
        List<String> wrong = new ArrayList<>();
        if (schema.has("enum") || schema.path("type").asString("").equals("integer")) {
            wrong.add("no-such-word");
        }
        if (schema.path("format").asString("").equals("date-time")) {
            wrong.add("yesterday");
        }
        if (schema.has("maximum")) {
            wrong.add(String.valueOf(schema.path("maximum").asLong() + 1));
        }
        if (schema.has("minimum")) {
            wrong.add(String.valueOf(schema.path("minimum").asLong() - 1));
        }
        return wrong;
    }

    private static Map<String, String> required(ApiOperation operation) {
        return operation.parameters("query").stream()
                .filter(parameter -> parameter.path("required").asBoolean(false))
                .collect(Collectors.toMap(
                        parameter -> parameter.path("name").asString(),
                        parameter -> values.getOrDefault(
                                parameter.path("name").asString(),
                                document.example(parameter.path("schema")).asString(""))));
    }

    private static ApiCall plain(ApiOperation operation) {
        return new ApiCall(operation.id(), 200, new LinkedHashMap<>(), Map.of(), "", Map.of(), operation.toString());
    }

    /** The parameters of the path, each something that is there. */
    private static Map<String, String> path(ApiOperation operation) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (ApiOperation.PathParameter parameter : operation.pathParameters()) {
            parameters.put(
                    parameter.name(),
                    values.getOrDefault(parameter.name(), values.getOrDefault(parameter.collection(), "1")));
        }
        return parameters;
    }

    private static List<String> refused(
            ApiOperation operation, int status, Map<String, String> query, Map<String, String> headers, String body) {
        Map<String, String> parameters = path(operation);
        parameters.putAll(query);
        var call = new ApiCall(operation.id(), status, parameters, headers, body, Map.of(), "");
        return make(call, operation, "%s with %s%s%s".formatted(operation, query, headers, body));
    }

    /** Makes a call and keeps its values. */
    private static List<String> make(ApiCall call, ApiOperation operation, String place) {
        String body = ApiCall.filled(call.body(), values);
        List<String> faults = new ArrayList<>();
        if (call.status() < 300) {
            faults.addAll(requestFaults(call, operation, body));
        }
        HttpResponse<InputStream> response = send(call, operation, body);
        faults.addAll(answerFaults(call, operation, response));
        return faults.stream().map(fault -> place + ": " + fault).toList();
    }

    private static List<String> requestFaults(ApiCall call, ApiOperation operation, String body) {
        List<String> faults = new ArrayList<>();
        if (operation.hasBody() && operation.bodySchema().isObject()) {
            faults.addAll(document.faults(operation.bodySchema(), JSON.readTree(body)));
        } else if (!body.isEmpty() && !operation.hasBody()) {
            faults.add("the document knows no body");
        }
        Map<String, JsonNode> known = new TreeMap<>();
        operation.parameters("query").forEach(p -> known.put(p.path("name").asString(), p.path("schema")));
        List<String> ofPath = operation.pathParameters().stream()
                .map(ApiOperation.PathParameter::name)
                .toList();
        call.parameters().forEach((name, value) -> {
            if (!ofPath.contains(name) && !known.containsKey(name)) {
                faults.add("the document knows no parameter " + name);
            } else if (known.containsKey(name)) {
                // A list of one is sent as that one.
                JsonNode schema = known.get(name).has("items") ? known.get(name).path("items") : known.get(name);
                String filled = ApiCall.filled(value, values);
                faults.addAll(document.faults(
                        schema,
                        schema.path("type").asString("").equals("string")
                                ? StringNode.valueOf(filled)
                                : JSON.readTree(filled)));
            }
        });
        return faults;
    }

    private static HttpResponse<InputStream> send(ApiCall call, ApiOperation operation, String body) {
        Map<String, String> headers = new TreeMap<>(Map.of("Authorization", "Bearer " + API.token()));
        if (!body.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        headers.putAll(call.headers());
        headers.values().removeIf(String::isEmpty);
        String path = operation.path();
        List<String> query = new ArrayList<>();
        Map<String, String> parameters = new LinkedHashMap<>(call.parameters());
        for (ApiOperation.PathParameter parameter : operation.pathParameters()) {
            String value = parameters.containsKey(parameter.name())
                    ? ApiCall.filled(parameters.remove(parameter.name()), values)
                    : values.get(parameter.collection());
            path = path.replace("{" + parameter.name() + "}", String.valueOf(value));
        }
        parameters.forEach(
                (name, value) -> query.add(name + "=" + URLEncoder.encode(ApiCall.filled(value, values), UTF_8)));
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        API.uri(path + (query.isEmpty() ? "" : "?" + String.join("&", query))))
                .timeout(Duration.ofSeconds(30))
                .method(operation.method(), body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach((name, value) -> request.header(name, ApiCall.header(ApiCall.filled(value, values), body)));
        try {
            return HTTP.send(request.build(), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(operation.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> answerFaults(ApiCall call, ApiOperation operation, HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            String type =
                    response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
            // A stream has no end, so its beginning must do.
            byte[] bytes = type.equals("text/event-stream") ? new byte[0] : in.readAllBytes();
            if (response.statusCode() != call.status()) {
                return List.of("status %d, %s (expected: %d)"
                        .formatted(response.statusCode(), new String(bytes, UTF_8), call.status()));
            }
            JsonNode answer = document.answer(operation, response.statusCode());
            if (answer.isMissingNode()) {
                return List.of("the document knows no status " + response.statusCode());
            }
            if (!answer.has("content")) {
                return bytes.length == 0 ? List.of() : List.of("a body, %s (expected: none)".formatted(type));
            }
            JsonNode content = answer.path("content").path(type);
            if (content.isMissingNode()) {
                return List.of("content type '%s' (expected: %s)"
                        .formatted(type, answer.path("content").propertyNames()));
            }
            JsonNode json = type.equals("application/json") ? JSON.readTree(bytes) : null;
            call.kept().forEach((name, from) -> values.put(name, valueOf(from, json, response)));
            return json == null ? List.of() : document.faults(content.path("schema"), json);
        } catch (IOException e) {
            throw new UncheckedIOException(operation.toString(), e);
        }
    }

    private static String valueOf(String from, JsonNode json, HttpResponse<?> response) {
        if (from.startsWith("@")) {
            return response.headers().firstValue(from.substring(1)).orElse("").replaceFirst(";.*", "");
        }
        return from.endsWith(LAST)
                ? json.at(from.replace(LAST, "")).asString().replaceFirst(".*/", "")
                : json.at(from).asString();
    }
}
