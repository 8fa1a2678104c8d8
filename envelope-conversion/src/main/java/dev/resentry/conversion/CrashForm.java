package dev.resentry.conversion;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.Payload;
import dev.resentry.model.form.FormPart;
import dev.resentry.model.json.UntrustedJson;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The event that a crashed program described in the form around its dump (ingest protocol, section 1.7): files in MessagePack, a
 * field {@code sentry} with JSON in one piece or several, fields such as {@code sentry[tags][region]}; all other fields are extra.
 */
final class CrashForm {
    private static final int MAX_FIELD_BYTES = 4 * 1024 * 1024;
    private static final int MAX_LEVELS = 8;

    private final List<FormPart> fields;
    private final List<FormPart> files;

    private CrashForm(List<FormPart> parts) {
        this.fields = parts.stream().filter(part -> part.filename() == null).toList();
        this.files = parts.stream().filter(part -> part.filename() != null).toList();
    }

    static ObjectNode describedEvent(List<FormPart> parts) {
        return new CrashForm(parts).event();
    }

    private ObjectNode event() {
        ObjectNode event = Json.object();
        file("__sentry-event").forEach(value -> {
            if (value instanceof ObjectNode described) {
                event.setAll(described);
            }
        });
        ArrayNode breadcrumbs = event.arrayNode();
        breadcrumbs.addAll(file("__sentry-breadcrumb1")).addAll(file("__sentry-breadcrumb2"));
        if (!breadcrumbs.isEmpty()) {
            event.set("breadcrumbs", breadcrumbs);
        }
        if (fields.stream().mapToLong(field -> field.content().length()).sum() <= MAX_FIELD_BYTES) {
            event.setAll(json());
            fields.forEach(field -> addField(event, field));
        }
        // These describe the crash itself. The program wrote them before the crash; the dump is what counts.
        event.remove(List.of("exception", "type", "platform"));
        return event;
    }

    private ArrayNode file(String name) {
        for (FormPart file : files) {
            if (file.name().equals(name) && file.content().length() <= MAX_FIELD_BYTES) {
                Payload content = file.content();
                return MessagePack.readAll(ByteBuffer.wrap(content.source(), content.offset(), content.length())
                        .slice());
            }
        }
        return Json.object().arrayNode();
    }

    private ObjectNode json() {
        String whole = fields.stream()
                .filter(field -> field.name().equals("sentry"))
                .map(CrashForm::text)
                .findFirst()
                .orElse(null);
        String pieces = fields.stream()
                .filter(field -> isPiece(field.name()))
                .sorted(Comparator.comparingInt(
                        field -> Integer.parseInt(field.name().substring("sentry__".length()))))
                .map(CrashForm::text)
                .collect(Collectors.joining());
        String text = whole == null ? pieces : whole;
        if (!text.isBlank()) {
            try {
                if (UntrustedJson.WITH_NON_NUMBERS.tree(text) instanceof ObjectNode object) {
                    return object;
                }
            } catch (JacksonException _) {
                // A description that is not valid JSON is ignored, so that the dump is kept.
            }
        }
        return Json.object();
    }

    private static boolean isPiece(String name) {
        return name.matches("sentry__[0-9]{1,3}");
    }

    private static void addField(ObjectNode event, FormPart field) {
        String name = field.name();
        if (name.equals("sentry") || isPiece(name)) {
            return;
        }
        List<String> path = path(name);
        if (path.isEmpty()) {
            child(event, "extra").put(name, text(field));
            return;
        }
        ObjectNode node = event;
        for (String part : path.subList(0, path.size() - 1)) {
            node = child(node, part);
        }
        node.put(path.getLast(), text(field));
    }

    private static ObjectNode child(ObjectNode parent, String name) {
        JsonNode existing = parent.get(name);
        return existing instanceof ObjectNode object ? object : parent.putObject(name);
    }

    /** The names in {@code sentry[a][b]}; empty if it is another name. */
    private static List<String> path(String name) {
        List<String> path = new ArrayList<>();
        if (!name.startsWith("sentry[") || !name.endsWith("]")) {
            return path;
        }
        int at = "sentry".length();
        while (at < name.length()) {
            int end = name.indexOf(']', at);
            if (name.charAt(at) != '[' || end <= at + 1 || path.size() == MAX_LEVELS) {
                return List.of();
            }
            path.add(name.substring(at + 1, end));
            at = end + 1;
        }
        return path;
    }

    private static String text(FormPart field) {
        Payload content = field.content();
        return new String(content.source(), content.offset(), content.length(), UTF_8);
    }
}
