package dev.resentry.conversion;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.EnvelopeItem;
import dev.resentry.model.envelope.ItemHeader;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.Payload;
import dev.resentry.model.outcome.DropReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a form (RFC 7578). Their contents are views of the body: a form costs no memory beside it, however large its
 * files are. Takes time linear in the body, as a delimiter has its only carriage return in front.
 */
final class FormParts {
    private static final int MAX_PARTS = 200;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final byte[] END_OF_HEADERS = "\r\n\r\n".getBytes(ISO_8859_1);
    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=(?:\"([^\"]{1,200})\"|([^;\\s]{1,200}))");

    private final byte[] body;
    private final byte[] delimiter;
    private final List<Part> parts = new ArrayList<>();

    private FormParts(byte[] body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(ISO_8859_1);
    }

    /**
     * One part.
     *
     * @param filename null if it is a field, not a file
     */
    record Part(
            String name,
            @Nullable String filename,
            @Nullable String contentType,
            Payload content) {}

    static List<Part> read(@Nullable String contentType, byte[] body) {
        Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
        if (!boundary.find()) {
            throw refused("the content type names no boundary");
        }
        var form = new FormParts(body, boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        form.read();
        if (form.parts.isEmpty()) {
            throw refused("the form has no parts");
        }
        return form.parts;
    }

    private void read() {
        int at = startsWithDelimiter() ? -2 : delimiterFrom(0);
        while (!isLast(at)) {
            if (parts.size() == MAX_PARTS) {
                throw refused("more than %d parts".formatted(MAX_PARTS));
            }
            int headers = endOfLine(at);
            int content = endOfHeaders(headers);
            // The headers of an empty part may end in the newline that its delimiter begins with.
            at = delimiterFrom(content - 2);
            String lines = new String(body, headers, content - headers, UTF_8);
            parts.add(part(lines, new Payload(body, content, Math.max(at - content, 0))));
        }
    }

    /** Without anything before it, the first delimiter has no newline in front. */
    private boolean startsWithDelimiter() {
        for (int i = 2; i < delimiter.length; i++) {
            if (i - 2 >= body.length || body[i - 2] != delimiter[i]) {
                return false;
            }
        }
        return isLast(-2) || endOfLine(-2) >= 0;
    }

    private int delimiterFrom(int from) {
        for (int at = indexOf(delimiter, from, body.length); at >= 0; at = indexOf(delimiter, at + 1, body.length)) {
            if (isLast(at) || endOfLine(at) >= 0) {
                return at;
            }
        }
        throw refused("the form breaks off in part %d".formatted(parts.size() + 1));
    }

    private boolean isLast(int delimiterAt) {
        int behind = delimiterAt + delimiter.length;
        return behind + 1 < body.length && body[behind] == '-' && body[behind + 1] == '-';
    }

    /** Where the newline behind a delimiter begins; -1 if something else follows, so that it is none. */
    private int endOfLine(int delimiterAt) {
        int at = delimiterAt + delimiter.length;
        while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
            at++;
        }
        return at + 1 < body.length && body[at] == '\r' && body[at + 1] == '\n' ? at : -1;
    }

    private int endOfHeaders(int from) {
        int end = indexOf(END_OF_HEADERS, from, (int) Math.min(body.length, (long) from + MAX_HEADER_BYTES));
        if (end < 0) {
            throw refused(
                    "part %d has no end of its headers within %d bytes".formatted(parts.size() + 1, MAX_HEADER_BYTES));
        }
        return end + END_OF_HEADERS.length;
    }

    private int indexOf(byte[] wanted, int from, int limit) {
        for (int at = Math.max(from, 0); at <= limit - wanted.length; at++) {
            int same = 0;
            while (same < wanted.length && body[at + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return at;
            }
        }
        return -1;
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
                part.contentType() == null ? header : header.with("content_type", part.contentType()), part.content());
    }

    private static Part part(String headers, Payload content) {
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
                var parameters = HeaderParameters.of(value);
                name = parameters.text("name", "");
                filename = parameters.text("filename");
            }
        }
        return new Part(name, filename, type, content);
    }

    private static RejectedBodyException refused(String cause) {
        return new RejectedBodyException(DropReason.INVALID_MULTIPART, cause);
    }
}
