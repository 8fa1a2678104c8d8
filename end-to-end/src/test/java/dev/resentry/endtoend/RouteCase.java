package dev.resentry.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;

/**
 * One body on one route, and what must be kept of it. In paths and texts, {@code {p}} stands for the project's id, {@code {key}}
 * for its key, {@code {slug}} for its slug, {@code {id}} for an event id of this case alone.
 */
final class RouteCase {
    final String name;
    final String endpoint;
    final String eventId = Sender.newId().toString();
    private final String method;
    private final String path;
    private final List<String> headers = new ArrayList<>();
    private byte[] body = {};
    int status = 200;
    final List<Item> items = new ArrayList<>();

    /** An item of a type, whose payload holds a text. */
    record Item(String type, String content) {}

    private RouteCase(String name, String endpoint, String method, String path) {
        this.name = name;
        this.endpoint = endpoint;
        this.method = method;
        this.path = path;
    }

    static RouteCase post(String name, String endpoint, String path) {
        return new RouteCase(name, endpoint, "POST", path);
    }

    static RouteCase get(String name, String endpoint, String path) {
        return new RouteCase(name, endpoint, "GET", path);
    }

    RouteCase auth() {
        return header("X-Sentry-Auth", "Sentry sentry_version=7, sentry_client=routes/1, sentry_key={key}");
    }

    RouteCase type(String contentType) {
        return header("Content-Type", contentType);
    }

    RouteCase header(String headerName, String value) {
        headers.add(headerName);
        headers.add(value);
        return this;
    }

    RouteCase body(String text) {
        return body(text.replace("{id}", eventId).getBytes(UTF_8));
    }

    RouteCase body(byte[] bytes) {
        body = bytes;
        return this;
    }

    RouteCase answers(int expected) {
        status = expected;
        return this;
    }

    RouteCase item(String type, String content) {
        items.add(new Item(type, content));
        return this;
    }

    /** By what the envelope of this case is found again: no other request has this user agent. */
    String agent() {
        return "case/" + eventId;
    }

    Http.Answer send(Sender sender, String slug) {
        var request =
                Http.request(sender.gatewayUrl() + filled(path, sender, slug)).header("User-Agent", agent());
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), filled(headers.get(i + 1), sender, slug));
        }
        byte[] sent = name.contains("DSN")
                ? filled(new String(body, UTF_8), sender, slug).getBytes(UTF_8)
                : body;
        return Http.send(
                request.method(method, sent.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(sent)));
    }

    private String filled(String text, Sender sender, String slug) {
        return text.replace("{p}", Long.toString(sender.projectId()))
                .replace("{key}", sender.publicKey())
                .replace("{slug}", slug)
                .replace("{id}", eventId);
    }

    @Override
    public String toString() {
        return name;
    }
}
