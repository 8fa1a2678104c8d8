package dev.resentry.query.signon;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

/**
 * What the provider says of itself: looked up when it is first needed, and kept once it has answered. However many people ask meanwhile, one
 * look-up is under way. The first is waited for, and only so long; once one failed nobody waits, and the next are made behind their backs.
 */
final class ProviderMetadata {
    private final Supplier<ClientRegistration> lookUp;
    private final Duration patience;
    private final Duration pause;
    private final InstantSource clock;
    private volatile @Nullable ClientRegistration known;
    private @Nullable CompletableFuture<ClientRegistration> flight;
    private @Nullable SignOnException failure;
    private Instant begunAt = Instant.EPOCH;
    private Instant failedAt = Instant.EPOCH;

    /**
     * @param lookUp throws {@link SignOnException} where the provider does not answer
     * @param patience how long a look-up is waited for
     * @param pause between two look-ups
     */
    ProviderMetadata(Supplier<ClientRegistration> lookUp, Duration patience, Duration pause, InstantSource clock) {
        this.lookUp = lookUp;
        this.patience = patience;
        this.pause = pause;
        this.clock = clock;
    }

    /**
     * The metadata.
     *
     * @throws SignOnException unavailable, if the provider does not answer, or did not when it was asked last
     */
    ClientRegistration get() {
        ClientRegistration found = known;
        if (found != null) {
            return found;
        }
        try {
            return underWay().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            SignOnException late = late();
            failed(late);
            throw late;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SignOnException failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new SignOnException(SignOnFault.UNAVAILABLE, "interrupted");
        }
    }

    /** Whether the provider answered, or nothing is known to the contrary. Waits for nothing; has it looked up where that is due. */
    boolean isAvailable() {
        if (known != null) {
            return true;
        }
        synchronized (this) {
            beginIfDue();
            return failure == null;
        }
    }

    private synchronized CompletableFuture<ClientRegistration> underWay() {
        ClientRegistration found = known;
        if (found != null) {
            return CompletableFuture.completedFuture(found);
        }
        beginIfDue();
        SignOnException before = failure;
        CompletableFuture<ClientRegistration> begun = flight;
        if (before != null || begun == null) {
            throw new SignOnException(
                    SignOnFault.UNAVAILABLE,
                    "it did not answer before: %s".formatted(before == null ? "?" : before.getMessage()));
        }
        return begun;
    }

    /** Called with the lock held. */
    private void beginIfDue() {
        if (flight != null && failure == null && clock.instant().isAfter(begunAt.plus(patience))) {
            failed(late());
        }
        boolean isTooSoon = failure != null && clock.instant().isBefore(failedAt.plus(pause));
        if (known == null && flight == null && !isTooSoon) {
            CompletableFuture<ClientRegistration> begun = new CompletableFuture<>();
            // It cannot land before the lock is left.
            Thread.ofVirtual().name("oidc-metadata").start(() -> fly(begun));
            flight = begun;
            begunAt = clock.instant();
        }
    }

    /** A provider that answers late is known from then on. Whatever goes wrong ends the look-up, so that there is a next one. */
    private void fly(CompletableFuture<ClientRegistration> begun) {
        try {
            ClientRegistration found = lookUp.get();
            landed(found);
            begun.complete(found);
        } catch (Throwable e) {
            SignOnException why = e instanceof SignOnException said
                    ? said
                    : new SignOnException(SignOnFault.UNAVAILABLE, "no metadata: " + e.getMessage(), e);
            failed(why);
            landed(null);
            begun.completeExceptionally(why);
            if (e instanceof Error error) {
                throw error;
            }
        }
    }

    private synchronized void landed(@Nullable ClientRegistration found) {
        flight = null;
        if (found != null) {
            known = found;
            failure = null;
        }
    }

    private SignOnException late() {
        return new SignOnException(SignOnFault.UNAVAILABLE, "no metadata within %d s".formatted(patience.toSeconds()));
    }

    private synchronized void failed(SignOnException e) {
        failure = e;
        failedAt = clock.instant();
    }
}
