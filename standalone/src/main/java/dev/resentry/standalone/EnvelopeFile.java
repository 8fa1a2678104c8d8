package dev.resentry.standalone;

import dev.resentry.model.encoding.GzipFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Raw envelopes in a file, compressed with gzip: a line of JSON that says what it is; for each envelope a line of JSON with its project, the
 * headers of its record and its length, that many bytes as they came, and the end of a line; and a line of JSON that says how many there were.
 */
final class EnvelopeFile {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String FORMAT = "resentry-envelopes";
    private static final int VERSION = 1;
    private static final int MAX_LINE = 1_000_000;
    private static final int MAX_BODY = 100_000_000;

    private EnvelopeFile() {}

    /**
     * An envelope as it came.
     *
     * @param project its slug
     * @param headers of its record on the topic
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed on, never compared
    record Saved(String project, Map<String, String> headers, byte[] body) {}

    static final class Writer implements AutoCloseable {
        private final OutputStream out;
        private long count;

        /**
         * Writes the first line.
         *
         * @param about what it says besides
         */
        Writer(OutputStream target, Map<String, String> about) throws IOException {
            out = GzipFile.compressing(target);
            ObjectNode first = JSON.createObjectNode().put("format", FORMAT).put("version", VERSION);
            about.forEach(first::put);
            line(first);
        }

        void write(Saved envelope) throws IOException {
            ObjectNode header = JSON.createObjectNode().put("project", envelope.project());
            ObjectNode headers = header.putObject("headers");
            envelope.headers().forEach(headers::put);
            header.put("length", envelope.body().length);
            line(header);
            out.write(envelope.body());
            out.write('\n');
            count++;
        }

        /** Writes the last line; what was not closed is not whole. */
        long finish() throws IOException {
            line(JSON.createObjectNode().put("envelopes", count));
            out.close();
            return count;
        }

        private void line(JsonNode json) throws IOException {
            out.write(JSON.writeValueAsBytes(json));
            out.write('\n');
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    static final class Reader implements AutoCloseable {
        private final InputStream in;
        private long count;

        /**
         * Opens a file and reads its first line.
         *
         * @throws UserFacingException if it is no such file
         */
        Reader(Path file) throws IOException {
            InputStream bytes = Files.newInputStream(file);
            try {
                in = GzipFile.decompressing(bytes);
                requireFormat(file);
            } catch (IOException | RuntimeException e) {
                bytes.close();
                throw e;
            }
        }

        private void requireFormat(Path file) throws IOException {
            JsonNode first = line();
            if (!first.path("format").asString("").equals(FORMAT)
                    || first.path("version").asInt() != VERSION) {
                throw new UserFacingException("%s is no file of envelopes (expected: format %s, version %d)"
                        .formatted(file, FORMAT, VERSION));
            }
        }

        /** The next envelope; empty behind the last one. */
        Optional<Saved> read() throws IOException {
            JsonNode header = line();
            if (header.has("envelopes")) {
                if (header.path("envelopes").asLong() != count) {
                    throw new IOException("it has %d envelopes and says %s".formatted(count, header.path("envelopes")));
                }
                return Optional.empty();
            }
            int length = header.path("length").asInt(-1);
            if (length < 0 || length > MAX_BODY) {
                throw new IOException("envelope %d: length: %s (expected: 0 to %d)"
                        .formatted(count + 1, header.path("length"), MAX_BODY));
            }
            byte[] body = in.readNBytes(length);
            if (body.length < length || in.read() != '\n') {
                throw new IOException("envelope %d: its body is cut off".formatted(count + 1));
            }
            Map<String, String> headers = new LinkedHashMap<>();
            header.path("headers")
                    .properties()
                    .forEach(entry ->
                            headers.put(entry.getKey(), entry.getValue().asString()));
            count++;
            return Optional.of(new Saved(header.path("project").asString(""), headers, body));
        }

        private JsonNode line() throws IOException {
            var line = new ByteArrayOutputStream();
            for (int value = in.read(); value != '\n'; value = in.read()) {
                if (value < 0) {
                    throw new IOException("it ends behind envelope %d and before its last line".formatted(count));
                }
                if (line.size() == MAX_LINE) {
                    throw new IOException("a line of more than %d bytes behind envelope %d".formatted(MAX_LINE, count));
                }
                line.write(value);
            }
            try {
                return JSON.readTree(line.toByteArray());
            } catch (JacksonException e) {
                throw new IOException(
                        "the line behind envelope %d is no JSON: %s".formatted(count, e.getOriginalMessage()));
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
