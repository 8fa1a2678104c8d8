package dev.resentry.query.feedback;

import dev.resentry.query.QuerySettings;
import dev.resentry.query.access.AuditLog;
import dev.resentry.query.envelope.AttachmentFiles;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.storage.attachment.AttachmentQueries;
import dev.resentry.storage.feedback.FeedbackQueries;
import dev.resentry.storage.feedback.FeedbackStore;
import dev.resentry.storage.search.BoundedReads;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of feedback. */
@Configuration(proxyBeanMethods = false)
public class FeedbackConfiguration {

    @Bean
    FeedbackController feedbackController(
            FeedbackQueries queries,
            FeedbackStore store,
            AttachmentQueries attachments,
            AttachmentFiles files,
            IssueSelection issues,
            ProjectSelection projects,
            AuditLog audit,
            BoundedReads reads,
            QuerySettings settings) {
        return new FeedbackController(
                queries,
                new FeedbackChanges(store, projects, audit, InstantSource.system()),
                attachments,
                files,
                issues,
                projects,
                reads,
                settings.searchTimeout());
    }
}
