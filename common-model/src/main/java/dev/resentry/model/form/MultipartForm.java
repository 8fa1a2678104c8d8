package dev.resentry.model.form;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.envelope.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads multipart forms (RFC 7578). The contents of parts are views of the body: a form costs no memory beside it, however large
 * its files are. Takes time linear in the body, as a delimiter has its only carriage return in front.
 */
public final class MultipartForm {
    private static final int MAX_PARTS = 200;
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final byte[] END_OF_HEADERS = "\r\n\r\n".getBytes(ISO_8859_1);
    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=(?:\"([^\"]{1,200})\"|([^;\\s]{1,200}))");

    private final byte[] body;
    private final byte[] delimiter;
    private int partsSeen;

    private MultipartForm(byte[] body, String boundary) {
        this.body = body;
        this.delimiter = ("\r\n--" + boundary).getBytes(ISO_8859_1);
    }

    /** @param content where the part's content begins */
    private record Head(
            String name,
            @Nullable String filename,
            @Nullable String contentType,
            int content) {}

    /** Reads all parts; a form without any is malformed. */
    public static FormParse read(@Nullable String contentType, byte[] body) {
        try {
            List<FormPart> parts = of(contentType, body).parts();
            return parts.isEmpty() ? new FormParse.Malformed("the form has no parts") : new FormParse.Sound(parts);
        } catch (MalformedFormException e) {
            return new FormParse.Malformed(String.valueOf(e.getMessage()));
        }
    }

    /** Whether a part has a name. What follows that part's headers is not read; a fault before them means no. */
    public static boolean hasPart(@Nullable String contentType, byte[] body, String name) {
        try {
            return of(contentType, body).hasPart(name);
        } catch (MalformedFormException _) {
            return false;
        }
    }

    private static MultipartForm of(@Nullable String contentType, byte[] body) throws MalformedFormException {
        Matcher boundary = BOUNDARY.matcher(contentType == null ? "" : contentType);
        if (!boundary.find()) {
            throw new MalformedFormException("the content type names no boundary");
        }
        return new MultipartForm(body, boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
    }

    private List<FormPart> parts() throws MalformedFormException {
        List<FormPart> parts = new ArrayList<>();
        int at = firstDelimiter();
        while (!isLast(at)) {
            Head head = headAt(at);
            at = delimiterBehind(head);
            var content = new Payload(body, head.content(), Math.max(at - head.content(), 0));
            parts.add(new FormPart(head.name(), head.filename(), head.contentType(), content));
        }
        return parts;
    }

    private boolean hasPart(String name) throws MalformedFormException {
        int at = firstDelimiter();
        while (!isLast(at)) {
            Head head = headAt(at);
            if (head.name().equals(name)) {
                return true;
            }
            at = delimiterBehind(head);
        }
        return false;
    }

    private int firstDelimiter() throws MalformedFormException {
        return startsWithDelimiter() ? -2 : delimiterFrom(0);
    }

    /** The headers of an empty part may end in the newline that its delimiter begins with. */
    private int delimiterBehind(Head head) throws MalformedFormException {
        return delimiterFrom(head.content() - 2);
    }

    private Head headAt(int delimiterAt) throws MalformedFormException {
        if (partsSeen == MAX_PARTS) {
            throw new MalformedFormException("more than %d parts".formatted(MAX_PARTS));
        }
        partsSeen++;
        int headers = endOfLine(delimiterAt);
        int content = endOfHeaders(headers);
        return head(new String(body, headers, content - headers, UTF_8), content);
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

    private int delimiterFrom(int from) throws MalformedFormException {
        for (int at = indexOf(delimiter, from, body.length); at >= 0; at = indexOf(delimiter, at + 1, body.length)) {
            if (isLast(at) || endOfLine(at) >= 0) {
                return at;
            }
        }
        throw new MalformedFormException("the form breaks off in part %d".formatted(Math.max(partsSeen, 1)));
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

    private int endOfHeaders(int from) throws MalformedFormException {
        int end = indexOf(END_OF_HEADERS, from, (int) Math.min(body.length, (long) from + MAX_HEADER_BYTES));
        if (end < 0) {
            throw new MalformedFormException(
                    "part %d has no end of its headers within %d bytes".formatted(partsSeen, MAX_HEADER_BYTES));
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

    private static Head head(String headers, int content) {
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
        return new Head(name, filename, type, content);
    }
}
