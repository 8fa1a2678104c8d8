package dev.resentry.processing.scrub.key;

import dev.resentry.processing.scrub.key.Phrase.Family;
import dev.resentry.processing.scrub.key.Phrase.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What speaks of a secret in every project (ingest protocol, section 8.10). */
final class BuiltInPhrases {
    static final List<Phrase> ALL;

    /** Words that say of a name with {@code auth} or {@code token} that it is about it, not it itself. */
    static final Set<String> ABOUT = Set.of(
            "type",
            "types",
            "method",
            "methods",
            "provider",
            "scheme",
            "url",
            "uri",
            "endpoint",
            "backend",
            "status",
            "mode",
            "expiry",
            "expires",
            "expiration",
            "expired",
            "ttl",
            "length",
            "size",
            "error",
            "errors",
            "enabled",
            "required",
            "valid",
            "index");

    /** Words that say of tokens that they are counted. */
    static final Set<String> COUNTED = Set.of(
            "max",
            "min",
            "total",
            "count",
            "counts",
            "counter",
            "prompt",
            "completion",
            "input",
            "output",
            "usage",
            "used",
            "limit",
            "remaining",
            "cached",
            "cache",
            "reasoning",
            "budget",
            "num",
            "number",
            "per",
            "avg",
            "average",
            "estimated",
            "generated",
            "window",
            "tokens");

    static {
        var phrases = new ArrayList<Phrase>();
        add(phrases, Where.ANYWHERE, Family.PLAIN, """
                password passwd passphrase passcode apikey privatekey secretkey accesskey credential""");
        add(phrases, Where.ENDING, Family.PLAIN, "secret secrets");
        add(phrases, Where.ENDING, Family.TOKEN, "token tokens");
        add(phrases, Where.WORDS, Family.ABOUT, "auth oauth authorization authentication bearer jwt");
        add(phrases, Where.WORDS, Family.PLAIN, """
                pwd mysqlpwd dbpass userpass smtppass mailpass ftppass proxypass \
                otp totp twofactor recoverycode backupcode securitycode cvv cvc ssn socialsecurity \
                csrf xsrf csrfmiddlewaretoken sessionid sessionkey phpsessid jsessionid connectsid sentrysid \
                fasthttpsessionid irissessionid fastcsrf headercookie headersetcookie \
                encryptionkey decryptionkey signingkey sharedkey accountkey authkey sshkey masterkey amzsignature""");
        ALL = List.copyOf(phrases);
    }

    private BuiltInPhrases() {}

    private static void add(List<Phrase> phrases, Where where, Family family, String letters) {
        for (String one : letters.split(" ")) {
            phrases.add(new Phrase(one, where, family));
        }
    }
}
