package dev.resentry.model.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.ItemType.Known;
import dev.resentry.model.outcome.DataCategory;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimitedItemsTest {

    @Test
    void limitsNothingWithoutALimit() {
        LimitedItems limited = LimitedItems.of(Set.of(), List.of(Known.EVENT, Known.ATTACHMENT));

        assertThat(limited.contains(Known.EVENT, false)).isFalse();
        assertThat(limited.contains(Known.ATTACHMENT, false)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT", "TRANSACTION", "SECURITY"})
    void theAttachmentsOfALimitedEventAreLimitedToo(Known type) {
        LimitedItems limited = LimitedItems.of(Set.of(type.category()), List.of(type, Known.ATTACHMENT, Known.SESSION));

        assertThat(limited.contains(type, false)).isTrue();
        assertThat(limited.contains(Known.ATTACHMENT, false)).isTrue();
        assertThat(limited.contains(Known.SESSION, false)).isFalse();
        assertThat(limited.contains(Known.CLIENT_REPORT, false)).isFalse();
    }

    @Test
    void attachmentsStayIfNoEventIsAmongWhatIsLimited() {
        LimitedItems limited =
                LimitedItems.of(Set.of(DataCategory.ERROR), List.of(Known.TRANSACTION, Known.ATTACHMENT));

        assertThat(limited.contains(Known.TRANSACTION, false)).isFalse();
        assertThat(limited.contains(Known.ATTACHMENT, false)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"ATTACHMENT", "ATTACHMENT_ITEM", "ERROR"})
    void theFilesOfANativeCrashAreNeverLimited(DataCategory category) {
        LimitedItems limited = LimitedItems.of(Set.of(category), List.of(Known.EVENT, Known.ATTACHMENT));

        assertThat(limited.contains(Known.ATTACHMENT, false)).isTrue();
        assertThat(limited.contains(Known.ATTACHMENT, true)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"LOG_ITEM", "LOG_BYTE"})
    void logsAreLimitedByTheirNumberAndByTheirBytes(DataCategory category) {
        assertThat(LimitedItems.of(Set.of(category), List.of(Known.LOG)).contains(Known.LOG, false))
                .isTrue();
    }
}
