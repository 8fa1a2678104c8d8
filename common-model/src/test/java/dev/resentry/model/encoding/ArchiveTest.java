package dev.resentry.model.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveTest {
    private static final byte[] LARGE = new byte[3_000_000];

    static {
        new Random(1).nextBytes(LARGE);
    }

    @TempDir
    private Path directory;

    @Test
    void partsAreReadAsTheyWereWritten() throws IOException {
        Path file = directory.resolve("archive.zip");
        ArchivePart small;
        ArchivePart large;
        try (var archive = new ArchiveWriter(Files.newOutputStream(file))) {
            small = archive.add("small", out -> out.write("abc".getBytes(UTF_8)));
            large = archive.add("folder/large", out -> out.write(LARGE));
        }

        assertThat(small.sha256()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(large.bytes()).isEqualTo(LARGE.length);
        try (var archive = ArchiveReader.open(file)) {
            assertThat(archive.look("small")).isEqualTo(small);
            assertThat(archive.look("folder/large")).isEqualTo(large);
            assertThat(archive.read("folder/large", LARGE.length)).isEqualTo(LARGE);
            assertThatThrownBy(() -> archive.read("folder/large", LARGE.length - 1))
                    .hasMessage("part folder/large has more than 2999999 bytes");
            assertThatThrownBy(() -> archive.open("other")).hasMessage("part other is missing");
        }
    }

    @Test
    void aFileThatWasCutOffIsNone() throws IOException {
        Path file = written();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 30));

        assertThatThrownBy(() -> ArchiveReader.open(file)).isInstanceOf(IOException.class);
    }

    @Test
    void aPartThatWasChangedIsNotTheSame() throws IOException {
        Path file = written();
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        try (var archive = ArchiveReader.open(file)) {
            assertThatThrownBy(() -> {
                        ArchivePart part = archive.look("large");
                        assertThat(part.sha256()).isEqualTo(hash());
                    })
                    .isInstanceOfAny(IOException.class, AssertionError.class);
        }
    }

    private Path written() throws IOException {
        Path file = directory.resolve("large.zip");
        try (var archive = new ArchiveWriter(Files.newOutputStream(file))) {
            archive.add("large", out -> out.write(LARGE));
        }
        return file;
    }

    private static String hash() throws IOException {
        var hashed = new HashingOutput(OutputStream.nullOutputStream());
        hashed.write(LARGE, 0, LARGE.length);
        return hashed.sha256();
    }
}
