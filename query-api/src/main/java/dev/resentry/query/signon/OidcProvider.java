package dev.resentry.query.signon;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jose.jws.JwsAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/**
 * The provider, by Spring Security's client: the code flow with PKCE, state and nonce. What the provider says of itself is asked for when
 * it is first needed, so that Resentry starts without it, and again until it has answered once ({@link ProviderMetadata}).
 */
final class OidcProvider {
    private static final String REGISTRATION = "oidc";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Of who follows the link of the login page before the provider has answered. */
    private static final Duration METADATA_PATIENCE = Duration.ofSeconds(5);

    /** Until a provider that did not answer is asked again. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final OidcSettings settings;
    private final URI callback;
    private final DefaultOAuth2AuthorizationRequestResolver requests;
    private final OidcAuthorizationCodeAuthenticationProvider tokens;
    private final ProviderMetadata metadata;

    /** @param callback where the provider sends browsers back to */
    OidcProvider(OidcSettings settings, URI callback, InstantSource clock) {
        this.settings = settings;
        this.callback = callback;
        this.metadata = new ProviderMetadata(this::lookUp, METADATA_PATIENCE, PAUSE, clock);
        this.requests = new DefaultOAuth2AuthorizationRequestResolver(_ -> registration(), "/");
        requests.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
        this.tokens = new OidcAuthorizationCodeAuthenticationProvider(tokenClient(), userService());
        var decoders = new OidcIdTokenDecoderFactory();
        decoders.setJwsAlgorithmResolver(OidcProvider::signedBy);
        tokens.setJwtDecoderFactory(decoders);
    }

    private static RestClientAuthorizationCodeTokenResponseClient tokenClient() {
        var client = new RestClientAuthorizationCodeTokenResponseClient();
        client.setRestClient(RestClient.builder()
                .requestFactory(bounded())
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        return client;
    }

    private static OidcUserService userService() {
        var rest = new RestTemplate(bounded());
        rest.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        var users = new DefaultOAuth2UserService();
        users.setRestOperations(rest);
        var service = new OidcUserService();
        service.setOauth2UserService(users);
        return service;
    }

    /** Spring's own would wait for ever; those for metadata and keys do not. */
    private static ClientHttpRequestFactory bounded() {
        var requests = new SimpleClientHttpRequestFactory();
        requests.setConnectTimeout(PATIENCE);
        requests.setReadTimeout(PATIENCE);
        return requests;
    }

    /** Whether the provider answers, as far as is known; waits for nothing. */
    boolean isAvailable() {
        return metadata.isAvailable();
    }

    /** Where a browser has to go, with what has to be known when it comes back. */
    OAuth2AuthorizationRequest begin(HttpServletRequest request) {
        OAuth2AuthorizationRequest begun = requests.resolve(request, REGISTRATION);
        if (begun == null) {
            throw new IllegalStateException("the resolver knows its one registration");
        }
        return begun;
    }

    /** Who the provider says has come back; what it says is checked, but the state, which the caller has compared. */
    OidcUser finish(SignOnAttempt attempt, String code) {
        ClientRegistration registration = registration();
        Map<String, Object> attributes = new HashMap<>();
        attributes.put(OAuth2ParameterNames.REGISTRATION_ID, REGISTRATION);
        attributes.put(OidcParameterNames.NONCE, attempt.nonce());
        attributes.put(PkceParameterNames.CODE_VERIFIER, attempt.verifier());
        OAuth2AuthorizationRequest request = OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(
                        String.valueOf(registration.getProviderDetails().getAuthorizationUri()))
                .clientId(registration.getClientId())
                .redirectUri(callback.toString())
                .scopes(registration.getScopes())
                .state(attempt.state())
                .attributes(all -> all.putAll(attributes))
                .build();
        OAuth2AuthorizationResponse response = OAuth2AuthorizationResponse.success(code)
                .redirectUri(callback.toString())
                .state(attempt.state())
                .build();
        try {
            var login = new OAuth2LoginAuthenticationToken(
                    registration, new OAuth2AuthorizationExchange(request, response));
            if (tokens.authenticate(login) instanceof OAuth2LoginAuthenticationToken done
                    && done.getPrincipal() instanceof OidcUser user) {
                return user;
            }
            throw new SignOnException(SignOnFault.INVALID, "the provider's answer is of no user");
        } catch (OAuth2AuthenticationException e) {
            SignOnFault fault = isOfConnection(e) ? SignOnFault.UNAVAILABLE : SignOnFault.INVALID;
            throw new SignOnException(fault, "%s: %s".formatted(e.getError().getErrorCode(), e.getMessage()), e);
        } catch (AuthenticationException e) {
            throw new SignOnException(SignOnFault.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean isOfConnection(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(ResourceAccessException.class::isInstance);
    }

    /** Where the session that the provider keeps is ended; empty if it has no such page. */
    Optional<URI> endOfSession() {
        return registration().getProviderDetails().getConfigurationMetadata().get("end_session_endpoint")
                        instanceof String address
                ? Optional.of(URI.create(address))
                : Optional.empty();
    }

    private ClientRegistration registration() {
        return metadata.get();
    }

    private ClientRegistration lookUp() {
        try {
            ClientRegistration.Builder builder = ClientRegistrations.fromIssuerLocation(settings.issuer())
                    .registrationId(REGISTRATION)
                    .clientId(settings.clientId())
                    .redirectUri(callback.toString())
                    .scope(new LinkedHashSet<>(settings.scopes()));
            return settings.clientSecret().isBlank()
                    ? builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                            .build()
                    : builder.clientSecret(settings.clientSecret()).build();
        } catch (IllegalArgumentException | IllegalStateException | RestClientException e) {
            throw new SignOnException(
                    SignOnFault.UNAVAILABLE, "no metadata from %s: %s".formatted(settings.issuer(), e.getMessage()), e);
        }
    }

    /** RS256, which every provider must know, unless it says that it knows only others. */
    private static JwsAlgorithm signedBy(ClientRegistration registration) {
        Object named = registration
                .getProviderDetails()
                .getConfigurationMetadata()
                .get("id_token_signing_alg_values_supported");
        if (!(named instanceof Collection<?> names) || names.contains(SignatureAlgorithm.RS256.getName())) {
            return SignatureAlgorithm.RS256;
        }
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            if (names.contains(algorithm.getName())) {
                return algorithm;
            }
        }
        return SignatureAlgorithm.RS256;
    }
}
