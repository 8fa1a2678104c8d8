package dev.resentry.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hops of a forwarding header are trusted (ingest protocol, sections 1.3 and 10). */
class TrustedProxiesTest {
    private static final TrustedProxies USUAL = TrustedProxies.of(List.of("loopback", "private"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.0.9",
                "::1",
                "10.0.0.0",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "fc00::1",
                "fdff::1",
                "::ffff:10.0.0.1"
            })
    void loopbackAndPrivateNetworksAreTrustedUnlessSomethingElseIsSaid(String address) {
        assertThat(USUAL.trust(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.7",
                "11.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.169.0.1",
                "fe80::1",
                "2001:db8::1"
            })
    void nobodyElseIs(String address) {
        assertThat(USUAL.trust(InetAddress.ofLiteral(address))).isFalse();
    }

    @Test
    void aNetworkMatchesByItsPrefix() {
        TrustedProxies proxies = TrustedProxies.of(List.of(" 203.0.113.64/26", "198.51.100.9 ", "2001:db8::/33", ""));

        assertThat(List.of("203.0.113.64", "203.0.113.127", "198.51.100.9", "2001:db8:7fff::1"))
                .allMatch(address -> proxies.trust(InetAddress.ofLiteral(address)));
        assertThat(List.of("203.0.113.63", "203.0.113.128", "198.51.100.8", "2001:db8:8000::1", "127.0.0.1"))
                .noneMatch(address -> proxies.trust(InetAddress.ofLiteral(address)));
        assertThat(TrustedProxies.of(List.of("0.0.0.0/0")).trust(InetAddress.ofLiteral("8.8.8.8")))
                .isTrue();
        assertThat(TrustedProxies.of(List.of()).trust(InetAddress.ofLiteral("127.0.0.1")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy.example", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129", "10.0.0", "10/8", "Private"
            })
    void anInvalidAddressOrNetworkIsRefusedAndNamed(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustedProxies.of(List.of("loopback", entry)))
                .withMessageContaining("'" + entry + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7                         | 203.0.113.7",
                "203.0.113.7, 10.0.0.1               | 203.0.113.7",
                "198.51.100.1, 203.0.113.7, 10.0.0.1 | 203.0.113.7",
                "10.0.0.3, 10.0.0.2                  | 10.0.0.3",
                "203.0.113.7:4711                    | 203.0.113.7",
                "[2001:db8::1]:4711, 10.0.0.1        | 2001:db8::1",
                "2001:db8::1                         | 2001:db8::1",
                "::ffff:10.0.0.9, 10.0.0.1           | ::ffff:10.0.0.9",
                "203.0.113.7, unknown                | 10.9.9.9",
                "203.0.113.7, unknown, 10.0.0.1      | 10.0.0.1",
                "203.0.113.7,                        | 10.9.9.9",
                "<script>                            | 10.9.9.9"
            })
    void theOriginIsTheLastThatATrustedProxySaw(String header, String origin) {
        assertThat(USUAL.origin("10.9.9.9", List.of(header))).isEqualTo(origin);
    }

    @Test
    void aHeaderGivenTwiceIsOneChain() {
        assertThat(USUAL.origin("10.9.9.9", List.of("198.51.100.1", "203.0.113.7, 10.0.0.1")))
                .isEqualTo("203.0.113.7");
    }

    @Test
    void headersFromUntrustedAddressesAreIgnored() {
        var request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
        request.headers().set("X-Forwarded-For", "203.0.113.7");

        assertThat(new NettyIngestRequest(request, "198.51.100.1", null).clientAddress())
                .isEqualTo("198.51.100.1");
        assertThat(new NettyIngestRequest(request, "10.0.0.1", USUAL).clientAddress())
                .isEqualTo("203.0.113.7");
    }
}
