package dev.resentry.model.encoding;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The content encodings an SDK may use for a body. */
public enum ContentEncoding {
    IDENTITY("identity"),
    GZIP("gzip"),
    /** The zlib container, as HTTP defines it; a bare deflate stream is understood too. */
    DEFLATE("deflate"),
    BROTLI("br"),
    ZSTD("zstd");

    private final String token;

    ContentEncoding(String token) {
        this.token = token;
    }

    /** The name used in {@code Content-Encoding} and in the header of a record on Kafka. */
    public String token() {
        return token;
    }

    /** The tokens a refusal lists in {@code Accept-Encoding}. */
    public static String supported() {
        return Arrays.stream(values()).map(ContentEncoding::token).collect(Collectors.joining(", "));
    }

    /**
     * Reads a {@code Content-Encoding} value, in any case. An absent or empty value and {@code utf-8} mean identity: old
     * Ruby and Android SDKs send these. Empty when the encoding is not supported.
     */
    public static Optional<ContentEncoding> parse(@Nullable String headerValue) {
        String value = headerValue == null ? "" : headerValue.strip().toLowerCase(Locale.ROOT);
        return switch (value) {
            case "", "identity", "utf-8", "utf8" -> Optional.of(IDENTITY);
            case "x-gzip" -> Optional.of(GZIP);
            default ->
                Arrays.stream(values()).filter(e -> e.token.equals(value)).findFirst();
        };
    }
}
