package dev.resentry.query.ledger;

import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.storage.envelope.EnvelopeQueries;
import dev.resentry.storage.ledger.LedgerQueries;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of the ledger. */
@Configuration(proxyBeanMethods = false)
public class LedgerConfiguration {

    @Bean
    TopicOffsets ledgerOffsets(KafkaSettings kafka) {
        return new TopicOffsets(kafka, "resentry-ledger");
    }

    @Bean
    LedgerController ledgerController(
            LedgerQueries ledger,
            EnvelopeQueries envelopes,
            @Qualifier("ledgerOffsets") TopicOffsets ledgerOffsets,
            KafkaSettings kafka) {
        return new LedgerController(ledger, envelopes, ledgerOffsets, kafka, InstantSource.system());
    }
}
