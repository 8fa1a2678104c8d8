package dev.resentry.benchmarks.query;

import com.zaxxer.hikari.HikariDataSource;
import dev.resentry.benchmarks.load.ChildProcess;
import dev.resentry.embedded.FreePort;
import dev.resentry.embedded.postgres.EmbeddedPostgres;
import dev.resentry.embedded.postgres.EmbeddedPostgresSettings;
import dev.resentry.storage.database.DatabaseConfiguration;
import dev.resentry.storage.database.DatabaseSettings;
import dev.resentry.storage.database.SchemaMigration;
import dev.resentry.storage.search.TagIndexes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what people wait for when they look at a month of events: over HTTP, by one reader, then by many while events are stored. The
 * floor beside it is a request that looks up one row by its key, and does all else that a request does.
 */
@Command(
        name = "queries",
        mixinStandardHelpOptions = true,
        description = "Measures the API over a month of events beside a single look-up by key.")
public final class QueriesCommand implements Callable<Integer> {
    private static final String PASSWORD = "benchmark-of-queries";
    private static final int POOL = 10;

    @Option(names = "--events", defaultValue = "5000000", description = "How many events are stored; default: 5000000")
    private long events;

    @Option(
            names = "--data",
            defaultValue = "${sys:java.io.tmpdir}/resentry-queries",
            description = "Where the database stays for the next run; default: ${DEFAULT-VALUE}")
    private Path data = Path.of("");

    @Option(names = "--seconds", defaultValue = "3", description = "Of each question; default: 3")
    private double seconds;

    @Option(names = "--warm-up", defaultValue = "1", description = "Seconds of each question before all; default: 1")
    private double warmUp;

    @Option(
            names = "--readers",
            defaultValue = "20",
            description = "Beside whom events are stored; default: 20, 0 for none")
    private int readers;

    @Option(
            names = "--rate",
            defaultValue = "500",
            description = "Events stored a second beside the readers; default: 500")
    private int rate;

    @Option(
            names = "--plans",
            defaultValue = "3",
            description = "Of how many slowest questions plans are printed; default: 3")
    private int plans;

    @Option(names = "--only", defaultValue = "", description = "Only questions whose names hold this text")
    private String only = "";

