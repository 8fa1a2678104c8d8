package dev.resentry.query.deadletter;

import dev.resentry.storage.deadletter.DeadLetterDesk;
import dev.resentry.storage.deadletter.DeadLetterQueries;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of dead letters. */
@Configuration(proxyBeanMethods = false)
public class DeadLetterConfiguration {

    @Bean
    DeadLetterController deadLetterController(DeadLetterQueries letters) {
        return new DeadLetterController(letters);
    }

    @Bean
    DeadLetterDecisionController deadLetterDecisionController(DeadLetterQueries letters, DeadLetterDesk desk) {
        return new DeadLetterDecisionController(letters, desk);
    }
}
