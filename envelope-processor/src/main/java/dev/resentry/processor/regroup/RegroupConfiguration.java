package dev.resentry.processor.regroup;

import dev.resentry.storage.regroup.EventGrouping;
import dev.resentry.storage.regroup.RegroupApply;
import dev.resentry.storage.regroup.RegroupPreview;
import dev.resentry.storage.regroup.RegroupUndo;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The handlers of regroups: previews, applying, undoing. */
@Configuration(proxyBeanMethods = false)
public class RegroupConfiguration {
    /** Far above the time within which processors look for changed rules, and have stored what they grouped by the former ones. */
    private static final Duration UNTIL_NOTICED = Duration.ofSeconds(10);

    @Bean
    EventGrouping.Source storedEventGrouping() {
        return StoredEventGrouping::by;
    }

    @Bean
    RegroupPreview regroupPreview(DataSource dataSource, EventGrouping.Source groupings) {
        return new RegroupPreview(dataSource, groupings);
    }

    @Bean
    RegroupApply regroupApply(DataSource dataSource, EventGrouping.Source groupings) {
        return new RegroupApply(dataSource, groupings, UNTIL_NOTICED);
    }

    @Bean
    RegroupUndo regroupUndo(DataSource dataSource, EventGrouping.Source groupings) {
        return new RegroupUndo(dataSource, groupings, UNTIL_NOTICED);
    }
}
