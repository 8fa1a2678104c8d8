package dev.resentry.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resentry.model.encoding.GzipFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvelopeFileTest {
    @TempDir
    private Path directory;

    @Test
    void envelopesAreReadAsTheyWereWritten() throws IOException {
        Path file = directory.resolve("some.gz");
        byte[] body = {0, '\n', (byte) 255, '{'};
        try (var writer = new EnvelopeFile.Writer(Files.newOutputStream(file), Map.of("from", "then"))) {
            writer.write(new EnvelopeFile.Saved("shop", Map.of("version", "1", "client", "ä\n"), body));
            writer.write(new EnvelopeFile.Saved("other", Map.of(), new byte[0]));
            assertThat(writer.finish()).isEqualTo(2);
        }

        try (var reader = new EnvelopeFile.Reader(file)) {
            EnvelopeFile.Saved first = reader.read().orElseThrow();
            assertThat(first.project()).isEqualTo("shop");
            assertThat(first.headers()).isEqualTo(Map.of("version", "1", "client", "ä\n"));
            assertThat(first.body()).isEqualTo(body);
            assertThat(reader.read().orElseThrow().body()).isEmpty();
            assertThat(reader.read()).isEmpty();
        }
    }

    @Test
    void whatIsNotWholeIsSaidWithItsPlace() throws IOException {
        Path file = directory.resolve("half.gz");
        write(
                file,
                "{\"format\":\"resentry-envelopes\",\"version\":1}\n{\"project\":\"a\",\"headers\":{},\"length\":9}\nabc");
        try (var reader = new EnvelopeFile.Reader(file)) {
            assertThatThrownBy(reader::read).hasMessage("envelope 1: its body is cut off");
        }
        write(file, "{\"format\":\"resentry-envelopes\",\"version\":1}\n");
        try (var reader = new EnvelopeFile.Reader(file)) {
            assertThatThrownBy(reader::read).hasMessage("it ends behind envelope 0 and before its last line");
        }
        write(file, "{\"format\":\"resentry-envelopes\",\"version\":1}\n{\"envelopes\":3}\n");
        try (var reader = new EnvelopeFile.Reader(file)) {
            assertThatThrownBy(reader::read).hasMessage("it has 0 envelopes and says 3");
        }
        write(file, "{\"format\":\"something else\"}\n");
        assertThatThrownBy(() -> new EnvelopeFile.Reader(file))
                .isInstanceOf(UserFacingException.class)
                .hasMessageContaining("is no file of envelopes");
    }

    private static void write(Path file, String text) throws IOException {
        try (var out = GzipFile.compressing(Files.newOutputStream(file))) {
            out.write(text.getBytes(UTF_8));
        }
    }
}
