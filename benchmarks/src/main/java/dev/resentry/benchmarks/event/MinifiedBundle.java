package dev.resentry.benchmarks.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.model.artifact.CodeFile;
import dev.resentry.model.artifact.CodeFiles;
import dev.resentry.model.envelope.Payload;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The uploaded source map of a minified file of one line, which is made of many files with a function on every tenth line, and an event with
 * frames all over it.
 */
final class MinifiedBundle implements CodeFiles {
    private static final int SOURCES = 200;
    private static final int LINES = 250;

    /** A mapping begins so many columns behind the one before it, on the next line of its file. */
    private static final int COLUMNS = 16;

    private static final int FRAMES = 10;
    private static final String DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final String URL = "~/static/app.js.map";

    private final byte[] map = map().getBytes(UTF_8);

    /** How many bytes the map has. */
    int size() {
        return map.length;
    }

    /** An error with frames of different files. */
    static Payload event() {
        String frames = IntStream.range(0, FRAMES)
                .mapToObj(i ->
                        """
                        {"abs_path":"https://shop.example/static/app.js","filename":"/static/app.js","function":"%s","lineno":1,\
                        "colno":%d,"in_app":true}""".formatted((char) ('a' + i), 1 + COLUMNS * (LINES * (7 + i * SOURCES / FRAMES) + 23 * i)))
                .collect(Collectors.joining(","));
        return Payload.of("""
                {"event_id":"85314830023f4cf1a267535f4e37bb17","platform":"javascript","release":"shop@1.4.2","environment":"production",\
                "timestamp":1795162530.5,"sdk":{"name":"sentry.javascript.browser","version":"10.1.0"},\
                "user":{"id":"4711"},"tags":{"page":"checkout"},\
                "request":{"url":"https://shop.example/checkout","headers":{"User-Agent":"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"}},\
                "exception":{"values":[{"type":"TypeError","value":"can't access property \\"total\\", x is undefined",\
                "mechanism":{"type":"onerror","handled":false},"stacktrace":{"frames":[%s]}}]}}""".formatted(frames).getBytes(UTF_8));
    }

    private static String map() {
        String sources = IntStream.range(0, SOURCES)
                .mapToObj("\"webpack://shop/./src/part%d.ts\""::formatted)
                .collect(Collectors.joining(","));
        String contents = IntStream.range(0, SOURCES)
                .mapToObj(MinifiedBundle::code)
                .map("\"%s\""::formatted)
                .collect(Collectors.joining(","));
        return "{\"version\":3,\"sources\":[%s],\"sourcesContent\":[%s],\"names\":[],\"mappings\":\"%s\"}"
                .formatted(sources, contents, mappings());
    }

    private static String code(int source) {
        return IntStream.range(0, LINES)
                .mapToObj(line -> line % 10 == 0
                        ? "export function step%d_%d(cart: Cart, options: Options) {\\n".formatted(source, line)
                        : line % 10 == 9
                                ? "}\\n"
                                : "  cart.add(options.items[%d], `${options.currency} total`);\\n".formatted(line))
                .collect(Collectors.joining());
    }

    private static String mappings() {
        var mappings = new StringBuilder();
        for (int source = 0; source < SOURCES; source++) {
            for (int line = 0; line < LINES; line++) {
                boolean isFirst = source == 0 && line == 0;
                boolean isNext = line == 0 && source > 0;
                digits(mappings.append(isFirst ? "" : ","), isFirst ? 0 : COLUMNS);
                digits(mappings, isNext ? 1 : 0);
                digits(mappings, isFirst ? 0 : isNext ? 1 - LINES : 1);
                digits(mappings, 0);
            }
        }
        return mappings.toString();
    }

    /** The number in digits of base 64, the least first, as source maps have it. */
    private static void digits(StringBuilder into, int number) {
        int left = number < 0 ? (-number << 1) | 1 : number << 1;
        do {
            int digit = left & 31;
            left >>>= 5;
            into.append(DIGITS.charAt(left > 0 ? digit | 32 : digit));
        } while (left > 0);
    }

    @Override
    public List<CodeFile> byDebugIds(Collection<UUID> debugIds) {
        return List.of();
    }

    @Override
    public List<CodeFile> byUrls(String release, @Nullable String dist, Collection<String> urls) {
        return urls.contains(URL)
                ? List.of(new CodeFile(CodeFile.Kind.SOURCE_MAP, URL, URL, null, null, null, "map", map.length))
                : List.of();
    }

    @Override
    public Optional<byte[]> content(CodeFile file) {
        return Optional.of(map);
    }
}
