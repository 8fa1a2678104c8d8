package dev.resentry.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.project.PublicKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * What a sender sends: an envelope with one event, of text that compresses about as well as events do.
 *
 * @param size of the envelope in bytes, before it is compressed
 * @param body as it is sent
 */
@SuppressWarnings("ArrayRecordComponent") // a body is handed on, never compared
record Payload(int size, boolean gzip, byte[] body) {
    static final PublicKey KEY = new PublicKey("0123456789abcdef0123456789abcdef");
    static final long PROJECT = 42;

    private static final String[] WORDS = {
        "\"function\":",
        "\"lineno\":",
        "\"filename\":",
        "\"java.base\"",
        "\"in_app\":true,",
        "\"module\":\"dev.example.",
        "context_line",
        "stacktrace",
        "exception",
        "IllegalStateException"
    };

    static Payload of(int size, boolean gzip) {
        String head = """
                {"event_id":"9ec79c33ec9942ab8353589fcb2e04dc","sent_at":"2026-11-21T03:00:00Z",\
                "sdk":{"name":"sentry.java","version":"8.0.0"}}
                {"type":"event","content_type":"application/json","length":%d}
                """;
        String frame = "{\"platform\":\"java\",\"message\":\"";
        String end = "\"}";
        int fixed = head.formatted(10_000).length() + frame.length() + end.length();
        var text = new StringBuilder(frame);
        var random = new Random(1);
        while (text.length() < size - fixed + frame.length()) {
            text.append(WORDS[random.nextInt(WORDS.length)].replace("\"", "'")).append(random.nextInt(100_000));
        }
        text.setLength(Math.max(frame.length(), size - fixed + frame.length()));
        text.append(end);
        byte[] plain = (head.formatted(text.length()) + text).getBytes(UTF_8);
        return new Payload(size, gzip, gzip ? gzipped(plain) : plain);
    }

    String encoding() {
        return gzip ? "gzip" : "identity";
    }

    /** The whole request, as an SDK writes it. */
    byte[] request(int port) {
        String head = """
                POST /api/%d/envelope/ HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                User-Agent: sentry.java/8.0.0\r
                Accept: application/json\r
                Content-Type: application/x-sentry-envelope\r
                X-Sentry-Auth: Sentry sentry_version=7,sentry_client=sentry.java/8.0.0,sentry_key=%s\r
                %sContent-Length: %d\r
                \r
                """.formatted(PROJECT, port, KEY, gzip ? "Content-Encoding: gzip\r\n" : "", body.length);
        var request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(UTF_8));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private static byte[] gzipped(byte[] plain) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
