package dev.resentry.benchmarks.drain;

import dev.resentry.benchmarks.load.HttpLoad;
import dev.resentry.benchmarks.proc.CpuTimes;
import dev.resentry.benchmarks.proc.MemoryWatch;
import dev.resentry.model.project.Dsn;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Measures case after case on one running product; what was stored before a case is taken off by differences. */
final class DrainRun {
    private static final long LAG_EVERY_MILLIS = 1_000;
    private static final long STORED_EVERY_MILLIS = 100;

    private final Product product;
    private final BareFloor bare;
    private final Path directory;
    private final Sizes sizes;
    private long seed = System.currentTimeMillis();

    /**
     * How much is measured.
     *
     * @param warmUp envelopes of each case before it is measured
     * @param readableSeconds of the load beside which events are looked for
     * @param restSeconds until memory is looked at for the last time
     * @param floorSeconds of each bare part
     */
    record Sizes(int events, int warmUp, double readableSeconds, double restSeconds, double floorSeconds) {}

    DrainRun(Product product, BareFloor bare, Path directory, Sizes sizes) {
        this.product = product;
        this.bare = bare;
        this.directory = directory;
        this.sizes = sizes;
    }

    Measurement measure(DrainCase drainCase) throws IOException, InterruptedException, SQLException {
        Dsn project = product.project();
        try (Corpus first = corpus(drainCase, sizes.warmUp(), project)) {
            send(first, drainCase.connections());
            awaitStored(new AtomicLong());
        }
        try (Corpus corpus = corpus(drainCase, sizes.events(), project);
                Connection database = product.connect()) {
            return measure(drainCase, corpus, database, project);
        }
    }

    private Measurement measure(DrainCase drainCase, Corpus corpus, Connection database, Dsn project)
            throws IOException, InterruptedException, SQLException {
        List<Long> roots = List.of(product.pid(), product.postmaster());
        Balance balanceBefore = product.api().balance();
        DiskUse diskBefore = DiskUse.of(database);
        long topicBefore = product.topicBytes();
        long firstTransaction = CopyFloor.nextTransaction(database);
        var greatestLag = new AtomicLong();
        try (var memory = MemoryWatch.of(product.pid(), product.postmaster())) {
            CpuTimes cpuBefore = CpuTimes.of(product.pid(), product.postmaster());
            long start = System.nanoTime();
            HttpLoad.Result sent = sendWatched(corpus, drainCase.connections(), greatestLag);
            awaitStored(greatestLag);
            double storeSeconds = (System.nanoTime() - start) / 1e9;
            CpuTimes.Used cpu = CpuTimes.of(product.pid(), product.postmaster()).since(cpuBefore);
            Balance balance = product.api().balance().since(balanceBefore);
            long peak = memory.peak();
            Thread.sleep((long) (sizes.restSeconds() * 1000));
            long last = MemoryWatch.now(roots);
            DiskUse disk = DiskUse.of(database).since(diskBefore);
            long topicBytes = product.topicBytes() - topicBefore;
            Floors floors = floors(drainCase, corpus, database, firstTransaction);
            return new Measurement(
                    drainCase,
                    corpus.size(),
                    corpus.meanPlainBytes(),
                    corpus.meanSentBytes(),
                    sent.seconds(),
                    storeSeconds,
                    sent.refused(),
                    balance,
                    cpu,
                    peak,
                    last,
                    greatestLag.get(),
                    disk,
                    topicBytes,
                    readable(drainCase, corpus.size() / storeSeconds, project),
                    floors);
        }
    }

    private Floors floors(DrainCase drainCase, Corpus corpus, Connection database, long firstTransaction)
            throws IOException, SQLException {
        CopyFloor.Measured copied;
        try (var copy = CopyFloor.export(
                database, directory.resolve("rows"), firstTransaction, CopyFloor.nextTransaction(database))) {
            copied = copy.measure(product);
        }
        double parse = ParseFloor.cpuSeconds(corpus.documents()) * corpus.documentsPerEnvelope();
        BareFloor.Measured bareParts = bare.measure(corpus, drainCase.connections(), sizes.floorSeconds());
        return Floors.of(parse, copied, corpus.size(), bareParts);
    }

    private AckToReadable.Measured readable(DrainCase drainCase, double storedPerSecond, Dsn project)
            throws IOException, InterruptedException {
        double perSecond = storedPerSecond / 2;
        int count = (int) Math.max(1, perSecond * (sizes.readableSeconds() + AckToReadable.WARM_UP_SECONDS));
        try (Corpus corpus = corpus(drainCase, count, project)) {
            // Its end would hand out the first again, and those would be duplicates.
            double seconds = (count - 1) / perSecond;
            AckToReadable.Measured measured =
                    AckToReadable.measure(product, corpus, drainCase.connections(), seconds, perSecond);
            awaitStored(new AtomicLong());
            return measured;
        }
    }

    private Corpus corpus(DrainCase drainCase, int count, Dsn project) throws IOException {
        return Corpus.make(directory.resolve("requests"), drainCase, count, ++seed, project);
    }

    private HttpLoad.Result send(Corpus corpus, int connections) throws IOException {
        try (var load = new HttpLoad(product.port(), corpus.requests(_ -> {}), connections)) {
            return load.closedLoop((long) corpus.size());
        }
    }

    private HttpLoad.Result sendWatched(Corpus corpus, int connections, AtomicLong greatestLag) throws IOException {
        Thread lag = Thread.ofPlatform().daemon().name("lag-watch").start(() -> watchLag(greatestLag));
        try {
            return send(corpus, connections);
        } finally {
            lag.interrupt();
        }
    }

    private void watchLag(AtomicLong greatest) {
        try {
            while (true) {
                Thread.sleep(LAG_EVERY_MILLIS);
                greatest.accumulateAndGet(product.api().balance().inFlight(), Math::max);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("the lag is not known: " + e);
        }
    }

    /** Until all that was accepted has become something. */
    private void awaitStored(AtomicLong greatestLag) throws IOException, InterruptedException {
        while (true) {
            Balance balance = product.api().balance();
            greatestLag.accumulateAndGet(balance.inFlight(), Math::max);
            if (balance.isSettled()) {
                return;
            }
            Thread.sleep(STORED_EVERY_MILLIS);
        }
    }
}
