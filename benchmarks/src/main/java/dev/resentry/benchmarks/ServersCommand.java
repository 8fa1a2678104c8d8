package dev.resentry.benchmarks;

import dev.resentry.benchmarks.BareHttp.Server;
import dev.resentry.benchmarks.load.ChildProcess;
import dev.resentry.benchmarks.load.HttpLoad;
import dev.resentry.embedded.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures HTTP servers that the gateway could stand on, each alone, in turn. */
@Command(
        name = "servers",
        mixinStandardHelpOptions = true,
        description = "Measures HTTP servers that the gateway could stand on, side by side.")
final class ServersCommand implements Callable<Integer> {
    private static final int MAX_WARM_UPS = 10;
    private static final double STILL_FALLING = 0.9;

    @Option(names = "--connections", defaultValue = "256", description = "Default: 256")
    private int connections;

    @Option(names = "--size", defaultValue = "3000", description = "Bytes of a body; default: 3000")
    private int size;

    @Option(names = "--seconds", defaultValue = "4", description = "Of each measurement; default: 4")
    private double seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "Of all after each other; medians count; default: 3")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "10",
            description = "Seconds for each before, again while its CPU for an answer falls; default: 10")
    private double warmUp;

    /** A server that runs, and what was measured of it. */
    private record Contestant(
            Server server, ChildProcess process, int port, List<Double> rates, List<Double> cpu, List<Double> p99) {

        static Contestant start(Server server, Path directory) throws IOException {
            int port = FreePort.find();
            var process = ChildProcess.start(
                    "bare-http",
                    directory.resolve(server.name() + ".log"),
                    BenchmarkCommand.SERVICE_OPTIONS,
                    List.of("--port", "" + port, "--server", server.name()),
                    Map.of(),
                    "ready");
            process.ignoreOutput();
            return new Contestant(server, process, port, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        double rate() {
            return BenchmarkCommand.median(rates);
        }
    }

    private record Measured(HttpLoad.Result result, double cpuSecondsPer10k) {
        static Measured of(Contestant contestant, HttpLoad load, double seconds) throws IOException {
            double before = contestant.process().cpuSeconds();
            HttpLoad.Result result = load.closedLoop(seconds);
            double used = contestant.process().cpuSeconds() - before;
            return new Measured(result, used * 10_000 / result.answers());
        }
    }

    @Override
    public Integer call() throws IOException {
        Path directory = Files.createTempDirectory("resentry-benchmark");
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (Server server : Server.values()) {
                contestants.add(Contestant.start(server, directory));
            }
            measure(contestants);
            return 0;
        } finally {
            contestants.forEach(contestant -> contestant.process().close());
            BenchmarkCommand.delete(directory);
        }
    }

    private void measure(List<Contestant> contestants) throws IOException {
        Payload payload = Payload.of(size, false);
        for (Contestant contestant : contestants) {
            warmUp(contestant, payload);
        }
        for (int round = 0; round < rounds; round++) {
            for (Contestant contestant : contestants) {
                try (var load = load(contestant, payload)) {
                    Measured measured = Measured.of(contestant, load, seconds);
                    contestant.rates().add(measured.result().perSecond());
                    contestant.cpu().add(measured.cpuSecondsPer10k());
                    contestant.p99().add(measured.result().millis(99));
                }
            }
        }
        System.out.printf("%-26s %9s %8s %9s %8s %8s%n", "server", "HTTP/s", "ratio", "cpu-s/10k", "p99 ms", "RSS MB");
        for (Contestant contestant : contestants) {
            System.out.printf(
                    "%-26s %9.0f %8.2f %9.2f %8.2f %8d%n",
                    contestant.server(),
                    contestant.rate(),
                    contestant.rate() / contestants.getFirst().rate(),
                    BenchmarkCommand.median(contestant.cpu()),
                    BenchmarkCommand.median(contestant.p99()),
                    contestant.process().peakRssMegabytes());
        }
        System.out.printf(
                "%d connections, bodies of %d bytes; each in turn, %d rounds of %.0f s, medians; ratio: to the first%n",
                connections, size, rounds, seconds);
    }

    /** A server with much code is compiled for a minute on a machine without cores to spare. */
    private void warmUp(Contestant contestant, Payload payload) throws IOException {
        try (var load = load(contestant, payload)) {
            double before = Double.MAX_VALUE;
            for (int i = 0; i < MAX_WARM_UPS; i++) {
                double cpu = Measured.of(contestant, load, warmUp).cpuSecondsPer10k();
                if (cpu > before * STILL_FALLING) {
                    return;
                }
                before = cpu;
            }
        }
    }

    private HttpLoad load(Contestant contestant, Payload payload) throws IOException {
        return new HttpLoad(contestant.port(), payload.request(contestant.port()), connections);
    }
}
