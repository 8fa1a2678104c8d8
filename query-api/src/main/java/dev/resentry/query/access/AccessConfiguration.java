package dev.resentry.query.access;

import dev.resentry.storage.audit.AuditStore;
import dev.resentry.storage.team.TeamStore;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Holds operations to what they need, and tells controllers who acts. */
@Configuration(proxyBeanMethods = false)
public class AccessConfiguration {
    /** Health, metrics and the documentation are for anyone; their handlers are not all ours, and say nothing of access. */
    public static final List<String> WITHOUT_RULES = List.of(
            "/health/**",
            "/metrics",
            "/docs/**",
            "/swagger-ui/**",
            "/redoc/**",
            "/webjars/**",
            "/openapi/**",
            "/openapi.json",
            "/openapi.yaml",
            "/error");

    @Bean
    WebMvcConfigurer accessToOperations() {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry interceptors) {
                interceptors.addInterceptor(new AccessRules()).excludePathPatterns(WITHOUT_RULES);
            }

            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new ActorArgument());
            }
        };
    }

    @Bean
    ProjectAccess projectAccess(TeamStore teams) {
        return new ProjectAccess(teams);
    }

    @Bean
    AuditLog auditLog(AuditStore store, PlatformTransactionManager transactions, JsonMapper json) {
        return new AuditLog(store, new TransactionTemplate(transactions), json, InstantSource.system());
    }
}
