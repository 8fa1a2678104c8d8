package dev.resentry.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** The packages of the directories here that have a {@code package-lock.json}. */
final class Npm {
    private Npm() {}

    /** Installs what the lock of a directory says, if it is newer than what is installed; one directory at a time. */
    static synchronized void install(String directory) throws IOException, InterruptedException {
        Path installed = Path.of(directory, "node_modules", ".package-lock.json");
        Path lock = Path.of(directory, "package-lock.json");
        if (Files.exists(installed)
                && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(lock)) >= 0) {
            return;
        }
        Path log = Path.of("target", "npm-%s.log".formatted(directory));
        Process npm = new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund")
                .directory(Path.of(directory).toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(npm.waitFor()).as("npm ci; see %s", log).isZero();
        Files.setLastModifiedTime(installed, FileTime.from(Instant.now()));
    }
}
