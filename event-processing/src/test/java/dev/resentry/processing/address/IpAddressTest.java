package dev.resentry.processing.address;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.44, 192.0.2.44",
        "' 2001:DB8::7 ', 2001:db8::7",
        "::, ::",
        "1::, 1::",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:192.0.2.44, 1:2:3:4:5:6:192.0.2.44",
        "::ffff:192.0.2.44, ::ffff:192.0.2.44",
        "192.000.002.044, 192.000.002.044"
    })
    void anAddressIsWrittenInLowerCaseWithoutBlanks(String given, String normal) {
        assertThat(IpAddress.normal(given)).isEqualTo(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.",
                "1..2.3",
                "1.2.3.4:80",
                "1.2.3.4.",
                "1234.1.1.1",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "12345::",
                "::g",
                "1:2:3:4:5:6:7::8",
                "fe80::1%eth0",
                "[::1]",
                "::1.2.3"
            })
    void anythingElseIsNone(String given) {
        assertThat(IpAddress.normal(given)).isNull();
    }

    @Test
    void nothingIsNone() {
        assertThat(IpAddress.normal(null)).isNull();
    }

    /** In texts such numbers are parts of versions and dates. */
    @Test
    void zerosInFrontOfNumbersAreForFieldsOnly() {
        assertThat(IpAddress.of("192.000.002.044")).isNotNull();
        assertThat(IpAddress.at("192.000.002.044", 0, true)).isNull();
    }

    @Test
    void aNetworkIsTheFirstPartOfAnAddress() {
        assertThat(network("192.0.2.44")).isEqualTo("192.0.2.0");
        assertThat(network("2001:db8:1:2::7")).isEqualTo("2001:db8:1::");
        assertThat(network("::ffff:192.0.2.44")).isEqualTo("::ffff:192.0.2.0");
    }

    private static String network(String address) {
        IpAddress read = IpAddress.of(address);
        assertThat(read).isNotNull();
        return read.network();
    }
}
