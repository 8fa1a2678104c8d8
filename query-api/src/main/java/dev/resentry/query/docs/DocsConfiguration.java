package dev.resentry.query.docs;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.resentry.query.access.Actor;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The frame of the OpenAPI document; its routes come from the controllers. */
@Configuration(proxyBeanMethods = false)
public class DocsConfiguration {
    private static final String BEARER = "bearer";

    @Bean
    OpenAPI openApi() {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Actor.class);
        return new OpenAPI()
                .info(new Info()
                        .title("Resentry API")
                        .version("1")
                        .description("Log in at /api/v1/auth/login and send the token as Authorization: Bearer.")
                        .license(new License().name("Apache-2.0")))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT")))
                .addServersItem(new Server().url("/").description("This installation"))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    /** The answers are in snake case, which the generator of the document has to be told in its own Jackson's words. */
    @Bean
    ModelResolver snakeCaseModels() {
        return new ModelResolver(
                Json31.mapper().copy().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE),
                new SchemaNames());
    }

    @Bean
    RecordSchemas recordSchemas() {
        return new RecordSchemas();
    }

    @Bean
    RequestParameters requestParameters() {
        return new RequestParameters();
    }

    @Bean
    AccessOfOperations accessOfOperations() {
        return new AccessOfOperations();
    }

    @Bean
    NamedOperations namedOperations() {
        return new NamedOperations();
    }

    @Bean
    DocumentCompletion documentCompletion(RecordSchemas records) {
        return new DocumentCompletion(records);
    }

    @Bean
    DocsController docsController() {
        return new DocsController();
    }
}
