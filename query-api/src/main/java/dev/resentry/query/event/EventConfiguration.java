package dev.resentry.query.event;

import dev.resentry.storage.attachment.AttachmentQueries;
import dev.resentry.storage.event.EventQueries;
import dev.resentry.storage.issue.IssueQueries;
import dev.resentry.storage.project.ProjectStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of events. */
@Configuration(proxyBeanMethods = false)
public class EventConfiguration {

    @Bean
    EventController eventController(
            EventQueries events, AttachmentQueries attachments, IssueQueries issues, ProjectStore projects) {
        return new EventController(events, attachments, issues, projects);
    }
}
