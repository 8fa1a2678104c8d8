package dev.resentry.service.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mail server without a sender, or with one that is none, is said at the start. */
class MailSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"resentry@example.com", "Resentry <resentry@example.com>", "Fehler & Co. <a.b+c@sub.example.com>"
            })
    void sendersAreAddressesWithOrWithoutAName(String from) {
        assertThat(settings("mail.example.com", from).isSetUp()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "resentry", "Resentry resentry@example.com", "a@b\r\nBcc: c@d", "<a@b> <c@d>"})
    void anotherSenderIsRefusedWithItsSetting(String from) {
        assertThatThrownBy(() -> settings("mail.example.com", from))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("EMAIL_FROM: ");
    }

    @Test
    void withoutAServerNoSenderIsNeeded() {
        assertThat(settings("", "").isSetUp()).isFalse();
    }

    @Test
    void timeoutsAreBounded() {
        assertThatThrownBy(() -> new MailSettings("", 587, "", "", "", true, false, Duration.ofMinutes(5)))
                .hasMessageStartingWith("EMAIL_TIMEOUT: ");
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertThat(new MailSettings("h", 587, "u", "hidden", "a@b.example", true, false, Duration.ofSeconds(1)))
                .asString()
                .doesNotContain("hidden");
    }

    private static MailSettings settings(String host, String from) {
        return new MailSettings(host, 587, "", "", from, true, false, Duration.ofSeconds(10));
    }
}
