package dev.resentry.gateway.endpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One answer as it came over the wire.
 *
 * @param headers by their names in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
record WireResponse(String statusLine, Map<String, String> headers, byte[] body) {

    /** Reads one answer and not a byte more. */
    static WireResponse read(InputStream in, boolean bodiless) throws IOException {
        String statusLine = line(in);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        byte[] body = bodiless ? new byte[0] : in.readNBytes(length);
        if (!bodiless && body.length < length) {
            throw new EOFException("%d of %d bytes of the body".formatted(body.length, length));
        }
        return new WireResponse(statusLine, headers, body);
    }

    int status() {
        return Integer.parseInt(statusLine.substring(9, 12));
    }

    @Nullable
    String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    String text() {
        return new String(body, UTF_8);
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }

    boolean saysGoodbye() {
        return "close".equals(header("connection"));
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        int next = in.read();
        while (next != '\n') {
            if (next < 0) {
                throw new EOFException("the connection ended after '%s'".formatted(line));
            }
            line.append((char) next);
            next = in.read();
        }
        return new String(line.toString().getBytes(ISO_8859_1), UTF_8).strip();
    }
}
