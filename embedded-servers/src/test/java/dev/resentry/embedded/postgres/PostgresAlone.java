package dev.resentry.embedded.postgres;

import java.nio.file.Path;

/** Starts a server, prints its port, and stays until it is killed. */
final class PostgresAlone {
    private PostgresAlone() {}

    public static void main(String[] args) throws Exception {
        EmbeddedPostgres postgres = EmbeddedPostgres.start(EmbeddedPostgresSettings.in(Path.of(args[0])));
        System.out.println(postgres.port());
        Thread.currentThread().join();
    }
}
