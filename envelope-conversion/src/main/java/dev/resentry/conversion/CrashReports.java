package dev.resentry.conversion;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.Decoded;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.Payload;
import dev.resentry.model.form.FormPart;
import dev.resentry.model.outcome.DropReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Converts the crash report of a native program into an event and attachments (ingest protocol, section 1.7). */
final class CrashReports {
    private static final Pattern PACKED_SUFFIX = Pattern.compile("(?i)\\.(?:gz|xz|bz2|zst|zstd)$");

    private CrashReports() {}

    static Conversion convert(ConversionContext arrival, byte[] content, BoundedDecoder decoder) {
        return EnvelopeConversion.items(
                arrival.endpoint() == Endpoint.UNREAL ? unreal(arrival, content) : minidump(arrival, content, decoder));
    }

    private static List<EnvelopeItem> unreal(ConversionContext arrival, byte[] content) {
        ObjectNode event = unrealEvent(arrival);
        String user = QueryText.value(arrival.query(), "UserID");
        if (user != null) {
            event.putObject("user").put("id", user);
        }
        return List.of(
                EnvelopeConversion.item(ItemType.Known.EVENT, event),
                EnvelopeItem.of(ItemHeader.of(ItemType.Known.UNREAL_REPORT), Payload.of(content)));
    }

    private static List<EnvelopeItem> minidump(ConversionContext arrival, byte[] content, BoundedDecoder decoder) {
        boolean form = arrival.contentType() != null
                && arrival.contentType().strip().toLowerCase(Locale.ROOT).startsWith("multipart/");
        List<FormPart> parts = form
                ? FormFiles.parts(arrival.contentType(), content)
                : List.of(new FormPart(FormPart.MINIDUMP, "minidump.dmp", null, Payload.of(content)));
        FormPart dump = parts.stream()
                .filter(part -> part.name().equals(FormPart.MINIDUMP))
                .findFirst()
                .orElseThrow(() -> new RejectedBodyException(
                        DropReason.INVALID_MINIDUMP, "the form has no part '%s'".formatted(FormPart.MINIDUMP)));
        FormPart plain = unpacked(dump, decoder);
        ObjectNode event = CrashForm.describedEvent(parts);
        event.put("level", "fatal");
        if (!event.has("timestamp")) {
            event.put("timestamp", arrival.receivedAt().toString());
        }
        NativeCrash.describe(event, plain.content());
        List<EnvelopeItem> items = new ArrayList<>();
        items.add(EnvelopeConversion.item(ItemType.Known.EVENT, event));
        items.add(FormFiles.attachment(plain, "event.minidump"));
        parts.stream()
                .filter(part -> part.filename() != null && !part.name().equals(FormPart.MINIDUMP))
                .map(part -> FormFiles.attachment(part, attachmentType(part)))
                .forEach(items::add);
        return items;
    }

    private static ObjectNode unrealEvent(ConversionContext arrival) {
        ObjectNode event = Json.object();
        event.put("platform", "native");
        event.put("level", "fatal");
        event.put("timestamp", arrival.receivedAt().toString());
        ObjectNode exception = event.putObject("exception").putArray("values").addObject();
        exception.put("type", "Unreal Engine crash");
        exception.put("value", "Fatal Error: Unreal Engine crash");
        exception.putObject("mechanism").put("type", "unreal").put("handled", false);
        return event;
    }

    private static String attachmentType(FormPart part) {
        return switch (part.name()) {
            case "__sentry-event" -> "event.payload";
            case "__sentry-breadcrumb1", "__sentry-breadcrumb2" -> "event.breadcrumbs";
            case "view-hierarchy.json" -> "event.view_hierarchy";
            default -> "event.attachment";
        };
    }

    /** The dump without the compression that its uploader may have used. */
    private static FormPart unpacked(FormPart dump, BoundedDecoder decoder) {
        if (isMinidump(dump.content())) {
            return new FormPart(dump.name(), dump.filename(), "application/x-dmp", dump.content());
        }
        int held = dump.content().source().length;
        return switch (decoder.unpack(dump.content().toByteArray(), held)) {
            case Decoded.Content(byte[] plain)
            when isMinidump(Payload.of(plain)) ->
                new FormPart(dump.name(), withoutSuffix(dump.filename()), "application/x-dmp", Payload.of(plain));
            case Decoded.Content _ ->
                throw new RejectedBodyException(
                        DropReason.INVALID_MINIDUMP, "the file does not begin as a minidump does");
            case Decoded.TooLarge(long left) ->
                throw new RejectedBodyException(
                        DropReason.TOO_LARGE, "the unpacked minidump has more than %d bytes".formatted(left));
            case Decoded.Malformed(String format, long offset, String cause) ->
                throw new RejectedBodyException(
                        DropReason.INVALID_MINIDUMP,
                        "not valid %s after %d unpacked bytes: %s".formatted(format, offset, cause));
        };
    }

    private static @Nullable String withoutSuffix(@Nullable String filename) {
        return filename == null ? null : PACKED_SUFFIX.matcher(filename).replaceFirst("");
    }

    private static boolean isMinidump(Payload file) {
        if (file.length() < 4) {
            return false;
        }
        String start = new String(file.source(), file.offset(), 4, ISO_8859_1);
        return start.equals("MDMP") || start.equals("PMDM");
    }
}
