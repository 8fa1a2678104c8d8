package dev.resentry.processor.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.alert.TargetType;
import dev.resentry.storage.delivery.ClaimedDelivery;
import dev.resentry.storage.delivery.DeliveryKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What each kind of receiver gets. */
class WebhookFormsTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_795_000_000);

    @Test
    void ourOwnFormIsWhatItsMakerWroteSignedWithItsTime() {
        WebhookForm.Message message = write(
                TargetType.WEBHOOK, "key", "{\"subject\": \"s\", \"lean\": {\"kind\": \"alert\", \"count\": 11.0}}");

        assertThat(message.body()).isEqualTo("{\"kind\":\"alert\",\"count\":11}");
        assertThat(message.headers())
                .containsEntry("X-Resentry-Timestamp", "1795000000")
                .containsEntry("X-Resentry-Kind", "alert")
                .containsEntry("X-Resentry-Delivery", "7")
                // printf '1795000000.{"kind":"alert","count":11}' | openssl dgst -sha256 -hmac key
                .containsEntry(
                        "X-Resentry-Signature",
                        "sha256=8f4cfe293a4030afb40130bd66d2b2e817291c6a7076d8a11a3439f9633937fd");
    }

    @Test
    void withoutASecretNothingIsSigned() {
        assertThat(write(TargetType.WEBHOOK, null, Deliveries.BROKE).headers())
                .doesNotContainKey("X-Resentry-Signature");
        assertThat(write(TargetType.SENTRY_WEBHOOK, null, Deliveries.BROKE).headers())
                .doesNotContainKey("Sentry-Hook-Signature");
    }

    @Test
    void sentrysFormHasItsEnvelopeAndHeaders() {
        WebhookForm.Message message = write(TargetType.SENTRY_WEBHOOK, "key", """
                {"subject": "s", "sentry": {"resource": "issue", "action": "resolved", "data": {"issue": {"id": "42"}},
                                            "actor": {"type": "user", "id": 3, "name": "Ann"}}}
                """);

        JsonNode body = Deliveries.JSON.readTree(message.body());
        assertThat(body.path("action").asString()).isEqualTo("resolved");
        assertThat(body.path("installation").path("uuid").asString()).isNotBlank();
        assertThat(body.at("/data/issue/id").asString()).isEqualTo("42");
        assertThat(body.at("/actor/name").asString()).isEqualTo("Ann");
        assertThat(message.headers())
                .containsEntry("Sentry-Hook-Resource", "issue")
                .containsEntry("Sentry-Hook-Timestamp", "1795000000");
        assertThat(message.headers().get("Request-ID")).matches("[0-9a-f]{12}4[0-9a-f]{3}8[0-9a-f]{15}");
        assertThat(message.headers().get("Sentry-Hook-Signature")).matches("[0-9a-f]{64}");
    }

    @Test
    void thePluginsFormIsWhatItsMakerWrote() {
        assertThat(write(TargetType.SENTRY_PLUGIN, "key", "{\"plugin\": {\"id\": \"42\"}}")
                        .body())
                .isEqualTo("{\"id\":\"42\"}");
    }

    @ParameterizedTest
    @EnumSource(names = {"SLACK", "MATTERMOST", "DISCORD", "MS_TEAMS"})
    void chatsShowTitleLinkWhatHappenedAndWhatIsKnown(TargetType chat) {
        String body = write(chat, null, Deliveries.BROKE).body();

        assertThat(body)
                .contains(
                        "It broke",
                        "https://errors.example/issues/42/",
                        "Cart.total",
                        "more than 10",
                        "Release",
                        "1.2.3")
                .contains("production");
        assertThat(body).containsAnyOf("#d9480f", String.valueOf(0xd9480f), "Attention");
    }

    @ParameterizedTest
    @EnumSource(names = {"SLACK", "MATTERMOST", "DISCORD", "MS_TEAMS"})
    void hostileTextsCallNobodyAndBreakNothing(TargetType chat) {
        String hostile =
                "{\"subject\": \"<!channel> @everyone @here *|x>\\nSecond: line\", \"text\": \"<@U1> [x](javascript:1)\","
                        + " \"link\": {\"url\": \"https://a.example/?a=b|c>\", \"title\": \"x\"}}";

        JsonNode body = Deliveries.JSON.readTree(write(chat, null, hostile).body());

        switch (chat) {
            case SLACK -> assertThat(body.toString()).doesNotContain("<!channel>", "<@U1>", "b|c>");
            case DISCORD -> {
                assertThat(body.at("/allowed_mentions/parse").isEmpty()).isTrue();
                assertThat(body.toString()).doesNotContain("](");
            }
            default -> assertThat(body.toString()).doesNotContain("@everyone", "@here", "<!channel>", "](");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SLACK", "MATTERMOST", "DISCORD", "MS_TEAMS"})
    void longTextsAreCutToWhatChatsTake(TargetType chat) {
        String longText = "<😀".repeat(40_000);

        String body = write(chat, null, "{\"subject\": \"%1$s\", \"text\": \"%1$s\"}".formatted(longText))
                .body();

        assertThat(body.length()).isLessThan(12_000);
        assertThat(body).doesNotContainPattern("[\\ud800-\\udbff](?![\\udc00-\\udfff])");
    }

    private static WebhookForm.Message write(TargetType type, @Nullable String secret, String content) {
        ClaimedDelivery delivery = Deliveries.claimed(DeliveryKind.ALERT, type, "https://a.example/", secret);
        return WebhookChannel.form(type).write(delivery, Deliveries.content(content), NOW);
    }
}
