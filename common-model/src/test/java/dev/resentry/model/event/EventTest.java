package dev.resentry.model.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.json.UntrustedJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {
    @Test
    void readsWhatNormalisingLeaves() {
        Event event = event("""
                {"level": "warning", "logger": "shop", "transaction": "GET /cart", "culprit": "cart",
                 "logentry": {"message": "Cart %s", "formatted": "Cart 7"}, "fingerprint": ["a", "b"],
                 "request": {"url": "http://shop/"},
                 "exception": {"values": [{"type": "Cause"}, {"type": "E", "value": "v", "mechanism": {"synthetic": true},
                    "stacktrace": {"frames": [
                        {"module": "shop.Cart", "function": "pay", "filename": "Cart.java", "abs_path": "/src/Cart.java",
                         "in_app": true},
                        {"module": "lib.Http"}]}}]},
                 "breadcrumbs": {"values": [{"category": "http", "message": "GET", "level": "error"}, {}]}}
                """);

        assertThat(event.level()).isEqualTo(Level.WARNING);
        assertThat(event.logger()).isEqualTo("shop");
        assertThat(event.transaction()).isEqualTo("GET /cart");
        assertThat(event.culprit()).isEqualTo("cart");
        assertThat(event.logEntry().template()).isEqualTo("Cart %s");
        assertThat(event.logEntry().formatted()).isEqualTo("Cart 7");
        assertThat(event.fingerprint()).containsExactly("a", "b");
        assertThat(event.request().url()).isEqualTo("http://shop/");
        assertThat(event.exceptions().values()).extracting(ExceptionValue::type).containsExactly("Cause", "E");
        ExceptionValue thrown = event.exceptions().thrown().orElseThrow();
        assertThat(thrown.value()).isEqualTo("v");
        assertThat(thrown.isSynthetic()).isTrue();
        Frame nearest = thrown.stacktrace().nearestFrame().orElseThrow();
        assertThat(nearest.module()).isEqualTo("shop.Cart");
        assertThat(nearest.function()).isEqualTo("pay");
        assertThat(nearest.filename()).isEqualTo("Cart.java");
        assertThat(nearest.absPath()).isEqualTo("/src/Cart.java");
        assertThat(event.breadcrumbs()).extracting(Breadcrumb::level).containsExactly(Level.ERROR, Level.INFO);
        assertThat(event.breadcrumbs().getFirst().category()).isEqualTo("http");
        assertThat(event.breadcrumbs().getFirst().message()).isEqualTo("GET");
    }

    @Test
    void theNearestFrameIsTheLastWhereNoneIsOfTheProgram() {
        Event event = event("{\"stacktrace\":{\"frames\":[{\"function\":\"a\"},{\"function\":\"b\"},null]}}");

        assertThat(event.stacktrace().nearestFrame()).map(Frame::function).contains("b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "{}",
                "{'exception':7,'threads':[],'breadcrumbs':{},'logentry':'x','stacktrace':null,'request':[],'fingerprint':'f','level':4}",
                "{'exception':{'values':[null,1,[]]},'threads':{'values':'x'},'breadcrumbs':{'values':{'a':1}},'fingerprint':{},'level':'loud'}"
            })
    void whatHasAnotherShapeReadsAsEmpty(String json) {
        Event event = event(json.replace('\'', '"'));

        assertThat(event.exceptions().isEmpty()).isTrue();
        assertThat(event.exceptions().thrown()).isEmpty();
        assertThat(event.threads()).isEmpty();
        assertThat(event.breadcrumbs()).isEmpty();
        assertThat(event.stacktrace().isPresent()).isFalse();
        assertThat(event.stacktrace().nearestFrame()).isEmpty();
        assertThat(event.logEntry().formatted()).isEmpty();
        assertThat(event.request().url()).isEmpty();
        assertThat(event.fingerprint()).isEmpty();
        assertThat(event.level()).isEqualTo(Level.ERROR);
    }

    private static Event event(String json) {
        return new Event(UntrustedJson.STORED.tree(json));
    }
}
