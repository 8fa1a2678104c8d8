package dev.resentry.benchmarks.query;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Asks the API as its administrator, each reader one question at a time. */
final class ApiReader implements AutoCloseable {
    private static final long MAX_MICROS = 120_000_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String address;
    private final String token;

    private ApiReader(String address, String token) {
        this.address = address;
        this.token = token;
    }

    static ApiReader loggedIn(int port, String password) throws IOException, InterruptedException {
        String address = "http://127.0.0.1:" + port;
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(address + "/api/v1/auth/login"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"email\":\"admin@localhost\",\"password\":\"%s\"}".formatted(password)))
                            .build(),
                    BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("login: %d %s".formatted(answer.statusCode(), answer.body()));
            }
            return new ApiReader(
                    address, answer.body().replaceAll("(?s).*\"access_token\"\\s*:\\s*\"([^\"]+)\".*", "$1"));
        }
    }

    /**
     * What was measured.
     *
     * @param micros how long answers took
     * @param refused how many were no 200
     */
    record Result(Histogram micros, long refused) {
        double millis(double percentile) {
            return micros.getValueAtPercentile(percentile) / 1e3;
        }
    }

    /** Has some readers ask for a time: a single one at least once for each path, each of many at least once. */
    Result ask(QueryCase question, int readers, double seconds) throws InterruptedException, IOException {
        var micros = new ConcurrentHistogram(MAX_MICROS, 3);
        long end = System.nanoTime() + (long) (seconds * 1e9);
        int least = readers == 1 ? question.paths().size() : 1;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> all = IntStream.range(0, readers)
                    .mapToObj(reader -> threads.submit(() -> ask(question, reader, least, end, micros)))
                    .toList();
            long refused = 0;
            for (Future<Long> one : all) {
                refused += one.get();
            }
            return new Result(micros, refused);
        } catch (ExecutionException e) {
            throw new IOException("the API could not be asked", e.getCause());
        }
    }

    private long ask(QueryCase question, int reader, int least, long end, Histogram micros)
            throws IOException, InterruptedException {
        long refused = 0;
        int paths = question.paths().size();
        for (int i = 0; i < least || System.nanoTime() < end; i++) {
            String path = question.paths().get((reader + i) % paths);
            long start = System.nanoTime();
            int status = get(path).statusCode();
            micros.recordValue(Math.min(MAX_MICROS, (System.nanoTime() - start) / 1_000));
            refused += status == 200 ? 0 : 1;
        }
        return refused;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(address + path))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.close();
    }
}