    @Override
    public Integer call() throws Exception {
        Path directory = Files.createDirectories(data.toAbsolutePath());
        String database = "month_" + events;
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.start(EmbeddedPostgresSettings.in(directory.resolve("postgres")))) {
            postgres.createDatabaseIfMissing(database);
            SchemaMigration.migrate(settings(postgres, database));
            new MonthOfEvents(directory, database, events).fillOnce(postgres);
            makeTagIndexes(settings(postgres, database));
            int brokerPort = FreePort.find();
            try (ChildProcess broker = ChildProcess.start(
                    "broker",
                    directory.resolve("broker.log"),
                    List.of("-Xmx256m", "-XX:+UseSerialGC"),
                    List.of("--directory", directory.resolve("kafka").toString(), "--port", "" + brokerPort),
                    Map.of(),
                    "ready")) {
                broker.ignoreOutput();
                measure(postgres, database, directory, "127.0.0.1:" + brokerPort);
            }
        }
        return 0;
    }

    /** As processors do once a day is over. */
    private static void makeTagIndexes(DatabaseSettings database) {
        try (HikariDataSource pool = DatabaseConfiguration.pool(database)) {
            var indexes = new TagIndexes(pool);
            long start = System.nanoTime();
            int made = 0;
            while (indexes.makeNext(Instant.now()).isPresent()) {
                made++;
            }
            System.out.printf("%6.1f s  %d indexes of tags%n", (System.nanoTime() - start) / 1e9, made);
        }
    }

    private static DatabaseSettings settings(EmbeddedPostgres postgres, String database) {
        return new DatabaseSettings(
                postgres.databaseUrl(database),
                "",
                1,
                "",
                "",
                "",
                POOL,
                Duration.ofSeconds(30),
                DatabaseSettings.Environment.DEVELOPMENT);
    }

    private void measure(EmbeddedPostgres postgres, String database, Path directory, String bootstrap)
            throws Exception {
        int port = FreePort.find();
        Map<String, String> environment = Map.of(
                "PORT",
                Integer.toString(port),
                "DATABASE_URL",
                postgres.databaseUrl(database),
                "KAFKA_BOOTSTRAP_SERVERS",
                bootstrap,
                "RESENTRY_ADMIN_PASSWORD",
                PASSWORD,
                "ACCESS_TOKEN_EXPIRE_MINUTES",
                "1000",
                "RESENTRY_API_REQUESTS_PER_MINUTE",
                "1000000000");
        try (ChildProcess api = ChildProcess.start(
                QueryApi.NAME,
                directory.resolve("query-api.log"),
                List.of("-Xmx256m", "-XX:+UseSerialGC"),
                List.of(),
                environment,
                "Started")) {
            api.ignoreOutput();
            var servers = new Servers(api, postgres);
            try (ApiReader reader = ApiReader.loggedIn(port, PASSWORD)) {
                List<QueryCase> cases = QueryCase.all(postgres, database).stream()
                        .filter(one -> one.name().startsWith(QueryCase.FLOOR)
                                || one.name().contains(only))
                        .toList();
                Map<QueryCase, ApiReader.Result> alone = ask(reader, cases, 1, servers);
                if (readers > 0) {
                    askBesideWrites(reader, cases, settings(postgres, database), servers);
                }
                printPlans(postgres, database, directory, reader, alone);
            }
            System.out.printf("Query API: %d MB at most with a heap of 256 MB%n", api.peakRssMegabytes());
        }
    }

    /** What an answer costs. */
    private record Servers(ChildProcess api, EmbeddedPostgres postgres) {
        double cpuSeconds() throws IOException {
            double all = api.cpuSeconds();
            for (ProcessHandle process : postgres.process().descendants().toList()) {
                all += ChildProcess.cpuSeconds(process.pid());
            }
            return all;
        }
    }

    private Map<QueryCase, ApiReader.Result> ask(ApiReader reader, List<QueryCase> cases, int crowd, Servers servers)
            throws IOException, InterruptedException {
        System.out.printf(
                "%n%,d events, %d reader%s%n%-36s %8s %8s %8s %8s %8s %8s%n",
                events, crowd, crowd == 1 ? "" : "s", "", "answers", "p50 ms", "p95 ms", "/ floor", "cpu ms", "no 200");
        Map<QueryCase, ApiReader.Result> results = new LinkedHashMap<>();
        if (crowd == 1) {
            for (QueryCase one : cases) {
                reader.ask(one, crowd, warmUp);
            }
        }
        QueryCase lookUp = cases.getFirst();
        for (QueryCase one : cases) {
            // What else the machine does changes from minute to minute.
            double floor = reader.ask(lookUp, crowd, seconds / 6).millis(50);
            double before = servers.cpuSeconds();
            ApiReader.Result result = reader.ask(one, crowd, seconds);
            System.out.printf(
                    "%-36s %8d %8.1f %8.1f %8.1f %8.1f %8d%n",
                    one.name(),
                    result.micros().getTotalCount(),
                    result.millis(50),
                    result.millis(95),
                    result.millis(50) / floor,
                    (servers.cpuSeconds() - before) * 1_000 / result.micros().getTotalCount(),
                    result.refused());
            results.put(one, result);
        }
        System.out.println(
                "cpu: of API and PostgreSQL for an answer; / floor: p50 beside that of the floor just before it");
        return results;
    }

    /** By the steps that processors store batches by, in this process. */
    private void askBesideWrites(ApiReader reader, List<QueryCase> cases, DatabaseSettings database, Servers servers)
            throws IOException, InterruptedException, SQLException {
        try (StoredEvents stored = StoredEvents.start(database, rate)) {
            long start = System.nanoTime();
            ask(reader, cases, readers, servers);
            System.out.printf(
                    "stored beside it: %.0f events/s of %d wanted%n",
                    stored.stored() / ((System.nanoTime() - start) / 1e9), rate);
        }
    }

    private void printPlans(
            EmbeddedPostgres postgres,
            String database,
            Path directory,
            ApiReader reader,
            Map<QueryCase, ApiReader.Result> alone)
            throws SQLException, IOException, InterruptedException {
        if (plans == 0) {
            return;
        }
        Comparator<Map.Entry<QueryCase, ApiReader.Result>> slowest =
                Comparator.comparingDouble(entry -> -entry.getValue().millis(95));
        List<QueryCase> chosen = alone.entrySet().stream()
                .sorted(slowest)
                .limit(plans)
                .map(Map.Entry::getKey)
                .toList();
        var written = new StatementPlans(
                postgres, database, directory.resolve("postgres").resolve("postgres.log"));
        written.begin();
        try {
            for (QueryCase one : chosen) {
                written.print(
                        one.name(), () -> reader.get(one.paths().getFirst()).statusCode());
            }
        } finally {
            written.end();
        }
    }
}
