package dev.resentry.gateway.endpoint;

import static dev.resentry.gateway.endpoint.ConformanceProjects.DISABLED_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.PAGES_KEY;
import static dev.resentry.gateway.endpoint.ConformanceProjects.UNKNOWN_KEY;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Mutates valid requests into nearly valid ones; the same seed gives the same requests. */
final class Mutations {
    private static final String ID = Rule.ID;
    private static final String AUTH = Rule.AUTH;
    private static final int MAX_BODY = 4_000;

    private static final List<FuzzedRequest> GOOD = List.of(
            good("/api/42/envelope/", Map.of("x-sentry-auth", AUTH), Rule.ENVELOPE),
            good(
                    "/api/42/envelope/?sentry_version=7&sentry_key=" + KEY,
                    Map.of("content-type", "text/plain"),
                    Rule.ENVELOPE),
            good(
                    "/api/42/envelope/",
                    Map.of(),
                    "{\"dsn\":\"https://%s@h/42\",\"sent_at\":\"2026-01-02T03:04:05Z\"}\n".formatted(KEY)),
            gzipped("/api/42/envelope/", Map.of("x-sentry-auth", AUTH), Rule.ENVELOPE),
            zstd("/api/v1/42/envelope", Map.of("authorization", "Sentry sentry_key=" + KEY), Rule.ENVELOPE),
            good("/api/45/envelope/?sentry_key=" + PAGES_KEY, Map.of("origin", "https://shop.example"), Rule.ENVELOPE),
            good("/api/42/store/", Map.of("x-sentry-auth", AUTH), Rule.EVENT),
            new FuzzedRequest(
                    "GET",
                    "/api/42/store/?sentry_key=" + KEY + "&sentry_data=%7B%22event_id%22:%22" + ID + "%22%7D",
                    Map.of(),
                    new byte[0]),
            good("/api/store/?sentry_key=" + KEY, Map.of(), Rule.EVENT),
            good(
                    "/api/42/security/?sentry_release=1&sentry_key=" + KEY,
                    Map.of("content-type", "application/csp-report"),
                    "{}"),
            good("/api/42/nel/?sentry_key=" + KEY, Map.of("content-type", "application/reports+json"), "[]"),
            good(
                    "/api/42/minidump/?sentry_key=" + KEY,
                    Map.of("content-type", "multipart/form-data; boundary=x"),
                    "--x\r\nContent-Disposition: form-data; name=\"upload_file_minidump\"\r\n\r\nMDMP\r\n--x--"),
            good("/api/42/minidump/?sentry_key=" + KEY, Map.of("content-type", "application/x-dmp"), "MDMPrest"),
            good("/api/42/unreal/" + KEY + "/?UserID=a", Map.of(), "crash"),
            good(
                    "/api/42/events/" + ID + "/attachments/",
                    Map.of("x-sentry-auth", AUTH, "content-type", "multipart/form-data; boundary=x"),
                    "--x--"),
            new FuzzedRequest("GET", "/api/42/cron/nightly/" + KEY + "?status=ok&duration=1.5", Map.of(), new byte[0]),
            good(
                    "/api/42/cron/%C3%A9/" + KEY,
                    Map.of("content-type", "application/json"),
                    "{\"status\":\"ok\",\"check_in_id\":\"%s\",\"duration\":1.5}".formatted(ID)),
            good(
                    "/api/42/integration/otlp/v1/traces",
                    Map.of("x-sentry-auth", AUTH, "content-type", "application/json"),
                    "{}"),
            good(
                    "/api/42/otlp/v1/logs",
                    Map.of("x-sentry-auth", AUTH, "content-type", "application/x-protobuf"),
                    "\n\0"),
            good(
                    "/api/v1/events",
                    Map.of(),
                    "{\"project_key\":\"shop\",\"message\":\"m\",\"status_code\":500,\"timestamp\":1767323045.5}"),
            good(
                    "/api/v1/events/ingest/shop",
                    Map.of(),
                    "{\"message\":\"m\",\"level\":\"error\",\"extra\":{\"a\":[1]},\"timestamp\":\"2026-01-02T03:04:05Z\"}"),
            good("/api/v1/events/ingest/token/" + KEY, Map.of("content-encoding", "identity"), "{\"message\":\"m\"}"),
            good(
                    "/api/v1/sessions/ingest/token/" + KEY,
                    Map.of(),
                    "{\"session_id\":\"s\",\"status\":\"ok\",\"release\":\"1\",\"duration_ms\":5}"),
            good(
                    "/api/embed/error-page/?dsn=https://%s@h/42&eventId=%s".formatted(KEY, ID),
                    Map.of("content-type", "application/x-www-form-urlencoded"),
                    "name=Ada&email=ada%40example.com&comments=It+broke"),
            new FuzzedRequest("OPTIONS", "/api/42/envelope/", Map.of("origin", "null"), new byte[0]));

