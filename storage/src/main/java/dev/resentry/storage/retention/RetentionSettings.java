package dev.resentry.storage.retention;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long things are kept, in days since their arrival.
 *
 * @param days of every kind that has none of its own
 * @param eventsDays of events and what is counted of them
 * @param transactionsDays of transactions and spans
 * @param logsDays of logs
 * @param envelopesDays of raw envelopes, their items, and dead letters; without them nothing can be processed again
 * @param attachmentsDays of attachments
 * @param auditDays of the audit log, which does not depend on the others
 */
@Validated
@ConfigurationProperties("resentry.retention")
public record RetentionSettings(
        @Min(1) @Max(36_500) @DefaultValue("90") int days,
        @Min(1) @Max(36_500) @Nullable Integer eventsDays,
        @Min(1) @Max(36_500) @Nullable Integer transactionsDays,
        @Min(1) @Max(36_500) @Nullable Integer logsDays,
        @Min(1) @Max(36_500) @Nullable Integer envelopesDays,
        @Min(1) @Max(36_500) @Nullable Integer attachmentsDays,
        @Min(1) @Max(36_500) @DefaultValue("365") int auditDays) {

    /** The days of every kind, and of the audit log. */
    public Retention retention() {
        return new Retention(
                Map.of(
                        DataKind.EVENTS, orElseDays(eventsDays),
                        DataKind.TRANSACTIONS, orElseDays(transactionsDays),
                        DataKind.LOGS, orElseDays(logsDays),
                        DataKind.ENVELOPES, orElseDays(envelopesDays),
                        DataKind.ATTACHMENTS, orElseDays(attachmentsDays)),
                auditDays);
    }

    private int orElseDays(@Nullable Integer own) {
        return own == null ? days : own;
    }
}
