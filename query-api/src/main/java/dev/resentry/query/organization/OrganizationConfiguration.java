package dev.resentry.query.organization;

import dev.resentry.query.access.AuditLog;
import dev.resentry.storage.audit.AuditStore;
import dev.resentry.storage.organization.OrganizationStore;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The API of the organization. */
@Configuration(proxyBeanMethods = false)
public class OrganizationConfiguration {

    @Bean
    OrganizationController organizationController(OrganizationStore organizations, AuditLog audit) {
        return new OrganizationController(organizations, audit);
    }

    @Bean
    AuditLogController auditLogController(AuditStore store, JsonMapper json) {
        return new AuditLogController(store, json);
    }
}
