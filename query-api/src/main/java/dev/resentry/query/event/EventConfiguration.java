package dev.resentry.query.event;

import dev.resentry.query.envelope.AttachmentFiles;
import dev.resentry.query.issue.IssueSelection;
import dev.resentry.query.project.ProjectGroupingRules;
import dev.resentry.query.project.ProjectSelection;
import dev.resentry.query.search.Searches;
import dev.resentry.storage.attachment.AttachmentQueries;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.project.ProjectProcessingStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of events. */
@Configuration(proxyBeanMethods = false)
public class EventConfiguration {

    @Bean
    EventController eventController(
            EventQueries events,
            AttachmentQueries attachments,
            IssueSelection issues,
            ProjectSelection projects,
            Searches searches) {
        return new EventController(events, attachments, issues, projects, searches);
    }

    @Bean
    EventGroupingController eventGroupingController(
            EventQueries events, EventGroupings groupings, ProjectSelection projects) {
        return new EventGroupingController(events, groupings, projects);
    }

    @Bean
    EventGroupings eventGroupings(ProjectProcessingStore processing) {
        return new EventGroupings(new ProjectGroupingRules(processing));
    }

    @Bean
    EventExportController eventExportController(EventQueries events, ProjectSelection projects, Searches searches) {
        return new EventExportController(events, projects, searches);
    }

    @Bean
    EventAttachmentController eventAttachmentController(
            EventQueries events, AttachmentQueries attachments, AttachmentFiles files, ProjectSelection projects) {
        return new EventAttachmentController(events, attachments, files, projects);
    }
}
