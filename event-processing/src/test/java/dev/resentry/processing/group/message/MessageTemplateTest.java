package dev.resentry.processing.group.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTemplateTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Order 17 failed | Order <num> failed",
                "Order #4711 failed | Order #<num> failed",
                "took 1.5s of 20 | took <num> of <num>",
                "used 95% of 16GB | used <num> of <num>",
                "balance is -3.50 | balance is <num>",
                "1,234,567 rows | <num> rows",
                "1.5e-9 seconds | <num> seconds",
                "user ada@example.com is locked | user <email> is locked",
                "no answer from https://a.example/x?y=1. | no answer from <url>.",
                "cannot open jdbc:postgresql://db/shop | cannot open jdbc:<url>",
                "no route to api.shop.internal:8080 | no route to <host>",
                "connection to localhost:5432 refused | connection to <host> refused",
                "from 10.0.0.1:443 and 192.168.1.77 | from <host> and <host>",
                "peer fe80::1ff:fe23:4567:890a is gone | peer <host> is gone",
                "peer 2001:0db8:85a3:0000:0000:8a2e:0370:7334 is gone | peer <host> is gone",
                "device 00:1A:2b:3c:4D:5e | device <mac>",
                "id 9ec79c33-ec99-42ab-8353-589fcb2e04dc | id <id>",
                "commit 1a2b3c4 | commit <id>",
                "sha 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12 | sha <id>",
                "object 507f1f77bcf86cd799439011 | object <id>",
                "ulid 01ARZ3NDEKTSV4RRFFQ69G5FAV | ulid <id>",
                "customer cus_9s6XKzkNRiz8i3 | customer cus_<id>",
                "job_17 of worker-3 and c-1200-93 | job_<num> of <id> and <id>",
                "at 0xdeadbeef | at <hex>",
                "shop.Cart@1b2c3d4e is gone | shop.Cart@<hex> is gone",
                "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln | token <token>",
                "denied on arn:aws:s3:::bucket/key/1 | denied on <token>",
                "on 2026-11-20T12:00:00Z | on <date>",
                "on 2026-11-20 12:00:00.123 +0200 | on <date>",
                "on 20.11.2026 | on <date>",
                "at 12:30:59 | at <date>",
                "on Fri, 20 Nov 2026 12:00:00 GMT it was | on <date> it was",
                "on Nov 20, 2026 | on <date>",
                "at datetime.datetime(2026, 11, 20, 12, 0) | at <date>",
                "user 'ada' is locked | user <str> is locked",
                "user \"ada\" is locked | user <str> is locked",
                "in (1, 2, 3) | in (<num>)",
                "no such file: '/tmp/a/b.txt' | no such file: <str>",
                "open /tmp/a1b2/cart.json: no such file | open <path>/cart.json: no such file",
                "open C:\\temp\\cart.json failed | open <path>/cart.json failed",
                "GET /users/12/orders failed | GET /users/<num>/orders failed"
            })
    void replacesWhatChanges(String message, String template) {
        assertThat(MessageTemplate.of(message)).isEqualTo(template);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP 404 from the shop",
                "status code 503",
                "Request failed with status code 429",
                "404 Not Found",
                "500: Internal Server Error",
                "HTTP/1.1 502",
                "[Errno 111] Connection refused",
                "(os error 2)",
                "ORA-00942",
                "SQLSTATE[42S02]",
                "E11000 duplicate key",
                "Minified React error #418",
                "exit status 137",
                "it can't be, isn't it",
                "Cart::pay of utf8 and sha256",
                "java.lang.IllegalStateException in shop.Cart.pay",
                "call of console.log(x)",
                "called `Option::unwrap()` on a `None` value",
                "maybe sunday"
            })
    void keepsWhatSaysWhatWentWrong(String message) {
        assertThat(MessageTemplate.of(message)).isEqualTo(message);
    }

    @Test
    void readsTheFirstTwoLinesThatHoldSomething() {
        assertThat(MessageTemplate.of("\n one \n\n\ttwo\nthree")).isEqualTo("one\ntwo");
    }

    /** Texts on which a reader that goes back would take for ever, or run out of the text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "\"",
                "(",
                "/",
                "\\",
                "-",
                "@",
                "#",
                ":",
                "::",
                ".",
                "1",
                "1.",
                "a.",
                "a@",
                "0x",
                "eyJ",
                "arn:",
                "http://",
                "C:\\",
                "1:",
                "12:00:",
                "2026-",
                "2026-11-",
                "jan 1 ",
                "datetime.datetime(",
                "a1",
                "a_",
                "\ud83d",
                "=",
                "SQLSTATE[",
                "\u201c",
                "<",
                "1e",
                "1,",
                "fe80:"
            })
    void readsEndlessRepetitionOnce(String part) {
        String text = part.repeat(20_000 / part.length());

        assertThat(MessageTemplate.of(text)).isEqualTo(MessageTemplate.of(text));
        assertThat(MessageTemplate.of("x " + part)).isNotNull();
        assertThat(ErrorCodes.of(text)).isNotNull();
    }
}
