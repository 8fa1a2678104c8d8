package dev.resentry.gateway.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.gateway.publish.EnvelopePublisher;
import dev.resentry.model.envelope.RawEnvelope;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** A gateway with the conformance projects, and the envelopes that it keeps. */
final class IngestScene implements EnvelopePublisher, AutoCloseable {
    static final int MAX_BODY = 100_000;

    private final ConformanceProjects projects = new ConformanceProjects();
    private final BlockingQueue<RawEnvelope> kept = new LinkedBlockingQueue<>();
    private final GatewayUnderTest gateway = GatewayUnderTest.with(projects, this, MAX_BODY);
    private volatile CompletableFuture<Publication> outcome = CompletableFuture.completedFuture(new Publication.Kept());

    @Override
    public CompletableFuture<Publication> publish(RawEnvelope envelope) {
        CompletableFuture<Publication> response = outcome;
        if (!(response.getNow(null) instanceof Publication.Unavailable)) {
            kept.add(envelope);
        }
        return response;
    }

    GatewayUnderTest gateway() {
        return gateway;
    }

    ConformanceProjects projects() {
        return projects;
    }

    void publishingBecomes(Publication publication) {
        outcome = CompletableFuture.completedFuture(publication);
    }

    /** What is published from now on is kept once this completes. */
    void publishingTakes(CompletableFuture<Publication> publication) {
        outcome = publication;
    }

    Wire connect() throws IOException {
        return new Wire(gateway.port());
    }

    /** What was kept next. */
    RawEnvelope nextKept() throws InterruptedException {
        RawEnvelope envelope = kept.poll(5, TimeUnit.SECONDS);
        assertThat(envelope).as("what was kept").isNotNull();
        return envelope;
    }

    /** Begins anew. */
    void forget() {
        kept.clear();
    }

    void assertNothingElseKept() {
        assertThat(kept).as("what else was kept").isEmpty();
    }

    /** The cases as tests, each for itself. */
    Stream<DynamicTest> show(Rule... rules) {
        return Arrays.stream(rules).map(rule -> DynamicTest.dynamicTest(rule.toString(), () -> rule.check(this)));
    }

    @Override
    public void close() {
        gateway.close();
        assertThat(gateway.failures()).as("faults of the gateway's own").isZero();
    }
}
