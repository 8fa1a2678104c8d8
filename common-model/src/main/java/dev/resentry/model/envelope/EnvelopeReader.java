package dev.resentry.model.envelope;

import dev.resentry.model.envelope.EnvelopeParse.Malformed;
import dev.resentry.model.envelope.EnvelopeParse.Parsed;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the framing of envelopes, as the ingest protocol's section 2.1 gives it. Payloads are views of the input and are
 * not looked at. Takes time linear in the input; no input makes it throw. Immutable and safe to share between threads.
 *
 * <p>Stricter than Relay in one point that it calls an accident: a header may not span lines.
 */
public final class EnvelopeReader {
    private final EnvelopeLimits limits;

    public EnvelopeReader(EnvelopeLimits limits) {
        this.limits = limits;
    }

    /** Reads a decoded body. */
    public EnvelopeParse read(byte[] body) {
        if (body.length == 0) {
            return new Malformed(0, "the envelope is empty (expected: a header)");
        }
        try {
            var cursor = new Cursor(body);
            EnvelopeHeader header = cursor.headerLine(limits.maxHeaderBytes()).asEnvelopeHeader();
            List<EnvelopeItem> items = new ArrayList<>();
            while (!cursor.atEnd()) {
                if (items.size() == limits.maxItems()) {
                    return new Malformed(cursor.position, "too many items (limit: %d)".formatted(limits.maxItems()));
                }
                ItemHeader itemHeader =
                        cursor.headerLine(limits.maxHeaderBytes()).asItemHeader();
                items.add(EnvelopeItem.of(itemHeader, cursor.payload(itemHeader.length())));
            }
            return new Parsed(new Envelope(header, items));
        } catch (MalformedHeaderException e) {
            return e.asParse();
        }
    }

    private static final class Cursor {
        private final byte[] body;
        private int position;

        Cursor(byte[] body) {
            this.body = body;
        }

        boolean atEnd() {
            return position == body.length;
        }

        /** Reads a header line and moves behind its newline. */
        HeaderLine headerLine(int maxBytes) throws MalformedHeaderException {
            int start = position;
            while (start < body.length && HeaderLine.isBlank(body[start])) {
                start++;
            }
            if (start == body.length) {
                throw new MalformedHeaderException(start, "the envelope ends where a header was expected");
            }
            int end = endOfLine(start);
            if (end - start > maxBytes) {
                throw new MalformedHeaderException(
                        start, "header of %d bytes (limit: %d)".formatted(end - start, maxBytes));
            }
            HeaderLine line = HeaderLine.read(body, start, end);
            position = behindNewline(end);
            return line;
        }

        Payload payload(long length) throws MalformedHeaderException {
            int start = position;
            int left = body.length - start;
            if (length > left) {
                throw new MalformedHeaderException(
                        body.length, "the payload ends after %d bytes (header says: %d)".formatted(left, length));
            }
            int end = length < 0 ? endOfLine(start) : start + (int) length;
            if (end < body.length && body[end] != '\n') {
                throw new MalformedHeaderException(
                        end, "expected a newline behind a payload of %d bytes".formatted(length));
            }
            position = behindNewline(end);
            return new Payload(body, start, end - start);
        }

        private int endOfLine(int from) {
            int end = from;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            return end;
        }

        private int behindNewline(int end) {
            return end < body.length ? end + 1 : end;
        }
    }
}
