package dev.resentry.model.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.encoding.BoundedZip.Opened;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that others made. */
class BoundedZipTest {
    private static final BoundedZip.Limits LIMITS = new BoundedZip.Limits(3, 1_000, 1_500, 10);

    @TempDir
    Path directory;

    @Test
    void anEntryIsReadByItsNameAlsoBehindTheHeadOfABundle() throws IOException {
        byte[] zip = zip(Map.of("files/_/_/app.js", "code".getBytes(UTF_8)));
        byte[] bundle = new byte[zip.length + 8];
        System.arraycopy("SYSB\2\0\0\0".getBytes(UTF_8), 0, bundle, 0, 8);
        System.arraycopy(zip, 0, bundle, 8, zip.length);

        assertThat(read(bundle, "files/_/_/app.js")).isEqualTo("code");
        assertThat(read(zip, "files/_/_/app.js")).isEqualTo("code");
    }

    @Test
    void aNameIsAKeyAndNoPath() throws IOException {
        byte[] zip = zip(Map.of("../../outside.txt", "inside".getBytes(UTF_8)));

        assertThat(read(zip, "../../outside.txt")).isEqualTo("inside");
        assertThat(directory.getParent().resolve("outside.txt")).doesNotExist();
        assertThat(read(zip, "outside.txt")).isEqualTo("zip: no entry 'outside.txt'");
    }

    @Test
    void noEntryIsInflatedBeyondTheLimitOfOne() throws IOException {
        assertThat(read(zip(Map.of("bomb", new byte[1_001])), "bomb")).isEqualTo("more than 1000");
        assertThat(read(zip(Map.of("full", new byte[1_000])), "full")).hasSize(1_000);
    }

    @Test
    void anEntryMayBeBoundedMoreThanOthers() throws IOException {
        byte[] zip = zip(Map.of("small", new byte[100]));

        try (BoundedZip opened = open(zip)) {
            assertThat(opened.read("small", 99)).isEqualTo(new Decoded.TooLarge(99));
            assertThat(opened.read("small", 100)).isInstanceOf(Decoded.Content.class);
            assertThat(opened.read("small", Integer.MAX_VALUE)).isInstanceOf(Decoded.Content.class);
        }
    }

    @Test
    void anEntryThatIsLargerThanItsDirectorySaysIsNotRead() throws IOException {
        assertThat(read(withSize(zip(Map.of("liar", new byte[1_000])), 10), "liar"))
                .isEqualTo("zip: 'liar': not the 10 bytes of its entry");
        assertThat(read(withSize(zip(Map.of("liar", new byte[1_001])), 1_000), "liar"))
                .isEqualTo("zip: 'liar': not the 1000 bytes of its entry");
    }

    @Test
    void anEntryThatIsSmallerThanItsDirectorySaysIsNotRead() throws IOException {
        assertThat(read(withSize(zip(Map.of("liar", new byte[10])), 1_000), "liar"))
                .isEqualTo("zip: 'liar': not the 1000 bytes of its entry");
        assertThat(read(withSize(zip(Map.of("liar", new byte[10])), Integer.MAX_VALUE), "liar"))
                .as("no memory is taken for it")
                .isEqualTo("more than 1000");
    }

    @Test
    void whatIsReadOfAnArchiveIsBoundedByItsOwnSizeToo() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("one", new byte[1_000]);
        entries.put("two", new byte[1_000]);
        byte[] zip = zip(entries);
        int ratio = 3;
        assertThat(zip.length * ratio).isBetween(600, 1_000);

        try (BoundedZip opened = open(zip, new BoundedZip.Limits(3, 600, 100_000, ratio))) {
            assertThat(opened.read("one")).as("larger than one may be").isEqualTo(new Decoded.TooLarge(600));
        }
        try (BoundedZip opened = open(zip, new BoundedZip.Limits(3, 1_000, 100_000, ratio))) {
            assertThat(opened.read("one")).as("one entry always").isInstanceOf(Decoded.Content.class);
            assertThat(opened.read("two")).isEqualTo(new Decoded.TooLarge(0));
        }
        try (BoundedZip opened = open(zip, new BoundedZip.Limits(3, 1_000, 100_000, 10))) {
            assertThat(opened.read("one")).isInstanceOf(Decoded.Content.class);
            assertThat(opened.read("two")).isInstanceOf(Decoded.Content.class);
        }
    }

    @Test
    void allThatIsReadOfAnArchiveIsBounded() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("one", new byte[1_000]);
        entries.put("two", new byte[1_000]);
        byte[] zip = zip(entries);

        try (BoundedZip opened = open(zip)) {
            assertThat(opened.read("one")).isInstanceOf(Decoded.Content.class);
            assertThat(opened.read("two")).isInstanceOf(Decoded.TooLarge.class);
        }
    }

    @Test
    void anArchiveOfTooManyEntriesIsNotOpened() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < 4; i++) {
            entries.put("entry" + i, new byte[0]);
        }

        byte[] zip = zip(entries);
        byte[] lying = zip.clone();
        lying[lying.length - 22 + 8] = 1;
        lying[lying.length - 22 + 10] = 1;

        assertThat(opened(zip)).isEqualTo(new Opened.NoArchive("4 entries (expected: at most 3)"));
        assertThat(opened(lying))
                .as("which says it has one")
                .isEqualTo(new Opened.NoArchive("4 entries (expected: at most 3)"));
    }

    @Test
    void whatIsNoArchiveIsSaidSo() throws IOException {
        byte[] zip = zip(Map.of("a", new byte[10]));
        byte[] cut = Arrays.copyOf(zip, zip.length - 1);
        byte[] lying = zip.clone();
        lying[lying.length - 22 + 15] = 0x7f;

        assertThat(opened(new byte[0])).isEqualTo(new Opened.NoArchive("0 bytes (expected: a zip archive)"));
        assertThat(opened("no archive at all, just some text".getBytes(UTF_8))).isInstanceOf(Opened.NoArchive.class);
        assertThat(opened(cut)).isInstanceOf(Opened.NoArchive.class);
        assertThat(opened(lying)).as("a directory of 2 GB").isInstanceOf(Opened.NoArchive.class);
    }

    private Opened opened(byte[] file) throws IOException {
        return opened(file, LIMITS);
    }

    private Opened opened(byte[] file, BoundedZip.Limits limits) throws IOException {
        Path path = Files.createTempFile(directory, "archive", ".zip");
        Files.write(path, file);
        return BoundedZip.open(path, limits);
    }

    private BoundedZip open(byte[] file) throws IOException {
        return open(file, LIMITS);
    }

    private BoundedZip open(byte[] file, BoundedZip.Limits limits) throws IOException {
        return ((Opened.Archive) opened(file, limits)).zip();
    }

    /** What the directory says of the size of the first entry. */
    private static byte[] withSize(byte[] zip, int size) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int directory = bytes.getInt(zip.length - 22 + 16);
        bytes.putInt(directory + 24, size);
        return zip;
    }

    private String read(byte[] file, String name) throws IOException {
        try (BoundedZip zip = open(file)) {
            return switch (zip.read(name)) {
                case Decoded.Content(byte[] bytes) -> new String(bytes, UTF_8);
                case Decoded.TooLarge(long limit) -> "more than " + limit;
                case Decoded.Malformed malformed -> malformed.format() + ": " + malformed.cause();
            };
        }
    }

    private static byte[] zip(Map<String, byte[]> entries) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
