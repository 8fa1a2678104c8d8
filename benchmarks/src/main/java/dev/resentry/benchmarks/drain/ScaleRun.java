package dev.resentry.benchmarks.drain;

import dev.resentry.benchmarks.load.ChildProcess;
import dev.resentry.benchmarks.load.HttpLoad;
import dev.resentry.benchmarks.proc.CpuTimes;
import dev.resentry.benchmarks.proc.MachineTimes;
import dev.resentry.benchmarks.proc.Role;
import dev.resentry.model.project.Dsn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Some gateways and as many processors, each a process, against one broker and one database. All is new for each number. */
final class ScaleRun implements AutoCloseable {
    private static final String EMAIL = "benchmark@example.com";
    private static final String PASSWORD = "only for this benchmark";
    private static final long POLL_MILLIS = 100;

    private final ChildProcess servers;
    private final Servers.Addresses addresses;
    private final ServiceProcess query;
    private final List<ServiceProcess> gateways;
    private final List<ServiceProcess> processors;
    private final Api api;
    private final Path directory;

    /**
     * What a number of processes gave. CPU-seconds are of all of its kind.
     *
     * @param batches time that processors' batches took, by their metrics, added up
     * @param processorThreads what threads of processors used, by what they are for
     * @param waits how many connections did what in the database, on average
     */
    record Measured(
            int processes,
            long count,
            double acceptSeconds,
            double storeSeconds,
            boolean isAllStored,
            double gatewayCpu,
            double processorCpu,
            double apiCpu,
            double brokerCpu,
            double postgresCpu,
            long batchCount,
            double batches,
            Map<Role, Double> processorThreads,
            MachineTimes machine,
            List<Map.Entry<String, Double>> waits) {

        /** Connections that were in a transaction, on average. */
        double connections() {
            return waits.stream().mapToDouble(Map.Entry::getValue).sum();
        }
    }

    private ScaleRun(
            ChildProcess servers,
            Servers.Addresses addresses,
            ServiceProcess query,
            List<ServiceProcess> gateways,
            List<ServiceProcess> processors,
            Api api,
            Path directory) {
        this.servers = servers;
        this.addresses = addresses;
        this.query = query;
        this.gateways = gateways;
        this.processors = processors;
        this.api = api;
        this.directory = directory;
    }

