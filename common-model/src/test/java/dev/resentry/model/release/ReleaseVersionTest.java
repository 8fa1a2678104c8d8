package dev.resentry.model.release;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseVersionTest {
    @Test
    void aVersionHasAPackageNumbersAPreReleaseAndABuild() {
        var version = ReleaseVersion.parse("shop@1.2.3.4-rc.1+45");

        assertThat(version.packageName()).isEqualTo("shop");
        assertThat(version.version()).isEqualTo("1.2.3.4-rc.1+45");
        assertThat(version.semver()).contains(new SemanticVersion(1, 2, 3, 4, "rc.1", "45"));
    }

    @Test
    void aPackageOfNpmMayBeginWithAnAt() {
        assertThat(ReleaseVersion.parse("@acme/shop@1.0.0").packageName()).isEqualTo("@acme/shop");
    }

    @ParameterizedTest
    @CsvSource({
        "shop@7, 7, 0, 0, ",
        "shop@7.1, 7, 1, 0, ",
        "v1.2.3, 1, 2, 3, ",
        "1.2, 1, 2, 0, ",
        "1.2rc1, 1, 2, 0, rc1",
        "1.2.0-b, 1, 2, 0, b",
        "1.2.0b, 1, 2, 0, b",
        "1.2rc-1, 1, 2, 0, rc-1",
    })
    void readsLeniently(String raw, long major, long minor, long patch, String pre) {
        assertThat(ReleaseVersion.parse(raw).semver()).contains(new SemanticVersion(major, minor, patch, 0, pre, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20240131",
                "1234567",
                "3f0c1d2e4b5a69788796a5b4c3d2e1f001234567",
                "nightly",
                "shop@",
                "@shop",
                "shop@nightly",
                "shop@3f0c1d2",
                "1.2.3.4.5",
                "1..2",
                "1.2-",
                "1.2+",
                "1.2 3",
                "1.1234567890123456789",
                ""
            })
    void whatIsNotSemanticIsAVersionAllTheSame(String raw) {
        var version = ReleaseVersion.parse(raw);

        assertThat(version.isSemver()).isFalse();
        assertThat(version.raw()).isEqualTo(raw);
    }

    @ParameterizedTest
    @CsvSource({
        "shop@1.2.3+45, 1.2.3 (45)",
        "shop@1.2.3-rc.1+45.2, 1.2.3-rc.1 (45.2)",
        "shop@1.2.3, 1.2.3",
        "1.2.3, 1.2.3",
        "3f0c1d2e4b5a69788796a5b4c3d2e1f001234567, 3f0c1d2e4b5a",
        "shop@3F0C1D2E4B5A69788796A5B4C3D2E1F001234567, 3F0C1D2E4B5A",
        "shop@nightly+1, nightly+1",
        "nightly, nightly",
    })
    void theShortFormIsForPeople(String raw, String shortForm) {
        assertThat(ReleaseVersion.parse(raw).shortForm()).isEqualTo(shortForm);
    }
}
