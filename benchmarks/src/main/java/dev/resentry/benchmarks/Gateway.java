package dev.resentry.benchmarks;

import dev.resentry.gateway.GatewayApplication;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/** (c) The gateway as it ships; its settings come from the environment. */
@Command(name = BenchmarkCommand.GATEWAY, hidden = true)
final class Gateway implements Runnable {
    @Override
    public void run() {
        GatewayApplication.main(new String[0]);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
