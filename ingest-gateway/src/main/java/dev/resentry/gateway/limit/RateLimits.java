package dev.resentry.gateway.limit;

import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.project.ProjectConfig;
import dev.resentry.model.project.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.Set;

public interface RateLimits {
    Decision admit(ProjectConfig project, PublicKey key, Map<DataCategory, Long> quantities);

    record Decision(Set<DataCategory> limited, List<String> active) {
        public String rateLimitsHeader() {
            return String.join(", ", active);
        }

        public long retryAfterSeconds() {
            return 60;
        }
    }
}
