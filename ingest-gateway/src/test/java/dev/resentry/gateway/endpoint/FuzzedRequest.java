package dev.resentry.gateway.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that may be anything.
 *
 * @param headers by their names in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
record FuzzedRequest(String method, String target, Map<String, String> headers, byte[] body) implements IngestRequest {

    @Override
    public String path() {
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }

    @Override
    public @Nullable String query() {
        int mark = target.indexOf('?');
        return mark < 0 ? null : target.substring(mark + 1);
    }

    @Override
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public String clientAddress() {
        return "10.0.0.1";
    }

    /** The request as bytes, whatever they make of it. */
    byte[] bytes(boolean chunked) {
        var out = new ByteArrayOutputStream();
        out.writeBytes("%s %s HTTP/1.1\r\nHost: x\r\n".formatted(method, target).getBytes(ISO_8859_1));
        headers.forEach((name, value) ->
                out.writeBytes("%s: %s\r\n".formatted(name, value).getBytes(ISO_8859_1)));
        if (chunked) {
            out.writeBytes("Transfer-Encoding: chunked\r\n\r\n".getBytes(ISO_8859_1));
            int half = body.length / 2;
            chunk(out, 0, half);
            chunk(out, half, body.length - half);
            out.writeBytes("0\r\n\r\n".getBytes(ISO_8859_1));
        } else {
            out.writeBytes("Content-Length: %d\r\n\r\n".formatted(body.length).getBytes(ISO_8859_1));
            out.writeBytes(body);
        }
        return out.toByteArray();
    }

    private void chunk(ByteArrayOutputStream out, int from, int length) {
        if (length > 0) {
            out.writeBytes("%x\r\n".formatted(length).getBytes(ISO_8859_1));
            out.write(body, from, length);
            out.writeBytes("\r\n".getBytes(ISO_8859_1));
        }
    }

    @Override
    public String toString() {
        return "%s %s %s %s".formatted(method, target, headers, new String(body, ISO_8859_1));
    }
}
