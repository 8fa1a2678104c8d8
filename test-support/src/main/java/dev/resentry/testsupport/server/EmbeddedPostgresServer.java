package dev.resentry.testsupport.server;

import dev.resentry.embedded.postgres.EmbeddedPostgres;
import dev.resentry.embedded.postgres.EmbeddedPostgresSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL beside this process, with a copy of data that was made once for this machine. */
final class EmbeddedPostgresServer implements PostgresServer {
    private final EmbeddedPostgresSettings settings;
    private EmbeddedPostgres postgres;

    EmbeddedPostgresServer(Path directory) {
        PostgresTemplate.ofThisMachine().copyTo(directory);
        EmbeddedPostgresSettings anyPort = EmbeddedPostgresSettings.in(directory);
        postgres = EmbeddedPostgres.start(anyPort);
        settings = anyPort.withPort(postgres.port());
    }

    @Override
    public String newDatabase(String name) {
        postgres.createDatabaseIfMissing(name);
        return postgres.databaseUrl(name);
    }

    @Override
    public void stop() {
        postgres.close();
    }

    @Override
    public void kill() {
        List<ProcessHandle> processes = Stream.concat(
                        Stream.of(postgres.process()), postgres.process().descendants())
                .toList();
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    @Override
    public void start() {
        postgres = EmbeddedPostgres.start(settings);
    }

    @Override
    public void close() {
        postgres.close();
    }
}
