package dev.resentry.processing.symbolicate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorStackTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Chrome and Node
                "at pay (https://shop.example/app.js:1:2034)|pay|https://shop.example/app.js|1|2034",
                "at async Cart.add [as put] (https://shop.example/app.js:1:20)|Cart.add [as put]|https://shop.example/app.js|1|20",
                "at new Cart (/srv/app (2)/x.js:3:4)|new Cart|/srv/app (2)/x.js|3|4",
                "at https://shop.example:8080/app.js?v=1:7:8|''|https://shop.example:8080/app.js?v=1|7|8",
                "at eval (eval at run (https://shop.example/a.js:5:6), <anonymous>:1:3)|eval|https://shop.example/a.js|5|6",
                "at Array.forEach (<anonymous>)|Array.forEach|<anonymous>|0|0",
                // Firefox
                "pay@https://shop.example/app.js:1:2034|pay|https://shop.example/app.js|1|2034",
                "@https://unpkg.com/react@18/a.js:1:20|''|https://unpkg.com/react@18/a.js|1|20",
                "async*start/<@https://shop.example/a.js:1:2|async*start/<|https://shop.example/a.js|1|2",
                "run@https://shop.example/a.js line 3 > eval:1:1|run|https://shop.example/a.js|3|0",
                // Safari
                "global code@https://shop.example/app.js:1:2|global code|https://shop.example/app.js|1|2",
                "forEach@[native code]|forEach|[native code]|0|0",
                "https://shop.example/app.js:9:10|''|https://shop.example/app.js|9|10",
            })
    void readsAFrame(String line, String function, String url, int number, int column) {
        assertThat(ErrorStack.parse("TypeError: x is not a function\n    " + line + "\n"))
                .containsExactly(new MinifiedFrame(url, number, column, function, null));
    }

    @Test
    void readsFramesInTheirOrderAndNothingElse() {
        String stack = "Error: no card: at most 3\nsecond line\n  at b (b.js:1:1)\n  at a (a.js:2:2)\n\n";

        assertThat(ErrorStack.parse(stack)).extracting(MinifiedFrame::function).containsExactly("b", "a");
        assertThat(ErrorStack.parse("")).isEmpty();
        assertThat(ErrorStack.parse("at\nat \n@\nat (\nat x (eval at\n")).hasSizeLessThan(5);
        assertThat(ErrorStack.parse("at a (a.js:1:1)\n".repeat(10_000))).hasSize(250);
    }
}