    static ScaleRun start(int processes, int partitions, Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        List<String> lines = new ArrayList<>();
        ChildProcess servers = ChildProcess.start(
                Servers.ROLE,
                directory.resolve("servers.log"),
                List.of("-Xmx1g", "-XX:+UseSerialGC"),
                List.of("--directory", directory.resolve("servers").toString()),
                Map.of(),
                Servers.READY,
                lines::add);
        servers.ignoreOutput();
        Servers.Addresses addresses = Servers.Addresses.parse(lines.getFirst());
        Map<String, String> environment = Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                addresses.bootstrap(),
                "KAFKA_ENVELOPE_PARTITIONS",
                Integer.toString(partitions),
                "DATABASE_URL",
                addresses.databaseUrl(),
                "RESENTRY_ADMIN_EMAIL",
                EMAIL,
                "RESENTRY_ADMIN_PASSWORD",
                PASSWORD,
                "RATE_LIMIT_EVENTS_PER_MINUTE",
                "unlimited",
                "RESENTRY_API_REQUESTS_PER_MINUTE",
                "1000000");
        ServiceProcess query =
                ServiceProcess.start("query-api", "-Xmx256m", environment, directory.resolve("query.log"));
        query.awaitReady();
        List<ServiceProcess> gateways = start("ingest-gateway", processes, environment, directory);
        List<ServiceProcess> processors = start("envelope-processor", processes, environment, directory);
        Api api = Api.login(query.url(), EMAIL, PASSWORD);
        return new ScaleRun(servers, addresses, query, gateways, processors, api, directory);
    }

    private static List<ServiceProcess> start(String module, int count, Map<String, String> environment, Path directory)
            throws IOException, InterruptedException {
        List<ServiceProcess> all = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            String name = module + "-" + number;
            Map<String, String> own = new HashMap<>(environment);
            own.put("RESENTRY_GATEWAY_NAME", name);
            own.put("RESENTRY_SPOOL_DIR", directory.resolve("spool-" + name).toString());
            all.add(ServiceProcess.start(module, "-Xmx512m", own, directory.resolve(name + ".log")));
        }
        for (ServiceProcess service : all) {
            service.awaitReady();
        }
        return all;
    }

    Measured measure(DrainCase drainCase, int count, int warmUp)
            throws IOException, InterruptedException, SQLException {
        Dsn project = project();
        try (Corpus first = Corpus.make(directory.resolve("requests"), drainCase, warmUp, 1, project)) {
            send(first, drainCase.connections());
            awaitStored();
        }
        try (Corpus corpus = Corpus.make(directory.resolve("requests"), drainCase, count, 2, project);
                var waits = new DatabaseWaits(
                        DriverManager.getConnection(addresses.jdbcUrl(), addresses.user(), addresses.password()))) {
            Balance balance = api.balance();
            Moment before = moment();
            long start = System.nanoTime();
            HttpLoad.Result sent = send(corpus, drainCase.connections());
            awaitStored();
            double seconds = (System.nanoTime() - start) / 1e9;
            Moment after = moment();
            List<Map.Entry<String, Double>> averages = waits.averages();
            CpuTimes.Used servers = after.servers().since(before.servers());
            return new Measured(
                    processors.size(),
                    count,
                    sent.seconds(),
                    seconds,
                    sent.refused() == 0 && api.balance().since(balance).isAllStored(count),
                    after.gateways() - before.gateways(),
                    after.processors() - before.processors(),
                    after.api() - before.api(),
                    servers.jvm(),
                    servers.postgres(),
                    (long) after.since(before, "resentry_processor_batches_seconds_count"),
                    after.since(before, "resentry_processor_batches_seconds_sum"),
                    after.threadsSince(before),
                    after.machine().since(before.machine()),
                    averages);
        }
    }

    /** What all had used up to a moment. */
    private record Moment(
            CpuTimes servers,
            double gateways,
            double processors,
            double api,
            MachineTimes machine,
            Map<Role, Double> threads,
            Map<String, Double> metrics) {
        Map<Role, Double> threadsSince(Moment before) {
            Map<Role, Double> used = new EnumMap<>(Role.class);
            threads.forEach((role, seconds) -> used.put(role, seconds - before.threads.getOrDefault(role, 0.0)));
            return used;
        }

        double since(Moment before, String metric) {
            return metrics.getOrDefault(metric, 0.0) - before.metrics.getOrDefault(metric, 0.0);
        }
    }

    private Moment moment() throws IOException, InterruptedException {
        Map<String, Double> metrics = new HashMap<>();
        Map<Role, Double> threads = new EnumMap<>(Role.class);
        for (ServiceProcess processor : processors) {
            CpuTimes.ofThreads(processor.pid()).forEach((role, seconds) -> threads.merge(role, seconds, Double::sum));
            processor.metrics().forEach((name, value) -> metrics.merge(name, value, Double::sum));
        }
        return new Moment(
                CpuTimes.of(servers.pid(), addresses.postmaster()),
                cpu(gateways),
                cpu(processors),
                query.cpuSeconds(),
                MachineTimes.now(),
                threads,
                metrics);
    }

    private static double cpu(List<ServiceProcess> services) throws IOException {
        double seconds = 0;
        for (ServiceProcess service : services) {
            seconds += service.cpuSeconds();
        }
        return seconds;
    }

    /** The project that a new installation has; its DSN names the API, and only its key and number count. */
    private Dsn project() throws IOException, InterruptedException {
        String key = api.json("/api/v1/projects/")
                .path(0)
                .path("keys")
                .path(0)
                .path("dsn")
                .asString("");
        return Dsn.parse(key).orElseThrow(() -> new IOException("the product has no project: '%s'".formatted(key)));
    }

    private HttpLoad.Result send(Corpus corpus, int connections) throws IOException {
        List<Integer> ports = gateways.stream().map(ServiceProcess::port).toList();
        try (var load = new HttpLoad(ports, corpus.requests(_ -> {}), connections)) {
            return load.closedLoop((long) corpus.size());
        }
    }

    private void awaitStored() throws IOException, InterruptedException {
        while (!api.balance().isSettled()) {
            Thread.sleep(POLL_MILLIS);
        }
    }

    @Override
    public void close() {
        api.close();
        processors.forEach(ServiceProcess::close);
        gateways.forEach(ServiceProcess::close);
        query.close();
        servers.close();
    }
}
