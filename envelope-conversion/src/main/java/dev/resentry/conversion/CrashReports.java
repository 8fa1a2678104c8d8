package dev.resentry.conversion;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.conversion.FormParts.Part;
import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.ContentEncoding;
import dev.resentry.model.encoding.Decoded;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.Payload;
import dev.resentry.model.json.SenderJson;
import dev.resentry.model.outcome.DropReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** Makes an event and attachments of the crash of a native program (ingest protocol, section 1.7). */
final class CrashReports {
    private static final String DUMP_FIELD = "upload_file_minidump";

    private CrashReports() {}

    static Conversion convert(Arrival arrival, byte[] content, BoundedDecoder decoder) {
        return EnvelopeConversion.items(
                arrival.endpoint() == Endpoint.UNREAL ? unreal(arrival, content) : minidump(arrival, content, decoder));
    }

    private static List<EnvelopeItem> unreal(Arrival arrival, byte[] content) {
        ObjectNode event = event(arrival, "Unreal Engine crash", "unreal");
        String user = QueryText.value(arrival.query(), "UserID");
        if (user != null) {
            event.putObject("user").put("id", user);
        }
        return List.of(
                EnvelopeConversion.item(ItemType.Known.EVENT, event),
                EnvelopeItem.of(ItemHeader.of(ItemType.Known.UNREAL_REPORT), Payload.of(content)));
    }

    private static List<EnvelopeItem> minidump(Arrival arrival, byte[] content, BoundedDecoder decoder) {
        boolean form = arrival.contentType() != null
                && arrival.contentType().strip().toLowerCase(Locale.ROOT).startsWith("multipart/");
        List<Part> parts = form
                ? FormParts.read(arrival.contentType(), content)
                : List.of(new Part(DUMP_FIELD, "minidump.dmp", null, content));
        Part dump = parts.stream()
                .filter(part -> part.name().equals(DUMP_FIELD))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        DropReason.INVALID_MINIDUMP, "the form has no part '%s'".formatted(DUMP_FIELD)));
        byte[] unpacked = unpacked(dump.content(), decoder);
        if (!startsWith(unpacked, "MDMP") && !startsWith(unpacked, "PMDM")) {
            throw new RefusedException(DropReason.INVALID_MINIDUMP, "the file does not begin as a minidump does");
        }
        ObjectNode event = event(arrival, "Native crash", "minidump");
        event.setAll(described(parts));
        List<EnvelopeItem> items = new ArrayList<>();
        items.add(EnvelopeConversion.item(ItemType.Known.EVENT, event));
        items.add(FormParts.attachment(
                new Part(dump.name(), dump.filename(), "application/x-dmp", unpacked), "event.minidump"));
        parts.stream()
                .filter(part -> part.filename() != null && !part.name().equals(DUMP_FIELD))
                .map(part -> FormParts.attachment(part, attachmentType(part)))
                .forEach(items::add);
        return items;
    }

    private static ObjectNode event(Arrival arrival, String message, String mechanism) {
        ObjectNode event = Json.object();
        event.put("platform", "native");
        event.put("level", "fatal");
        event.put("timestamp", arrival.receivedAt().toString());
        ObjectNode exception = event.putObject("exception").putArray("values").addObject();
        exception.put("type", message);
        exception.put("value", "Fatal Error: " + message);
        exception.putObject("mechanism").put("type", mechanism).put("handled", false);
        return event;
    }

    /** What the crashed program said of itself: a field with JSON, in one piece or several, or a field for each value. */
    private static ObjectNode described(List<Part> parts) {
        String whole = text(parts, "sentry");
        String pieces = parts.stream()
                .filter(part -> part.name().matches("sentry__[0-9]{1,3}"))
                .sorted(Comparator.comparingInt(
                        part -> Integer.parseInt(part.name().substring("sentry__".length()))))
                .map(part -> new String(part.content(), UTF_8))
                .collect(Collectors.joining());
        ObjectNode described = jsonOr(whole == null ? pieces : whole);
        for (Part part : parts) {
            if (part.filename() == null && part.name().matches("sentry\\[[a-z_]{1,40}]")) {
                String field =
                        part.name().substring("sentry[".length(), part.name().length() - 1);
                described.put(field, new String(part.content(), UTF_8));
            }
        }
        // The dump says what happened; the program's word on that is of before the crash.
        described.remove(List.of("exception", "type", "platform"));
        return described;
    }

    private static ObjectNode jsonOr(String text) {
        if (!text.isBlank()) {
            try {
                byte[] bytes = text.getBytes(UTF_8);
                if (SenderJson.WITH_NON_NUMBERS.tree(bytes, 0, bytes.length) instanceof ObjectNode object) {
                    return object;
                }
            } catch (JacksonException _) {
                // The dump is worth more than what was said beside it.
            }
        }
        return Json.object();
    }

    private static @Nullable String text(List<Part> parts, String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name) && part.filename() == null)
                .map(part -> new String(part.content(), UTF_8))
                .findFirst()
                .orElse(null);
    }

    private static String attachmentType(Part part) {
        return switch (part.name()) {
            case "__sentry-event" -> "event.payload";
            case "__sentry-breadcrumb1", "__sentry-breadcrumb2" -> "event.breadcrumbs";
            case "view-hierarchy.json" -> "event.view_hierarchy";
            default -> "event.attachment";
        };
    }

    private static byte[] unpacked(byte[] content, BoundedDecoder decoder) {
        ContentEncoding packing = startsWith(content, "\u001f\u008b")
                ? ContentEncoding.GZIP
                : startsWith(content, "(\u00b5/\u00fd") ? ContentEncoding.ZSTD : ContentEncoding.IDENTITY;
        return decoder.decode(packing, content) instanceof Decoded.Content(byte[] plain) ? plain : content;
    }

    private static boolean startsWith(byte[] content, String start) {
        if (content.length < start.length()) {
            return false;
        }
        for (int i = 0; i < start.length(); i++) {
            if ((content[i] & 0xff) != start.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
