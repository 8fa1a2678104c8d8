package dev.resentry.processor.notification;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is to be said, as its maker wrote it ({@code storage.delivery.NewDelivery}). What is missing is left out of every form. */
final class DeliveryContent {
    private static final int MAX_SUBJECT = 500;
    private static final int MAX_FIELDS = 20;

    private final JsonNode json;

    DeliveryContent(JsonNode json) {
        this.json = json;
    }

    /** A link with what it is called. */
    record Link(String url, String title) {}

    /** One thing that is known, such as the release. */
    record Field(String name, String value) {}

    /** In one line, whatever is in it. */
    String subject() {
        String text = oneLine(json.path("subject").asString(""));
        return text.isEmpty() ? "Notification" : Cut.to(text, MAX_SUBJECT);
    }

    String text() {
        return json.path("text").asString("");
    }

    Optional<String> html() {
        return text("html");
    }

    Optional<Link> link() {
        return text("link", "url")
                .map(url -> new Link(url, oneLine(text("link", "title").orElse(url))));
    }

    /** Of the level, without the sign in front; that of an error if there is none. */
    String color() {
        return switch (json.path("color_level").asString("error")) {
            case "fatal" -> "b3123f";
            case "warning" -> "e8a317";
            case "info" -> "3b6ecc";
            case "debug" -> "8a8f98";
            case "success", "resolved" -> "2f9e5f";
            default -> "d9480f";
        };
    }

    List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (JsonNode field : json.path("fields")) {
            String name = oneLine(field.path("name").asString(""));
            String value = field.path("value").asString("");
            if (!name.isEmpty() && !value.isBlank() && fields.size() < MAX_FIELDS) {
                fields.add(new Field(name, value));
            }
        }
        return fields;
    }

    /** What belongs to the same conversation has the same. */
    Optional<String> thread() {
        return text("thread");
    }

    Optional<String> unsubscribe() {
        return text("unsubscribe");
    }

    /** The object that a form of webhooks is made of; null if its maker gave none. */
    @Nullable
    JsonNode form(String name) {
        JsonNode form = json.get(name);
        return form != null && form.isObject() ? form : null;
    }

    private Optional<String> text(String... path) {
        JsonNode node = json;
        for (String name : path) {
            node = node.path(name);
        }
        String text = node.asString("");
        return text.isBlank() ? Optional.empty() : Optional.of(text);
    }

    /** Without anything that could end a line or a header. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }
}
