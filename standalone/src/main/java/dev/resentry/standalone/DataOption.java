package dev.resentry.standalone;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that says where everything is kept. */
final class DataOption {
    @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept (default: ./data).")
    private Path directory = Path.of("data");

    Path directory() {
        return directory;
    }
}
