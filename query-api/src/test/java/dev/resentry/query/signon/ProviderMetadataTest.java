package dev.resentry.query.signon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

class ProviderMetadataTest {
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final ClientRegistration ANSWER = ClientRegistration.withRegistrationId("oidc")
            .clientId("resentry")
            .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
            .tokenUri("https://provider.example/token")
            .build();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-28T12:00:00Z"));
    private final AtomicInteger asked = new AtomicInteger();
    private volatile CompletableFuture<ClientRegistration> provider = new CompletableFuture<>();

    private ProviderMetadata metadata(Duration patience) {
        return new ProviderMetadata(
                () -> {
                    asked.incrementAndGet();
                    return provider.join();
                },
                patience,
                PAUSE,
                now::get);
    }

    @Test
    void howeverManyAskTheProviderIsAskedOnce() {
        ProviderMetadata metadata = metadata(Duration.ofMinutes(1));
        var many = IntStream.range(0, 20)
                .mapToObj(_ -> CompletableFuture.supplyAsync(metadata::get))
                .toList();

        assertThat(metadata.isAvailable()).as("as far as is known").isTrue();
        provider.complete(ANSWER);

        assertThat(many).allSatisfy(one -> assertThat(one.join()).isSameAs(ANSWER));
        assertThat(metadata.get()).isSameAs(ANSWER);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aProviderThatHangsIsWaitedForOnceAndKnownWhenItAnswersAtLast() {
        ProviderMetadata metadata = metadata(Duration.ofMillis(1));

        assertThatThrownBy(metadata::get)
                .isInstanceOfSatisfying(
                        SignOnException.class, e -> assertThat(e.fault()).isEqualTo(SignOnFault.UNAVAILABLE));
        assertThat(metadata.isAvailable()).isFalse();
        now.updateAndGet(before -> before.plus(PAUSE));
        assertThatThrownBy(metadata::get).as("at once").hasMessageContaining("did not answer before");
        await("the first look-up is still under way")
                .during(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(asked).hasValue(1));

        provider.complete(ANSWER);

        await().until(metadata::isAvailable);
        assertThat(metadata.get()).isSameAs(ANSWER);
    }

    @Test
    void anErrorIsNotTheLastLookUp() {
        ProviderMetadata metadata = new ProviderMetadata(
                () -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new NoClassDefFoundError("of a look-up");
                    }
                    return ANSWER;
                },
                Duration.ofMinutes(1),
                PAUSE,
                now::get);
        assertThatThrownBy(metadata::get).isInstanceOf(SignOnException.class).hasMessageContaining("of a look-up");

        now.updateAndGet(before -> before.plus(PAUSE));

        // The thread of the first look-up ends by its error.
        await().dontCatchUncaughtExceptions().until(metadata::isAvailable);
        assertThat(metadata.get()).isSameAs(ANSWER);
    }

    @Test
    void theLoginPageLearnsThatAProviderHangsWithoutWaiting() {
        ProviderMetadata metadata = metadata(Duration.ofSeconds(5));
        assertThat(metadata.isAvailable()).isTrue();

        now.updateAndGet(before -> before.plusSeconds(6));

        assertThat(metadata.isAvailable()).isFalse();
    }

    @Test
    void aFailureIsRememberedForAWhile() {
        ProviderMetadata metadata = metadata(Duration.ofMinutes(1));
        provider.completeExceptionally(new SignOnException(SignOnFault.UNAVAILABLE, "refused"));
        assertThatThrownBy(metadata::get).hasMessageContaining("refused");
        provider = CompletableFuture.completedFuture(ANSWER);

        assertThatThrownBy(metadata::get).hasMessageContaining("did not answer before");
        assertThat(asked).hasValue(1);
        now.updateAndGet(before -> before.plus(PAUSE));

        await().until(metadata::isAvailable);
        assertThat(metadata.get()).isSameAs(ANSWER);
    }
}
