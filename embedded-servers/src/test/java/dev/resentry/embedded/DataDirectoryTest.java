package dev.resentry.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
    @TempDir
    Path temp;

    @Test
    void isMadeWithItsLayoutAndFormat() throws IOException {
        try (var directory = DataDirectory.open(temp.resolve("new"), "1.2.3", 1)) {
            assertThat(directory.kafka()).isDirectory();
            assertThat(directory.postgres()).isDirectory();
            assertThat(directory.run()).isDirectory();
        }
        assertThat(DataDirectory.formatOf(temp.resolve("new"))).isEqualTo(DataDirectory.FORMAT);
    }

    @Test
    void isRefusedWhileAnotherHoldsItAndFreeAfterwards() {
        try (var _ = DataDirectory.open(temp, "1", 1)) {
            assertThatThrownBy(() -> DataDirectory.open(temp, "1", 1))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessageContaining("in use by another Resentry (process %d)"
                            .formatted(ProcessHandle.current().pid()));
        }
        DataDirectory.open(temp, "1", 1).close();
    }

    @Test
    void isStillHeldAfterThisProcessTriedTwice() throws Exception {
        try (var _ = DataDirectory.open(temp, "1", 1)) {
            assertThatThrownBy(() -> DataDirectory.open(temp, "1", 1)).isInstanceOf(DataDirectoryException.class);

            assertThat(whatAnotherProcessGets())
                    .endsWith("is in use by another Resentry (process %d)"
                            .formatted(ProcessHandle.current().pid()));
        }
    }

    @Test
    void isFreeOnceItsHolderWasKilled() throws Exception {
        Process holder = ForkedJava.start(DirectoryTaker.class, temp.toString());
        assertThat(holder.inputReader().readLine()).isEqualTo("taken");
        assertThatThrownBy(() -> DataDirectory.open(temp, "1", 1))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageEndingWith("(process %d)".formatted(holder.pid()));

        holder.destroyForcibly().waitFor();

        DataDirectory.open(temp, "1", 1).close();
    }

    @Test
    void saysWhichProductWroteItLast() throws IOException {
        DataDirectory.open(temp, "1.0", 1).close();
        DataDirectory.open(temp, "1.1", 1).close();

        assertThat(temp.resolve("VERSION")).hasContent("format 1\nresentry 1.1");
    }

    @Test
    void isTakenAlthoughAPowerCutLeftItsVersionEmpty() throws IOException {
        Files.createFile(temp.resolve("VERSION"));

        DataDirectory.open(temp, "1", 1).close();

        assertThat(DataDirectory.formatOf(temp)).isEqualTo(DataDirectory.FORMAT);
    }

    @Test
    void isLeftAloneIfOfANewerFormat() throws IOException {
        Files.writeString(temp.resolve("VERSION"), "format 99\nresentry 9.0\n");

        assertThatThrownBy(() -> DataDirectory.open(temp, "1", 1)).isInstanceOf(DataDirectoryException.class);

        assertThat(temp.resolve("kafka")).doesNotExist();
        assertThat(temp.resolve("VERSION")).hasContent("format 99\nresentry 9.0");
    }

    @Test
    void isRefusedIfOfANewerFormat() throws IOException {
        Files.writeString(temp.resolve("VERSION"), "format 99\nresentry 9.0\n");

        assertThatThrownBy(() -> DataDirectory.open(temp, "1", 1))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("has format 99, written by a newer Resentry (this one understands up to 1)");
    }

    @Test
    void isRefusedWithTooLittleSpace() {
        assertThatThrownBy(() -> DataDirectory.open(temp, "1", Long.MAX_VALUE))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageStartingWith("Too little disk space for " + temp);
    }

    @Test
    void isRefusedWhereAFileStands() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "x");

        assertThatThrownBy(() -> DataDirectory.open(file, "1", 1))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining("cannot be written");
    }

    private String whatAnotherProcessGets() throws IOException, InterruptedException {
        Process other = ForkedJava.start(DirectoryTaker.class, temp.toString());
        try {
            return other.inputReader().readLine();
        } finally {
            other.destroyForcibly().waitFor();
        }
    }
}
