package dev.resentry.standalone;

import dev.resentry.service.topic.KafkaSettings;
import dev.resentry.service.topic.TopicProvisioner;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** The topics, for commands that put records on them. */
final class ProvisionedTopics {
    private static final long ANSWER_WITHIN_SECONDS = 20;

    private ProvisionedTopics() {}

    /**
     * The names of the topics that there are.
     *
     * @throws UserFacingException if Kafka does not answer
     */
    static Set<String> names(KafkaSettings kafka) {
        try (Admin admin = Admin.create(kafka.clientProperties("resentry-topics"))) {
            return admin.listTopics().names().get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw new UserFacingException("Kafka at %s does not answer (%s)"
                    .formatted(
                            kafka.bootstrapServers(),
                            e.getCause() == null ? e : e.getCause().getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UserFacingException("interrupted");
        }
    }

    /**
     * Makes those that are missing.
     *
     * @throws UserFacingException if Kafka does not answer
     */
    static void make(KafkaSettings kafka) {
        // Whoever makes them waits for Kafka as long as it takes, which is not for people at a screen.
        names(kafka);
        try (var topics = new TopicProvisioner(kafka)) {
            var _ = topics.awaitProvisioned();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new UserFacingException("interrupted");
        }
    }
}
