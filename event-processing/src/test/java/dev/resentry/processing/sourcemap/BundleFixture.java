package dev.resentry.processing.sourcemap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.json.UntrustedJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/**
 * A bundle that one of five bundlers built of a small shop, its map, and what npm's {@code source-map} answers at places of it; made by
 * {@code src/test/bundles/make.mjs}.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BundleFixture(String bundler, byte[] map, List<Answer> answers) {
    static final List<String> BUNDLERS = List.of("vite", "webpack", "esbuild", "rollup", "terser");

    /** An answer; the source is -1 where the library finds none, the name empty where there is none. */
    record Answer(int line, int column, int source, int originalLine, int originalColumn, String name) {}

    static BundleFixture of(String bundler) {
        List<Answer> answers = new ArrayList<>();
        for (JsonNode answer : UntrustedJson.STRICT.tree(new String(bytes(bundler + ".positions.json"), UTF_8))) {
            answers.add(new Answer(
                    answer.get(0).asInt(),
                    answer.get(1).asInt(),
                    answer.get(2).asInt(),
                    answer.get(3).asInt(),
                    answer.get(4).asInt(),
                    answer.get(5).asString()));
        }
        return new BundleFixture(bundler, bytes(bundler + ".js.map"), answers);
    }

    static SourceMap read(byte[] map) {
        SourceMap.Reading reading = SourceMap.read(map, SourceMapLimits.DEFAULT);
        assertThat(reading).isInstanceOf(SourceMap.Reading.Read.class);
        return ((SourceMap.Reading.Read) reading).map();
    }

    private static byte[] bytes(String name) {
        try (InputStream file = BundleFixture.class.getResourceAsStream("/sourcemap/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return bundler;
    }
}
