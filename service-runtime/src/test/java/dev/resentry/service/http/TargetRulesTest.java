package dev.resentry.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which addresses are open to requests that people have us make. */
class TargetRulesTest {
    private static final TargetRules STRICT = new TargetRules(false, List.of());
    private static final TargetRules OPEN = new TargetRules(true, List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.10",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "100.64.0.1",
                "100.127.0.1",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:a00:1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::10.0.0.1",
                "2002:7f00:1::",
                "2002:a00:1::1",
                "fc00::1",
                "fd12:3456::1",
                "2a00::5efe:a00:1"
            })
    void privateAddressesAreClosedUnlessAllowed(String address) throws UnknownHostException {
        assertThat(STRICT.refusal(InetAddress.getByName(address))).isPresent();
        assertThat(OPEN.refusal(InetAddress.getByName(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "169.254.169.254",
                "192.0.0.1",
                "192.0.2.1",
                "198.18.0.1",
                "203.0.113.9",
                "224.0.0.1",
                "239.1.2.3",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "64:ff9b:1::1",
                "100::1",
                "2001:db8::1",
                "2001::7f00:1",
                "::ffff:169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "2002:a9fe:a9fe::1"
            })
    void reservedAddressesAreClosedAlsoWherePrivateOnesAreOpen(String address) throws UnknownHostException {
        assertThat(STRICT.refusal(InetAddress.getByName(address))).isPresent();
        assertThat(OPEN.refusal(InetAddress.getByName(address))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "11.0.0.1",
                "100.63.0.1",
                "100.128.0.1",
                "172.15.0.1",
                "172.32.0.1",
                "192.169.0.1",
                "2606:4700::1111",
                "2a00:1450::1",
                "64:ff9b::808:808",
                "2002:808:808::1"
            })
    void addressesOfTheWorldAreOpen(String address) throws UnknownHostException {
        assertThat(STRICT.refusal(InetAddress.getByName(address))).isEmpty();
    }

    @Test
    void networksThatAreNamedAreOpenWhateverTheyAre() throws UnknownHostException {
        var rules = new TargetRules(false, List.of(Network.parse("10.1.0.0/16"), Network.parse("169.254.1.1")));

        assertThat(rules.refusal(InetAddress.getByName("10.1.255.255"))).isEmpty();
        assertThat(rules.refusal(InetAddress.getByName("169.254.1.1"))).isEmpty();
        assertThat(rules.refusal(InetAddress.getByName("10.2.0.1")))
                .hasValueSatisfying(reason -> assertThat(reason).contains("10.2.0.1", "RESENTRY_ALLOWED_NETWORKS"));
        assertThat(rules.refusal(InetAddress.getByName("169.254.1.2"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "fd00::/129",
                "10.0.0/8",
                "10.0.0.0/x",
                "300.0.0.1"
            })
    void whatIsNoNetworkIsRefusedWithWhatIsExpected(String text) {
        assertThatThrownBy(() -> Network.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("network: ");
    }

    @Test
    void aSettingThatIsNoListOfNetworksNamesTheSetting() {
        assertThat(new TargetSettings(false, "10.0.0.0/8, fd00::/8").rules().allowed())
                .hasSize(2);
        assertThatThrownBy(() -> new TargetSettings(false, "everything"))
                .hasMessageStartingWith("RESENTRY_ALLOWED_NETWORKS: network: 'everything'");
    }
}
