package dev.resentry.standalone;

import dev.resentry.model.project.Dsn;
import dev.resentry.standalone.demo.Shipment;
import dev.resentry.standalone.demo.Shipment.Parcel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends to one project the way SDKs do, several envelopes at a time, nearly in order, and waits as long as it is told to. */
final class DemoSender {
    private static final int AT_A_TIME = 8;
    private static final int ATTEMPTS = 20;
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final ApiClient api;
    private final Dsn dsn;

    DemoSender(ApiClient api, Dsn dsn) {
        this.api = api;
        this.dsn = dsn;
    }

    /** Returns how many envelopes were accepted, which is all of them. */
    int send(List<Shipment> shipments) {
        if (shipments.isEmpty()) {
            return 0;
        }
        // The gateways may not have heard of the project yet: one envelope waits for that, not eight.
        int sent = send(shipments.getFirst());
        try (ExecutorService senders = Executors.newFixedThreadPool(AT_A_TIME)) {
            List<Future<Integer>> results = new ArrayList<>();
            shipments.stream().skip(1).forEach(shipment -> results.add(senders.submit(() -> send(shipment))));
            for (Future<Integer> result : results) {
                sent += accepted(result, senders);
            }
        }
        return sent;
    }

    private static int accepted(Future<Integer> result, ExecutorService senders) {
        try {
            return result.get();
        } catch (ExecutionException e) {
            senders.shutdownNow();
            if (e.getCause() instanceof UserFacingException refused) {
                throw refused;
            }
            throw new IllegalStateException("an envelope could not be sent", e.getCause());
        } catch (InterruptedException _) {
            senders.shutdownNow();
            Thread.currentThread().interrupt();
            throw new UserFacingException("interrupted");
        }
    }

    private int send(Shipment shipment) {
        shipment.parcels().forEach(this::send);
        return shipment.parcels().size();
    }

    private void send(Parcel parcel) {
        for (int attempt = 1; ; attempt++) {
            String key = dsn.publicKey().value();
            ApiClient.Answer answer = parcel.gzip()
                    ? api.postGzippedEnvelope(dsn.envelopeEndpoint(), key, parcel.body())
                    : api.postEnvelope(dsn.envelopeEndpoint(), key, parcel.body());
            boolean mayPassLater = answer.status() == 403 || answer.status() == 429 || answer.status() == 503;
            if (answer.status() == 200) {
                return;
            }
            if (!mayPassLater || attempt == ATTEMPTS) {
                throw new UserFacingException("An envelope for project %s was refused with %d: %s"
                        .formatted(dsn.projectId(), answer.status(), answer.json()));
            }
            pause(answer.retryAfter().compareTo(PAUSE) > 0 ? answer.retryAfter() : PAUSE);
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UserFacingException("interrupted");
        }
    }
}
