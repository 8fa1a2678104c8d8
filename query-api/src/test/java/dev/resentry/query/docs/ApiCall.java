package dev.resentry.query.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.query.auth.AuthenticatorApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A call that the test of the API makes, as a line of a file in {@code api-calls}:
 *
 * <pre>
 * createTeam 201 {"slug": "a"} -> team=/id      the body, and a value kept of the answer, by a JSON pointer
 * updateTeam 200 id=$team {"name": "A"}         parameters of path and query, values that were kept before
 * login 200 @Authorization= {"email": …}        a header; without a value, none
 * receive 200 @Signature=signed-by:$secret {…}  the HMAC-SHA256 of the body; "now" is the time in seconds
 * confirm 200 {"code": "$secret:code"}           what an authenticator app with a secret shows now
 * createInvitation 201 {…} -> token=/url:last   the last segment of an address
 * </pre>
 *
 * A value that is named like a segment of paths, such as {@code teams}, stands for the ids below that segment from then on.
 */
record ApiCall(
        String operation,
        int status,
        Map<String, String> parameters,
        Map<String, String> headers,
        String body,
        Map<String, String> kept,
        String place) {
    private static final Pattern LINE =
            Pattern.compile("(\\S+)\\s+(\\d{3})((?:\\s+@?[\\w-]+=\\S*)*)(?:\\s+([{\\[].*?))??(?:\\s+->\\s+(.*))?");
    private static final Pattern CODE = Pattern.compile("\\$([a-z_-]+):code");
    private static final Pattern VALUE = Pattern.compile("\\$([a-z_-]+)");

    static List<ApiCall> all() {
        Path directory = Path.of("src/test/resources/api-calls");
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().flatMap(ApiCall::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<ApiCall> read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file);
            return IntStream.range(0, lines.size())
                    .filter(i -> !lines.get(i).isBlank() && !lines.get(i).startsWith("#"))
                    .mapToObj(i -> parse(lines.get(i).strip(), file.getFileName() + ":" + (i + 1)))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApiCall parse(String line, String place) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "%s: %s (expected: operation status name=value {body} -> name=/pointer)".formatted(place, line));
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        Map<String, String> headers = new LinkedHashMap<>();
        pairs(parts.group(3)).forEach((name, value) -> {
            if (name.startsWith("@")) {
                headers.put(name.substring(1), value);
            } else {
                parameters.put(name, value);
            }
        });
        return new ApiCall(
                parts.group(1),
                Integer.parseInt(parts.group(2)),
                parameters,
                headers,
                parts.group(4) == null ? "" : parts.group(4),
                pairs(parts.group(5) == null ? "" : parts.group(5)),
                place);
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.strip().split("\\s+")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                pairs.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return pairs;
    }

    /** The value of a header that depends on the body or the time. */
    static String header(String value, String body) {
        if (value.equals("now")) {
            return String.valueOf(Instant.now().getEpochSecond());
        }
        String signed = "signed-by:";
        if (!value.startsWith(signed)) {
            return value;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(value.substring(signed.length()).getBytes(UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Replaces the names of values by them. */
    static String filled(String text, Map<String, String> values) {
        String withCodes = CODE.matcher(text)
                .replaceAll(secret -> new AuthenticatorApp(values.getOrDefault(secret.group(1), "")).code());
        return VALUE.matcher(withCodes)
                .replaceAll(name -> Matcher.quoteReplacement(values.getOrDefault(name.group(1), name.group())));
    }
}