    private static final List<String> TEXTS = List.of(
            "%",
            "%0",
            "%00",
            "%zz",
            "%C3%A9",
            "%FF",
            "%2F",
            "%0D%0A",
            "?",
            "&",
            "=",
            ";",
            "#",
            "/",
            "//",
            "/../",
            ".",
            ",",
            ":",
            "@",
            "*",
            " ",
            "\t",
            "\0",
            "\u0001",
            "\u007f",
            "\u0080",
            "\u00ff",
            "\u00b2",
            "\"",
            "\\",
            "sentry_key=",
            "Sentry ",
            "Basic ",
            "sentry_version=8",
            "sentry_data=",
            "&status=error",
            KEY,
            UNKNOWN_KEY,
            DISABLED_KEY,
            ID,
            "api",
            "v1",
            "42",
            "0",
            "-1",
            "99999999999999999999",
            "https://",
            "[::1",
            "null",
            "gzip",
            "boundary=",
            "multipart/",
            "application/json");
    private static final List<String> WIDE =
            List.of("\ud800", "\udc00", "\ud83d\ude00", "\u2028", "\ufffe", "\u0130", "\uff10");
    private static final List<String> JSON = List.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "\n",
            "\r",
            "\0",
            " ",
            "null",
            "true",
            "1e999",
            "-",
            "9".repeat(400),
            "0.".repeat(3),
            "\\ud800",
            "\\u0000",
            "\"event_id\":",
            "\"dsn\":\"http://@/\"",
            "\"timestamp\":1e20",
            "\"message\":",
            "\"type\":\"event\"",
            "\"length\":-1",
            "\u00ef\u00bb\u00bf",
            "\u00ff",
            "\u00c3",
            "[".repeat(600),
            "{\"a\":".repeat(600),
            "\"sent_at\":\"x\"",
            "\"status\":[]",
            "\ud83d\ude00");
    private static final List<String> HEADERS = List.of(
            "x-sentry-auth",
            "authorization",
            "content-type",
            "content-encoding",
            "origin",
            "referer",
            "user-agent",
            "x-forwarded-for",
            "expect",
            "connection");
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "OPTIONS", "DELETE", "CONNECT", "TRACE", "post", "X", "");
    private static final List<String> CODINGS =
            List.of("gzip", "deflate", "br", "zstd", "x-gzip", "identity", "utf-8", "", "lzma");

    private final SplittableRandom random;
    private final boolean wide;

    /** @param wide whether texts may hold what a wire that carries bytes cannot */
    Mutations(long seed, boolean wide) {
        this.random = new SplittableRandom(seed);
        this.wide = wide;
    }

    FuzzedRequest next() {
        FuzzedRequest request = any(GOOD);
        int changes = random.nextInt(5);
        for (int i = 0; i < changes; i++) {
            request = changed(request);
        }
        return request;
    }

    int nextInt(int bound) {
        return random.nextInt(bound);
    }

    /** Bytes with some of them gone, doubled, or something else. */
    byte[] broken(byte[] bytes) {
        byte[] result = bytes;
        for (int i = random.nextInt(3); i > 0; i--) {
            result = changed(result);
        }
        return result;
    }

    private FuzzedRequest changed(FuzzedRequest request) {
        return switch (random.nextInt(10)) {
            case 0 -> new FuzzedRequest(any(METHODS), request.target(), request.headers(), request.body());
            case 1, 2, 3 ->
                new FuzzedRequest(request.method(), changed(request.target()), request.headers(), request.body());
            case 4 -> new FuzzedRequest(request.method(), any(GOOD).target(), request.headers(), request.body());
            case 5, 6 ->
                new FuzzedRequest(request.method(), request.target(), changed(request.headers()), request.body());
            default ->
                new FuzzedRequest(request.method(), request.target(), request.headers(), changed(request.body()));
        };
    }

    private Map<String, String> changed(Map<String, String> headers) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        String name = any(HEADERS);
        switch (random.nextInt(5)) {
            case 0 -> changed.remove(name);
            case 1 -> changed.put(name, any(TEXTS));
            case 2 -> changed.put("content-encoding", any(CODINGS));
            case 3 -> changed.putAll(any(GOOD).headers());
            default -> changed.replaceAll((_, value) -> changed(value));
        }
        return changed;
    }

    private String changed(String text) {
        int at = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), at + random.nextInt(12));
        return switch (random.nextInt(7)) {
            case 0 -> text.substring(0, at);
            case 1 -> text.substring(0, at) + text.substring(to);
            case 2 ->
                text.substring(0, at) + text.substring(at, to).repeat(1 + random.nextInt(20)) + text.substring(to);
            case 3 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(to);
            case 4 -> text.substring(0, at) + (wide ? any(WIDE) : any(TEXTS)) + text.substring(at);
            default -> text.substring(0, at) + any(TEXTS) + text.substring(at);
        };
    }

    private byte[] changed(byte[] body) {
        int at = random.nextInt(body.length + 1);
        int to = Math.min(body.length, at + random.nextInt(12));
        byte[] changed = switch (random.nextInt(7)) {
            case 0 -> joined(body, at, new byte[0], body.length);
            case 1 -> joined(body, at, new byte[0], to);
            case 2 -> joined(body, at, any(JSON).getBytes(UTF_8), at);
            case 3 -> joined(body, at, any(JSON).getBytes(ISO_8859_1), to);
            case 4 -> joined(body, at, any(GOOD).body(), body.length);
            case 5 -> joined(body, at, body, at);
            default -> joined(body, at, new byte[] {(byte) random.nextInt(256)}, Math.min(body.length, at + 1));
        };
        return changed.length > MAX_BODY ? joined(changed, MAX_BODY, new byte[0], changed.length) : changed;
    }

    /** The beginning of a body up to {@code at}, something else, and what stands behind {@code from}. */
    private static byte[] joined(byte[] body, int at, byte[] middle, int from) {
        byte[] joined = new byte[at + middle.length + body.length - from];
        System.arraycopy(body, 0, joined, 0, at);
        System.arraycopy(middle, 0, joined, at, middle.length);
        System.arraycopy(body, from, joined, at + middle.length, body.length - from);
        return joined;
    }

    private <T> T any(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }

    private static FuzzedRequest good(String target, Map<String, String> headers, String body) {
        return new FuzzedRequest("POST", target, headers, body.getBytes(ISO_8859_1));
    }

    private static FuzzedRequest gzipped(String target, Map<String, String> headers, String body) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body.getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return encoded(target, headers, "gzip", out.toByteArray());
    }

    private static FuzzedRequest zstd(String target, Map<String, String> headers, String body) {
        return encoded(target, headers, "zstd", Zstd.compress(body.getBytes(UTF_8)));
    }

    private static FuzzedRequest encoded(String target, Map<String, String> headers, String coding, byte[] body) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put("content-encoding", coding);
        return new FuzzedRequest("POST", target, all, body);
    }
}
