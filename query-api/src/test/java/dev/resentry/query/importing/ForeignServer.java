package dev.resentry.query.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Another server with one project, whose {@code /api/0} may fail before it answers. */
final class ForeignServer implements AutoCloseable {
    static final int RETRY_AFTER = 7;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final String slug;
    private final Map<String, List<ObjectNode>> eventsByIssue = new HashMap<>();
    private final List<String> issues = new ArrayList<>();
    private final Map<String, Integer> asked = new HashMap<>();
    private final Set<String> talkative = new HashSet<>();
    private volatile boolean failing;
    private volatile int mostEvents = Integer.MAX_VALUE;

    ForeignServer(String slug) {
        this.slug = slug;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/0/organizations/acme/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Of every request the first three are answered with 500, with 429, and with half of an answer. */
    ForeignServer failing() {
        failing = true;
        return this;
    }

    /** Of more whole events at once it fails. */
    ForeignServer failingAbove(int events) {
        mostEvents = events;
        return this;
    }

    /** An issue has comments of some thousand characters. */
    ForeignServer talkative(String issue) {
        talkative.add(issue);
        return this;
    }

    /** An issue with its events, the newest first: message by id. */
    ForeignServer issue(String id, Map<String, String> events) {
        issues.add(id);
        eventsByIssue.put(
                id,
                events.entrySet().stream()
                        .map(event -> event(event.getKey(), event.getValue()))
                        .toList());
        return this;
    }

    private static ObjectNode event(String id, String message) {
        ObjectNode event = JSON.createObjectNode()
                .put("id", id)
                .put("eventID", id)
                .put("dateCreated", "2026-11-18T12:00:00Z")
                .put("platform", "python");
        ObjectNode entry = event.putArray("entries").addObject().put("type", "message");
        entry.putObject("data").put("formatted", message);
        return event;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/api/0/organizations/acme".length());
        int before = asked.merge(exchange.getRequestURI().toString(), 1, Integer::sum) - 1;
        if (failing && before == 0) {
            send(exchange, 500, "{\"detail\": \"Internal Error\"}", 0);
        } else if (query(exchange).containsKey("full")
                && Integer.parseInt(query(exchange).get("per_page")) > mostEvents) {
            send(exchange, 504, "{}", 0);
        } else if (failing && before == 1) {
            exchange.getResponseHeaders().set("Retry-After", String.valueOf(RETRY_AFTER));
            send(exchange, 429, "{}", 0);
        } else {
            Map<String, String> query = query(exchange);
            String[] parts = path.split("/");
            ArrayNode body = switch (parts.length) {
                case 2 -> parts[1].equals("projects") ? projects() : issues(query, exchange);
                default -> parts[3].equals("comments") ? comments(parts[2]) : events(parts[2], query, exchange);
            };
            send(exchange, 200, body.toString(), failing && before == 2 ? 1 : 0);
        }
    }

    /** @param missing how many bytes are promised and never sent */
    private static void send(HttpExchange exchange, int status, String body, int missing) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length - missing);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    private static Map<String, String> query(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null
                ? Map.of()
                : Arrays.stream(query.split("&"))
                        .map(pair -> pair.split("=", 2))
                        .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
    }

    private ArrayNode projects() {
        ArrayNode projects = JSON.createArrayNode();
        projects.addObject()
                .put("id", "1")
                .put("slug", slug)
                .put("name", "Shop")
                .put("platform", "python");
        return projects;
    }

    private ArrayNode issues(Map<String, String> query, HttpExchange exchange) {
        return page(
                issues.stream()
                        .map(id ->
                                (JsonNode) JSON.createObjectNode().put("id", id).put("status", "resolved"))
                        .toList(),
                Integer.parseInt(query.get("limit")),
                query,
                exchange);
    }

    private ArrayNode events(String issue, Map<String, String> query, HttpExchange exchange) {
        boolean isFull = query.containsKey("full");
        return page(
                eventsByIssue.get(issue).stream()
                        .<JsonNode>map(event -> isFull ? event : withoutEntries(event))
                        .toList(),
                Integer.parseInt(query.get("per_page")),
                query,
                exchange);
    }

    private static JsonNode withoutEntries(ObjectNode event) {
        ObjectNode summary = event.deepCopy();
        summary.remove("entries");
        return summary;
    }

    private ArrayNode comments(String issue) {
        ArrayNode comments = JSON.createArrayNode();
        ObjectNode comment = comments.addObject().put("id", "c" + issue).put("dateCreated", "2026-11-18T12:00:00Z");
        comment.putObject("user").put("name", "Bea");
        comment.putObject("data").put("text", talkative.contains(issue) ? "talk ".repeat(2_000) : "Seen it");
        return comments;
    }

    private static ArrayNode page(List<JsonNode> all, int limit, Map<String, String> query, HttpExchange exchange) {
        int from = Integer.parseInt(query.getOrDefault("cursor", "0"));
        int to = Math.min(all.size(), from + limit);
        exchange.getResponseHeaders()
                .set("Link", "<http://x>; rel=\"next\"; results=\"%s\"; cursor=\"%d\"".formatted(to < all.size(), to));
        ArrayNode page = JSON.createArrayNode();
        all.subList(from, to).forEach(page::add);
        return page;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
