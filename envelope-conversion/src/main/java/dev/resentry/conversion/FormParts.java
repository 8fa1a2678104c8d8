package dev.resentry.conversion;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.Payload;
import dev.resentry.model.outcome.DropReason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.jspecify.annotations.Nullable;

/** The parts of a form. */
final class FormParts {
    private static final int MAX_PARTS = 200;
    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=(?:\"([^\"]{1,200})\"|([^;\\s]{1,200}))");
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)(name|filename)\\*?=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]*))");

    private FormParts() {}

    /**
     * One part.
     *
     * @param filename null if it is a field, not a file
     */
    @SuppressWarnings("ArrayRecordComponent") // a payload is handed on, never compared
    record Part(
            String name,
            @Nullable String filename,
            @Nullable String contentType,
            byte[] content) {}

    static List<Part> read(@Nullable String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
        if (!boundary.find()) {
            throw refused("the content type names no boundary");
        }
        String text = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
        List<Part> parts = new ArrayList<>();
        try {
            MultipartInput form = MultipartInput.builder()
                    .setInputStream(new ByteArrayInputStream(body))
                    .setBoundary(text.getBytes(ISO_8859_1))
                    .get();
            for (boolean more = form.skipPreamble(); more; more = form.readBoundary()) {
                if (parts.size() == MAX_PARTS) {
                    throw refused("more than %d parts".formatted(MAX_PARTS));
                }
                String headers = form.readHeaders();
                var content = new ByteArrayOutputStream();
                form.readBodyData(content);
                parts.add(part(headers, content.toByteArray()));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
        if (parts.isEmpty()) {
            throw refused("the form has no parts");
        }
        return parts;
    }

    /** Every file as an attachment. */
    static List<EnvelopeItem> attachments(List<Part> parts) {
        List<EnvelopeItem> items = parts.stream()
                .filter(part -> part.filename() != null)
                .map(part -> attachment(part, "event.attachment"))
                .toList();
        if (items.isEmpty()) {
            throw refused("the form has no file");
        }
        return items;
    }

    static EnvelopeItem attachment(Part part, String attachmentType) {
        ItemHeader header = ItemHeader.of(ItemType.Known.ATTACHMENT)
                .with("filename", part.filename() == null || part.filename().isEmpty() ? part.name() : part.filename())
                .with("attachment_type", attachmentType);
        return EnvelopeItem.of(
                part.contentType() == null ? header : header.with("content_type", part.contentType()),
                Payload.of(part.content()));
    }

    private static Part part(String headers, byte[] content) {
        String name = "";
        String filename = null;
        String type = null;
        for (String line : headers.split("\r\n")) {
            int colon = line.indexOf(':');
            String field = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            if (field.equals("content-type")) {
                type = value;
            } else if (field.equals("content-disposition")) {
                Matcher parameters = PARAMETER.matcher(value);
                while (parameters.find()) {
                    String found = parameters.group(2) == null ? parameters.group(3) : unescaped(parameters.group(2));
                    if (parameters.group(1).equalsIgnoreCase("name")) {
                        name = found;
                    } else {
                        filename = found;
                    }
                }
            }
        }
        return new Part(name, filename, type, content);
    }

    private static String unescaped(String quoted) {
        return new String(quoted.getBytes(ISO_8859_1), UTF_8).replace("\\\"", "\"");
    }

    private static RefusedException refused(String cause) {
        return new RefusedException(DropReason.INVALID_MULTIPART, cause);
    }
}
