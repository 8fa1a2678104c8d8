package dev.resentry.query.uptime;

import dev.resentry.query.error.ApiException;
import dev.resentry.service.http.RefusedTargetException;
import dev.resentry.service.http.SafeHttp;
import dev.resentry.service.http.TargetRules;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Says at once what the processors would refuse at each check. They look the name up again, and check what they connect to. */
final class UptimeTargets {
    private final TargetRules rules;

    UptimeTargets(TargetRules rules) {
        this.rules = rules;
    }

    /** @throws ApiException if no check of the URL would be made; of a name that nobody knows that cannot be said */
    void require(String text) {
        try {
            URI url = SafeHttp.url(text);
            Arrays.stream(InetAddress.getAllByName(url.getHost()))
                    .flatMap(address -> rules.refusal(address).stream())
                    .findFirst()
                    .ifPresent(reason -> {
                        throw ApiException.invalid("url", reason);
                    });
        } catch (RefusedTargetException e) {
            throw ApiException.invalid("url", String.valueOf(e.getMessage()));
        } catch (UnknownHostException _) {
            // It may come into being later, and is shown as down until then.
        }
    }
}
