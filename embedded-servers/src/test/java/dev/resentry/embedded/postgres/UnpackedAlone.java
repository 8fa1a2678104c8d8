package dev.resentry.embedded.postgres;

import java.io.IOException;
import java.nio.file.Path;

/** A process that unpacks PostgreSQL's programs into a directory, prints their path, and ends. */
final class UnpackedAlone {
    private UnpackedAlone() {}

    public static void main(String[] args) throws IOException {
        System.out.println(PostgresBinaries.unpackedIn(Path.of(args[0]), PostgresBinaries.archiveName(), "programs"));
    }
}
