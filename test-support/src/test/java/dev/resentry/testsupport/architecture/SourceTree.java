package dev.resentry.testsupport.architecture;

import java.nio.file.Files;
import java.nio.file.Path;

/** The sources of all modules, from whichever module the tests are run. */
final class SourceTree {
    private SourceTree() {}

    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(".env.example"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
