package dev.resentry.processing.sourcemap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.debugging.sourcemap.SourceMapConsumerV3;
import com.google.debugging.sourcemap.SourceMapParseException;
import com.google.debugging.sourcemap.proto.Mapping.OriginalMapping;
import dev.resentry.processing.sourcemap.BundleFixture.Answer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Places in bundles of five bundlers come from where other readers say that they come from. */
class BundledPositionsTest {
    static final List<String> BUNDLERS = BundleFixture.BUNDLERS;

    @ParameterizedTest
    @FieldSource("BUNDLERS")
    void areThoseOfTheLibraryThatBundlersUse(String bundler) {
        var bundle = BundleFixture.of(bundler);

        SourceMap map = BundleFixture.read(bundle.map());

        assertThat(bundle.answers()).hasSizeGreaterThanOrEqualTo(100);
        assertThat(bundle.answers())
                .allSatisfy(answer ->
                        assertThat(asked(map, answer.line(), answer.column())).isEqualTo(answer));
    }

    @ParameterizedTest
    @FieldSource("BUNDLERS")
    void areThoseOfTheClosureCompiler(String bundler) throws SourceMapParseException {
        var bundle = BundleFixture.of(bundler);
        var consumer = new SourceMapConsumerV3();
        consumer.parse(new String(bundle.map(), UTF_8));

        SourceMap map = BundleFixture.read(bundle.map());

        assertThat(bundle.answers()).filteredOn(answer -> answer.source() >= 0).allSatisfy(answer -> {
            OriginalMapping expected = consumer.getMappingForLine(answer.line() + 1, answer.column() + 1);
            OriginalPosition position =
                    map.lookup(answer.line(), answer.column()).orElseThrow();
            // It leaves the root of the files away.
            assertThat(position.file()).endsWith(expected.getOriginalFile());
            assertThat(position.line() + 1).isEqualTo(expected.getLineNumber());
            assertThat(position.column() + 1).isEqualTo(expected.getColumnPosition());
            assertThat(Optional.ofNullable(position.name()).orElse("")).isEqualTo(expected.getIdentifier());
        });
    }

    private static Answer asked(SourceMap map, int line, int column) {
        return map.lookup(line, column)
                .map(found -> new Answer(
                        line,
                        column,
                        found.source(),
                        found.line(),
                        found.column(),
                        Optional.ofNullable(found.name()).orElse("")))
                .orElse(new Answer(line, column, -1, 0, 0, ""));
    }
}
