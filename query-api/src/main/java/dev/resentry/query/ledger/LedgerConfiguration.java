package dev.resentry.query.ledger;

import dev.resentry.query.access.ProjectAccess;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.service.kafka.TopicOffsets;
import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.storage.envelope.EnvelopeQueries;
import dev.resentry.storage.ledger.LedgerList;
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
    LedgerController ledgerController(LedgerQueries ledger, LedgerLookup lookup, ProjectAccess access) {
        return new LedgerController(ledger, lookup, access, InstantSource.system());
    }

    @Bean
    LedgerLookup ledgerLookup(
            LedgerQueries ledger,
            EnvelopeQueries envelopes,
            @Qualifier("ledgerOffsets") TopicOffsets ledgerOffsets,
            KafkaSettings kafka,
            ProjectAccess access) {
        return new LedgerLookup(ledger, envelopes, ledgerOffsets, kafka, access, InstantSource.system());
    }

    @Bean
    LedgerListController ledgerListController(LedgerList ledger, ProjectSelection projects) {
        return new LedgerListController(ledger, projects);
    }
}
