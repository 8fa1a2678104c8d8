package dev.resentry.query.webui;

import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.EncodedResourceResolver;

/** How the pages are served: files that name their content for ever, the page that names the files anew each time. */
@Configuration(proxyBeanMethods = false)
public class WebUiConfiguration {
    private static final Duration FOR_EVER = Duration.ofDays(365);

    @Bean
    WebUi webUi() {
        return WebUi.onClassPath();
    }

    @Bean
    WebUiController webUiController() {
        return new WebUiController();
    }

    @Bean
    WebMvcConfigurer webUiFiles() {
        return new WebMvcConfigurer() {
            @Override
            public void addResourceHandlers(ResourceHandlerRegistry registry) {
                String location = "classpath:/" + WebUi.LOCATION;
                registry.addResourceHandler("/ui/assets/**")
                        .addResourceLocations(location + "assets/")
                        .setCacheControl(
                                CacheControl.maxAge(FOR_EVER).cachePublic().immutable())
                        .setUseLastModified(false)
                        .resourceChain(true)
                        .addResolver(new EncodedResourceResolver());
                registry.addResourceHandler("/ui/**")
                        .addResourceLocations(location)
                        .setCacheControl(CacheControl.noCache())
                        .setUseLastModified(false)
                        .setEtagGenerator(new ContentTag())
                        .resourceChain(true)
                        .addResolver(new EncodedResourceResolver())
                        .addResolver(new PageOrFile());
            }

            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new WebUiHeaders()).addPathPatterns("/ui", "/ui/**");
            }
        };
    }
}
