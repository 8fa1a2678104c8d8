package dev.resentry.benchmarks.query;

import dev.resentry.query.QueryApplication;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** The Query API as it ships; its settings come from the environment. */
@Command(name = QueryApi.NAME, hidden = true)
public final class QueryApi implements Runnable {
    public static final String NAME = "query-api";

    @Override
    public void run() {
        QueryApplication.main(new String[0]);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
