package dev.resentry.processing.scrub.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SensitiveKeysTest {
    private static final SensitiveKeys KEYS = new SensitiveKeys(List.of(), List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "PASSWORD",
                "userPassword",
                "db_password",
                "userpassword",
                "passwordHash",
                "new-password",
                "DB_PASSWORD_2",
                "passwd",
                "passphrase",
                "pwd",
                "mysql_pwd",
                "MYSQL_PWD",
                "secret",
                "clientSecret",
                "client_secret",
                "clientsecret",
                "api_key",
                "apiKey",
                "APIKey",
                "apikey",
                "api-key",
                "X-Api-Key",
                "auth",
                "Auth",
                "x-auth",
                "authToken",
                "oauth2",
                "OAuth",
                "authorization",
                "Proxy-Authorization",
                "credentials",
                "aws_credentials",
                "privateKey",
                "private_key",
                "PRIVATE-KEY",
                "token",
                "access_token",
                "accesstoken",
                "refreshToken",
                "X-CSRF-Token",
                "bearer",
                "otp",
                "otp_code",
                "two_factor",
                "twoFactorCode",
                "csrf",
                "_csrf",
                "xsrf-token",
                "csrfmiddlewaretoken",
                "sessionid",
                "PHPSESSID",
                "JSESSIONID",
                "user[password]",
                "user%5Bpassword%5D",
                "user.password",
                "http.request.header.cookie",
                "ssn",
                "cvv",
                "jwt",
                "total_secret_tokens_secret"
            })
    void knowsNamesOfSecrets(String name) {
        assertThat(KEYS.verdict(name)).isEqualTo(KeyVerdict.SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "author",
                "authority",
                "authored_by",
                "coauthor",
                "authentic",
                "tokenizer",
                "tokenize",
                "secretary",
                "secretariat",
                "passenger",
                "passport",
                "compass",
                "bypass_word",
                "keyboard",
                "monkey",
                "hotpot",
                "otpick",
                "auth_type",
                "token_type",
                "auth-method",
                "token_url",
                "tokenExpiresIn",
                "pwdless",
                "session",
                "session_count",
                "username",
                "id",
                "",
                "_",
                "状态",
                "💩"
            })
    void knowsNamesThatOnlyLookLikeThem(String name) {
        assertThat(KEYS.verdict(name)).isEqualTo(KeyVerdict.PLAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max_tokens",
                "total_tokens",
                "token_count",
                "tokenCount",
                "prompt_tokens",
                "gen_ai.usage.input_tokens",
                "tokens",
                "tokenLimit",
                "completion_tokens_details"
            })
    void tellsCountsOfTokensFromTokens(String name) {
        assertThat(KEYS.verdict(name)).isEqualTo(KeyVerdict.COUNT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cookie", "Cookie", "Set-Cookie", "cookies", "requestCookies"})
    void knowsCookies(String name) {
        assertThat(KEYS.verdict(name)).isEqualTo(KeyVerdict.COOKIES);
    }

    @Test
    void takesMoreNamesOfAProjectByTheirWords() {
        var keys = new SensitiveKeys(List.of("customer number", "iban"), List.of());

        assertThat(List.of("customerNumber", "old_customer-number", "IBAN", "ibanOfPayer"))
                .allMatch(name -> keys.verdict(name) == KeyVerdict.SECRET);
        assertThat(List.of("customer", "number", "urbane", "libanon"))
                .allMatch(name -> keys.verdict(name) == KeyVerdict.PLAIN);
    }

    @Test
    void leavesSafeNamesOfAProjectAlone() {
        var keys = new SensitiveKeys(List.of("debug"), List.of("debug_token", "Token"));

        assertThat(keys.verdict("Debug_Token")).isEqualTo(KeyVerdict.SAFE);
        assertThat(keys.verdict("token")).isEqualTo(KeyVerdict.SAFE);
        assertThat(keys.verdict("token2")).isEqualTo(KeyVerdict.SECRET);
        assertThat(keys.isListed("debug_token")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sentrysid", "sudo", "su", "session", "__session", "sessionid", "user_session", "symfony", "PHPSESSID",
                "fasthttpsessionid", "mysession", "irissessionid", "_vercel_jwt", "csrf", "xsrf", "_xsrf", "_csrf",
                        "csrf-token",
                "csrf_token", "xsrf-token", "xsrf_token", "fastcsrf", "_iris_csrf", "connect.sid", "ASP.NET_SessionId",
                        ".ASPXAUTH"
            })
    void knowsCookiesThatProveWhoSomebodyIs(String name) {
        assertThat(CookieNames.isSensitive(name)).isTrue();
    }

    @Test
    void leavesOtherCookiesAlone() {
        assertThat(List.of("theme", "lang", "_ga", "sum", "consent")).noneMatch(CookieNames::isSensitive);
    }
}
