package dev.resentry.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.gateway.limit.RateLimits;
import dev.resentry.gateway.outcome.OutcomeReporter;
import dev.resentry.gateway.project.ProjectRequests;
import dev.resentry.gateway.publish.EnvelopePublisher;
import dev.resentry.model.envelope.Endpoint;
import dev.resentry.model.envelope.RawEnvelope;
import dev.resentry.model.wire.EnvelopeRecord;
import dev.resentry.testsupport.size.TestSize;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Random requests: each is answered, never with a 5xx, and exactly the accepted ones are kept. */
class RequestAdmissionFuzzTest {
    private static final int BATCHES = TestSize.of(2, 98);
    private static final int BATCH = 10_000;

    /** What came out of some requests, to see that they got anywhere. */
    private record Reached(Set<Integer> statuses, Set<Endpoint> kept, int accepted) {
        static Reached nothing() {
            return new Reached(new TreeSet<>(), EnumSet.noneOf(Endpoint.class), 0);
        }

        Reached and(Reached other) {
            Set<Integer> allStatuses = new TreeSet<>(statuses);
            allStatuses.addAll(other.statuses);
            Set<Endpoint> allKept = EnumSet.copyOf(kept);
            allKept.addAll(other.kept);
            return new Reached(allStatuses, allKept, accepted + other.accepted);
        }
    }

    @Test
    void anyRequestGetsADefinedResponse() {
        Reached reached = IntStream.range(0, BATCHES)
                .parallel()
                .mapToObj(RequestAdmissionFuzzTest::batch)
                .reduce(Reached::and)
                .orElseGet(Reached::nothing);

        assertThat(reached.statuses()).contains(200, 201, 202, 400, 401, 403, 404, 405, 415, 422);
        // No request is an import: only the API makes them.
        assertThat(reached.kept()).isEqualTo(EnumSet.complementOf(EnumSet.of(Endpoint.IMPORT)));
        assertThat(reached.accepted()).isGreaterThan(BATCHES * BATCH / 10);
    }

    private static Reached batch(int seed) {
        var mutations = new Mutations(seed, true);
        var admission = new InMemoryGateway();
        Set<Integer> statuses = new TreeSet<>();
        Set<Endpoint> endpoints = EnumSet.noneOf(Endpoint.class);
        int accepted = 0;
        for (int i = 0; i < BATCH; i++) {
            FuzzedRequest request = mutations.next();
            try {
                IngestResponse response = admission.response(request);
                if (response != null) {
                    statuses.add(response.status());
                    if (!admission.kept.isEmpty()) {
                        endpoints.add(admission.kept.getFirst().receipt().endpoint());
                        accepted++;
                    }
                }
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("batch %d, request %d: %s".formatted(seed, i, request), e);
            }
        }
        return new Reached(statuses, endpoints, accepted);
    }

    /** A door without a network in front of it, and what went through it last. */
    private static final class InMemoryGateway {
        private final List<RawEnvelope> kept = new ArrayList<>();
        private final RequestAdmission admission;

        InMemoryGateway() {
            var projects = new ConformanceProjects();
            EnvelopePublisher publisher = envelope -> {
                kept.add(envelope);
                return CompletableFuture.completedFuture(new EnvelopePublisher.Publication.Kept());
            };
            RateLimits limits = RateLimits.NONE;
            OutcomeReporter outcomes = (_, _, _, _, _) -> {};
            var sdkRequests = new SdkRequestHandler(publisher, limits, outcomes, Runnable::run, Clock.systemUTC());
            var reports = new ReportHandler(projects, ProjectRequests.NONE, sdkRequests, Runnable::run);
            admission = new RequestAdmission(projects, sdkRequests, reports, 100_000);
        }

        /** What a request is answered, checked; null if it is for somebody else. */
        IngestResponse response(FuzzedRequest request) {
            kept.clear();
            return switch (admission.open(request)) {
                case AdmissionResult.NotIngest _ -> null;
                case AdmissionResult.Responded(String _, IngestResponse response) -> {
                    boolean isScript = isDialog(request) && response.status() == 200;
                    boolean isRead = request.method().equals("OPTIONS") || isScript;
                    assertThat(response.status()).isBetween(isRead ? 200 : 400, isRead ? 200 : 499);
                    assertThat(kept).isEmpty();
                    yield checked(response);
                }
                case AdmissionResult.Receiving receiving -> {
                    byte[] body = request.body().clone();
                    IngestResponse response = receiving.handler().accept(body).join();
                    assertThat(response.status()).isBetween(200, 499);
                    assertThat(kept).hasSize(response.status() < 300 ? 1 : 0);
                    if (!kept.isEmpty()) {
                        assertKept(request, kept.getFirst());
                    }
                    yield checked(response);
                }
            };
        }

        /** Whether it may be for the script of the dialog. */
        private static boolean isDialog(FuzzedRequest request) {
            return !request.method().equals("POST") && request.target().contains("error-page");
        }

        private static void assertKept(FuzzedRequest request, RawEnvelope envelope) {
            boolean own = switch (envelope.receipt().endpoint()) {
                case STORE -> request.method().equals("POST");
                case CRON -> envelope.body().length > 0;
                default -> true;
            };
            if (own) {
                assertThat(envelope.body()).isEqualTo(request.body());
            }
            assertThat(envelope.receipt().limited()).isEmpty();
            assertReadable(envelope);
        }

        /** What is accepted must be what the processor reads, months later. */
        private static void assertReadable(RawEnvelope envelope) {
            Map<String, byte[]> headers = EnvelopeRecord.headers(envelope.receipt());
            assertThat(EnvelopeRecord.read(headers::get, envelope.body()))
                    .isInstanceOfSatisfying(EnvelopeRecord.Received.class, received -> {
                        Map<String, byte[]> again =
                                EnvelopeRecord.headers(received.envelope().receipt());
                        assertThat(again.keySet()).isEqualTo(headers.keySet());
                        again.forEach(
                                (name, value) -> assertThat(value).as(name).isEqualTo(headers.get(name)));
                    });
        }

        /** An answer that can be written as it is: a header must not end early, a body must be what it says. */
        private static IngestResponse checked(IngestResponse response) {
            for (String text : response.headers()) {
                assertThat(text.chars().allMatch(c -> c >= ' ' && c <= '~')).isTrue();
            }
            if (IngestResponse.JSON.equals(response.contentType())) {
                assertThat(JsonMapper.shared().readTree(response.body()).isObject())
                        .isTrue();
            }
            return response;
        }
    }
}
