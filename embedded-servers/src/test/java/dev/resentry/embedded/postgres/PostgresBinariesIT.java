package dev.resentry.embedded.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.embedded.ForkedJava;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesIT {
    @TempDir
    Path temp;

    @Test
    @Timeout(120)
    void processesThatStartAtOnceShareOneCopyAndClearAwayWhatAKilledOneLeft() throws Exception {
        Path leftover = Files.createDirectories(temp.resolve("programs.half/bin"));
        Files.writeString(leftover.resolve("postgres"), "half a program");

        Process first = ForkedJava.start(UnpackedAlone.class, temp.toString());
        Process second = ForkedJava.start(UnpackedAlone.class, temp.toString());

        assertThat(List.of(output(first), output(second)))
                .containsOnly(temp.resolve("programs").toString());
        assertThat(names(temp)).containsExactlyInAnyOrder("programs", "programs.lock");
        Path program = temp.resolve("programs/bin/postgres");
        assertThat(program).isExecutable();
        FileTime made = Files.getLastModifiedTime(program);
        PostgresBinaries.unpackedIn(temp, PostgresBinaries.archiveName(), "programs");
        assertThat(Files.getLastModifiedTime(program)).isEqualTo(made);
    }

    @Test
    void aCacheThatCannotBeMadeOrIsNotTheUsersOwnIsNotUsed() throws Exception {
        Path file = Files.writeString(temp.resolve("file"), "");

        assertThat(PostgresBinaries.isOwn(file.resolve("cache"))).isFalse();
        assertThat(PostgresBinaries.isOwn(temp.resolve("cache/resentry"))).isTrue();
        String user = System.setProperty("user.name", "somebody else");
        try {
            assertThat(PostgresBinaries.isOwn(temp.resolve("cache/resentry"))).isFalse();
        } finally {
            System.setProperty("user.name", user);
        }
    }

    private static String output(Process process) throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
