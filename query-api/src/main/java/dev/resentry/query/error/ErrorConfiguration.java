package dev.resentry.query.error;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/** The answers to what goes wrong: in a controller of the native dialect, before any controller, and before the web framework. */
@Configuration(proxyBeanMethods = false)
public class ErrorConfiguration {

    @Bean
    NativeErrorAdvice nativeErrorAdvice() {
        return new NativeErrorAdvice();
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
