package dev.resentry.processing.scrub.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.processing.meta.Remark;
import dev.resentry.processing.scrub.key.SensitiveKeys;
import dev.resentry.testsupport.size.TestSize;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextScanTest {
    /** With which a scan that is not linear does not end in time. */
    private static final int LENGTH = TestSize.of(500_000, 2_000_000);

    private static final SensitiveKeys KEYS = new SensitiveKeys(List.of(), List.of());

    /** A text, and what is left of it. */
    static Stream<Arguments> hits() {
        return """
                // Keys and values
                password=hunter2&user=bob -> password=[Filtered]&user=bob
                a%3D1%26b%3Dx%2526password%253Dhunter2%2526c%253D3 -> a%3D1%26b%3Dx%2526password%253D[Filtered]%2526c%253D3
                {"password":"hunter2","n":1} -> {"password":"[Filtered]","n":1}
                {"a":"{\\"password\\":\\"hun\\\\\\"ter2\\",\\"x\\":1}"} -> {"a":"{\\"password\\":\\"[Filtered]\\",\\"x\\":1}"}
                {"otp":123456,"x":2} -> {"otp":"[Filtered]","x":2}
                {"secrets":["a","b"],"x":1} -> {"secrets":"[Filtered]","x":1}
                {"token":"cut off -> {"token":"[Filtered]
                user%5Bpassword%5D=x1&b=2 -> user%5Bpassword%5D=[Filtered]&b=2
                password%3Dhunter2%26user%3Dbob -> password%3D[Filtered]%26user%3Dbob
                {'password': 'hunter2', 'user': 'bob'} -> {'password': '[Filtered]', 'user': 'bob'}
                {:password=>"hunter2", :a=>1} -> {:password=>"[Filtered]", :a=>1}
                User(name=bob, password=hunter2, token=abc123def) -> User(name=bob, password=[Filtered], token=[Filtered])
                Auth:{User:bob Pass:x} done -> Auth:[Filtered] done
                Server=db;Password=p@ss,word;Database=x -> Server=db;Password=[Filtered];Database=x
                WHERE password = 'hunter2' AND token = $1 -> WHERE password = '[Filtered]' AND token = $1
                API_SECRET := "abc" -> API_SECRET := "[Filtered]"
                <wsse:Password>hunter2</wsse:Password> -> <wsse:Password>[Filtered]</wsse:Password>
                run --password hunter2 --user bob -> run --password [Filtered] --user bob
                Cookie: sessionid=abc123; theme=dark; csrftoken=xyz -> Cookie: sessionid=[Filtered]; theme=dark; csrftoken=[Filtered]
                Authorization: Bearer abcdef123456 -> Authorization: Bearer [Filtered]
                authorization: Token 12345abcdef -> authorization: Token [Filtered]
                password: letmein -> password: [Filtered]
                API key: abc123def456 -> API key: [Filtered]
                // Cards
                card 4111 1111 1111 1111 12/26 -> card [card] 12/26
                card=4111+1111+1111+1111&x=1 -> card=[card]&x=1
                4111%201111%201111%201111 -> [card]
                a%204111111111111111 -> a%20[card]
                5500-0055-5555-5559 and 378282246310005 -> [card] and [card]
                3782 822463 10005, 30569309025904 -> [card], [card]
                {"n":4111111111111111,"t":"6011111111111117"} -> {"n":"[card]","t":"[card]"}
                // Accounts
                DE89 3704 0044 0532 0130 00 -> [iban]
                to GB82WEST12345698765432, fr1420041010050500013m02606 -> to [iban], [iban]
                ssn 123-45-6789. -> ssn [ssn].
                // Keys
                a -----BEGIN RSA PRIVATE KEY-----\\nMIIE\\n-----END RSA PRIVATE KEY----- b -> a [key] b
                -----BEGIN OPENSSH PRIVATE KEY-----\\nb3BlbnNzaC1rZ -> [key]
                AKIAIOSFODNN7EXAMPLE -> [key]
                \\nASIAIOSFODNN7EXAMPLE\\n -> \\n[key]\\n
                AIzaSyA1234567890abcdefghijklmnopqrstuv -> [key]
                // Tokens
                eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-def_1 tail -> [token] tail
                Bearer abcdef123456 expired -> Bearer [token] expired
                sent Basic dXNlcjpwYXNz as header -> sent Basic [token] as header
                ghp_0123456789abcdefghijABCDEFGHIJ012345 -> [token]
                github_pat_11ABCDEFG0123456789_abcdefghij -> [token]
                glpat-abcdefghij1234567890 -> [token]
                xoxb-1234567890-abcdef -> [token]
                sk_live_0123456789abcdefAB -> [token]
                sk-proj-abcdef1234567890ABCDEF -> [token]
                npm_0123456789abcdefghijABCDEFGHIJ012345. -> [token].
                sntrys_eyJpYXQiOjE2ODczMzY1NDMuNjk4NTksInVybCI6bnVsbH0=_abc -> [token]
                // Addresses and paths
                https://user:p4ss@example.com/x -> https://user:[Filtered]@example.com/x
                postgres://u:p/ss@host/db -> postgres://u:[Filtered]@host/db
                redis://:secret@redis:6379/0 -> redis://:[Filtered]@redis:6379/0
                u=https%3A%2F%2Fuser%3Apass%40host%2Fx -> u=https%3A%2F%2Fuser%3A[Filtered]%40host%2Fx
                write to jane.doe+x@example.co.uk, please -> write to [email], please
                email%3Djane%40example.com -> email%3D[email]
                /home/alice/app.py and C:\\Users\\John Doe\\AppData -> /home/[user]/app.py and C:\\Users\\[user]\\AppData
                open('/Users/bob') -> open('/Users/[user]')
                """.lines().filter(line -> !line.startsWith("//")).map(line -> {
            int arrow = line.indexOf(" -> ");
            return Arguments.of(line.substring(0, arrow), line.substring(arrow + 4));
        });
    }

    @ParameterizedTest
    @MethodSource("hits")
    void takesOutWhatIsASecret(String text, String left) {
        assertThat(scrubbed(text)).isEqualTo(left);
    }

    @ParameterizedTest
    @MethodSource("hits")
    void findsNothingInWhatItLeft(String text, String left) {
        assertThat(scrubbed(left)).as(text).isEqualTo(left);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "author=bob authority: me passenger=1 compass: north",
                "max_tokens=5 total_tokens: 120 token_count=7 tokenizer=x",
                "{\"usage\":{\"prompt_tokens\":12,\"completion_tokens_details\":{\"reasoning_tokens\":3}}}",
                "Invalid password: must be at least 8 characters",
                "Unexpected token: punc",
                "Unexpected token < in JSON at position 0",
                "password == null || token === undefined",
                "token={token} password=%s secret=${SECRET} pwd=?",
                "Token::new() auth::login",
                "bearer authentication required; Basic authentication",
                "order 4111111111111112 and 1234567890123456",
                "51.50735120000000, 4.111111111111111",
                "550e8400-e29b-41d4-a716-446655440000",
                "41111111-1111-1111-1111-111111111111",
                "da39a3ee5e6b4b0d3255bfef95601890afd80709",
                "DE88370400440532013000 XX89370400440532013000",
                "000-12-3456 666-12-3456 987-65-4321 555-123-4567 1-123-45-6789",
                "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
                "AKIAshort AKIAIOSFODNN7EXAMPLEX",
                "sk-loading-indicator-wrapper-outer",
                "http://localhost:8080/a@b",
                "git@github.com:foo/bar.git",
                "logo@2x.png lodash@4.17.21 user@localhost @decorator",
                "https://site.com/home/alice",
                "a -> b => c",
                "",
                " ",
                "\ufffd\ud83d\udca9 \ud800"
            })
    void leavesAloneWhatOnlyLooksLikeOne(String text) {
        assertThat(scrubbed(text)).isEqualTo(text);
    }

    @Test
    void findsAddressesOfTheNetworkWhereTheyAreWanted() {
        String text =
                "from 203.0.113.9:443, [2001:db8:1:2::3] and ::ffff:203.0.113.9 by Chrome/109.0.5414.120 at 12:34:56 "
                        + "on 127.0.0.1, 10.0.0.0/8, ::1, std::cout, v1.2.3.4 and 1.2.3.4.5";

        assertThat(scrubbed(text, EnumSet.of(SecretKind.IP)))
                .isEqualTo("from [ip]:443, [[ip]] and ::ffff:[ip] by Chrome/109.0.5414.120 at 12:34:56 "
                        + "on 127.0.0.1, 10.0.0.0/8, ::1, std::cout, v1.2.3.4 and 1.2.3.4.5");
    }

    @Test
    void findsIdsWhereTheyAreWanted() {
        assertThat(scrubbed(
                        "550e8400-e29b-41d4-a716-446655440000 at 00:1a:2b:3c:4d:5e",
                        EnumSet.of(SecretKind.UUID, SecretKind.MAC)))
                .isEqualTo("[uuid] at [mac]");
    }

    @ParameterizedTest
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    @ValueSource(
            strings = {
                "@",
                "=",
                "a=",
                ":a",
                "password=",
                "token:",
                "eyJ-",
                "sk-",
                "sk-a1.",
                "://a:",
                "-----BEGIN ",
                "basic+",
                "bearer+",
                "4111 ",
                "DE89",
                "\\\"",
                "{\"token\":",
                "tokens:{",
                "secret:[{\"",
                "%3D",
                "%22token%22%3A",
                "a.b@",
                "/home/",
                "--token ",
                "1.2.3.",
                "::",
                "<password>",
                "\\n",
                "x'",
                "a@b.",
                "Digest "
            })
    void takesTimeInProportionToHostileTexts(String piece) {
        String text = piece.repeat(LENGTH / piece.length());

        assertThat(scrubbed(text, EnumSet.allOf(SecretKind.class))).isNotNull();
    }

    private static String scrubbed(String text) {
        return scrubbed(text, EnumSet.copyOf(SecretKind.DEFAULT));
    }

    private static String scrubbed(String text, EnumSet<SecretKind> kinds) {
        var rewrite = new Rewrite(text);
        rewrite.run((now, parts) -> TextScan.run(
                now,
                SecretKind.bits(kinds),
                false,
                KEYS,
                (kind, start, end, quote) -> parts.replace(
                        start, end, quote + kind.marker() + quote, kind.rule(), Remark.Kind.SUBSTITUTED)));
        return rewrite.text();
    }
}
