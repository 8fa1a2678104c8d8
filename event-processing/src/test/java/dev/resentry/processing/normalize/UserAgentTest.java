package dev.resentry.processing.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserAgentTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 | Chrome 131.0.0 | Windows 10 | -",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0.2903.51 | Edge 131.0.2903 | Windows 10 | -",
                "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko | IE 11.0 | Windows 7 | -",
                "Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.3; Trident/5.0) | IE 9.0 | Windows 8.1 | -",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15 | Safari 18.1 | Mac OS X 10.15.7 | Mac",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:133.0) Gecko/20100101 Firefox/133.0 | Firefox 133.0 | Mac OS X 10.15 | Mac",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1.1 Mobile/15E148 Safari/604.1 | Mobile Safari 18.1.1 | iOS 18.1.1 | iPhone",
                "Mozilla/5.0 (iPad; CPU OS 17_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1 | Chrome Mobile iOS 131.0.6778 | iOS 17.7 | iPad",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/133.0 Mobile/15E148 Safari/605.1.15 | Firefox iOS 133.0 | iOS 18.1 | iPhone",
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36 | Chrome Mobile 131.0.0 | Android 10 | -",
                "Mozilla/5.0 (Linux; Android 14; SM-S921B Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/131.0.6778.81 Mobile Safari/537.36 | Chrome Mobile WebView 131.0.6778 | Android 14 | SM-S921B",
                "Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36 | Samsung Internet 27.0 | Android 14 | SAMSUNG SM-S921B",
                "Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0 | Firefox Mobile 133.0 | Android 14 | -",
                "Mozilla/5.0 (Linux; U; Android 4.0.3; en-us; GT-I9100 Build/IML74K) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30 | Android 4.0 | Android 4.0.3 | GT-I9100",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 OPR/115.0.0.0 | Opera 115.0.0 | Linux | -",
                "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0 | Firefox 133.0 | Ubuntu | -",
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 | Chrome 131.0.0 | Chrome OS 14541.0.0 | -",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/131.0.0.0 Safari/537.36 | HeadlessChrome 131.0.0 | Linux | -",
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html) | Googlebot 2.1 | - | -",
                "curl/8.5.0 | curl 8.5.0 | - | -",
                "something else | - | - | -"
            })
    void tellsBrowserSystemAndDevice(String text, String browser, String system, String device) {
        UserAgent agent = UserAgent.parse(text);

        assertThat(shown(agent.browser())).isEqualTo(browser);
        assertThat(shown(agent.system())).isEqualTo(system);
        assertThat(agent.device() == null ? null : agent.device().family()).isEqualTo(device);
    }

    @Test
    void looksAtNoMoreThanTheBeginningOfALongOne() {
        UserAgent agent = UserAgent.parse("Android".repeat(100_000) + " Chrome/1");

        assertThat(agent.browser()).isNull();
    }

    private static String shown(UserAgent.Product product) {
        return product == null ? null : (product.name() + " " + product.version()).strip();
    }
}
