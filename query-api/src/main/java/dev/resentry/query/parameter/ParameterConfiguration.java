package dev.resentry.query.parameter;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** Puts our reading of parameters in front of Spring's. */
@Configuration(proxyBeanMethods = false)
public class ParameterConfiguration {

    @Bean
    WebMvcRegistrations parametersFirst() {
        return new WebMvcRegistrations() {
            @Override
            public RequestMappingHandlerAdapter getRequestMappingHandlerAdapter() {
                return new OursFirst();
            }
        };
    }

    /** Resolvers that are added the usual way come behind those of Spring. */
    private static final class OursFirst extends RequestMappingHandlerAdapter {
        @Override
        public void afterPropertiesSet() {
            super.afterPropertiesSet();
            List<HandlerMethodArgumentResolver> resolvers = new ArrayList<>();
            resolvers.add(new RequestParameters());
            List<HandlerMethodArgumentResolver> usual = getArgumentResolvers();
            if (usual != null) {
                resolvers.addAll(usual);
            }
            setArgumentResolvers(resolvers);
        }
    }
}
