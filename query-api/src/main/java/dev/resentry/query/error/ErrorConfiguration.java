package dev.resentry.query.error;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The answers to what goes wrong: in a controller, before any controller, and before the web framework. */
@Configuration(proxyBeanMethods = false)
public class ErrorConfiguration {

    @Bean
    ControllerErrorAdvice controllerErrorAdvice() {
        return new ControllerErrorAdvice();
    }

    @Bean
    DialectAdvice dialectAdvice() {
        return new DialectAdvice();
    }

    @Bean
    UnmatchedRequestAdvice unmatchedRequestAdvice() {
        return new UnmatchedRequestAdvice();
    }

    @Bean
    BodyLimitFilter bodyLimitFilter(JsonMapper json) {
        return new BodyLimitFilter(json);
    }

    @Bean
    ErrorPageController errorPageController() {
        return new ErrorPageController();
    }
}
