package dev.resentry.gateway.spool;

import dev.resentry.model.envelope.RawEnvelope;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Appends as fast as it can, drains slowly, and prints each id once it is kept or sent, until it is killed. */
final class AppendingProcess {
    private AppendingProcess() {}

    public static void main(String[] args) throws Exception {
        EnvelopeSpool spool = SpoolFixture.open(Path.of(args[0]));
        EnvelopeSink outlet = (Map<String, byte[]> headers, byte[] body) -> {
            say("sent " + new SpooledEnvelope(headers, body).id());
            return CompletableFuture.completedFuture(new EnvelopeSink.Sent.Acknowledged());
        };
        if (args.length > 1) {
            SpoolDrain.start(spool, outlet);
        }
        var room = new Semaphore(64);
        for (int i = 0; ; i++) {
            RawEnvelope envelope = SpoolFixture.envelope(i % 5000);
            room.acquire();
            var _ = spool.append(envelope).thenAccept(appended -> {
                if (appended instanceof Appended.Kept) {
                    say("kept " + SpoolFixture.id(envelope));
                }
                room.release();
            });
        }
    }

    /** One line in one write, so that a kill does not have two mingle. */
    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
            System.out.flush();
        }
    }
}
