package dev.resentry.processing.title;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.resentry.model.envelope.Payload;
import dev.resentry.model.event.Event;
import dev.resentry.model.event.EventId;
import dev.resentry.processing.group.Grouping;
import dev.resentry.processing.group.GroupingRules;
import dev.resentry.processing.normalize.EventJson;
import dev.resentry.processing.normalize.EventNormalizer;
import dev.resentry.processing.normalize.NormalizationContext;
import dev.resentry.processing.normalize.NormalizedEvent;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TitleTest {
    private static final String THROWN = """
            {"exception":{"type":"E","value":"first line\\nsecond","stacktrace":{"frames":[
                {"module":"shop.Cart","function":"pay","lineno":1,"in_app":true}]}}}""";

    @Test
    void titlesAndCulpritsSayWhatAndWhere() {
        assertThat(Title.of(event(THROWN))).isEqualTo("E: first line");
        assertThat(Title.culprit(event(THROWN))).isEqualTo("shop.Cart in pay");
        assertThat(Title.of(event("{}"))).isEqualTo("<unlabeled event>");
        assertThat(Title.culprit(event("{\"transaction\":\"GET /cart\"}"))).isEqualTo("GET /cart");
        assertThat(Title.culprit(event("{\"request\":{\"url\":\"http://shop/\"}}")))
                .isEqualTo("http://shop/");
    }

    @Test
    void theMessageOfAnEventIsCutForLists() {
        assertThat(Title.message(event(THROWN))).isNull();
        assertThat(Title.message(event("{\"message\":\"%s\"}".formatted("x".repeat(1_001)))))
                .isEqualTo("x".repeat(999) + "…");
    }

    /** As StacktraceResponseTest has it in query-api: the culprit is of the stack trace that people see. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "own | {'stacktrace':{'frames':[{'module':'own'}]},'threads':[{},{'stacktrace':{'frames':[{'module':'other'}]}}]}",
                "crashed | {'stacktrace':{'frames':[{'module':'own'}]},'threads':[{'crashed':true,'stacktrace':{'frames':[{'module':'crashed'}]}}]}",
                "current | {'threads':[{'crashed':true},{'current':true,'stacktrace':{'frames':[{'module':'current'}]}}]}",
                "first | {'threads':[{'stacktrace':{'frames':[{'module':'first'}]}},{'stacktrace':{'frames':[{'module':'second'}]}}]}"
            },
            quoteCharacter = '`')
    void theCulpritIsOfTheMainStacktrace(String culprit, String sent) {
        assertThat(Title.culprit(event(sent.replace('\'', '"')))).isEqualTo(culprit);
    }

    @Test
    void theExceptionThrownLastTitlesAChain() {
        assertThat(Title.of(event("{\"exception\":[{\"type\":\"Cause\"},{\"type\":\"Thrown\",\"value\":\"v\"}]}")))
                .isEqualTo("Thrown: v");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Inner: a | [{'type':'Inner','value':'a','mechanism':{'exception_id':1,'parent_id':0}},{'type':'Group','mechanism':{'exception_id':0,'is_exception_group':true}}]",
                "Inner: a | [{'type':'Inner','value':'a','mechanism':{'exception_id':2,'parent_id':1}},{'type':'G2','mechanism':{'exception_id':1,'parent_id':0,'is_exception_group':true}},{'type':'G1','mechanism':{'exception_id':0,'is_exception_group':true}}]",
                "Group: 2 errors | [{'type':'A','mechanism':{'exception_id':2,'parent_id':0}},{'type':'B','mechanism':{'exception_id':1,'parent_id':0}},{'type':'Group','value':'2 errors','mechanism':{'exception_id':0,'is_exception_group':true}}]",
                "Thrown | [{'type':'Suppressed','mechanism':{'type':'suppressed','exception_id':1,'parent_id':0}},{'type':'Thrown','mechanism':{'exception_id':0,'is_exception_group':true}}]"
            },
            quoteCharacter = '`')
    void aGroupWithOneMemberIsCalledByIt(String title, String exceptions) {
        assertThat(Title.of(event("{\"exception\":%s}".formatted(exceptions.replace('\'', '"')))))
                .isEqualTo(title);
    }

    @Test
    void whatTheSdkMadeUpIsCalledByItsPlace() {
        String synthetic =
                "{\"exception\":{\"type\":\"SIGABRT\",\"value\":\"v\",\"mechanism\":{\"synthetic\":true}%s}}";

        assertThat(Title.of(event(synthetic.formatted(",\"stacktrace\":{\"frames\":[{\"function\":\"pay\"}]}"))))
                .isEqualTo("pay");
        assertThat(Title.of(event(synthetic.formatted("")))).isEqualTo("v");
    }

    @Test
    void reportsOfAPolicyAreCalledByWhatWasBlocked() {
        assertThat(Title.of(event(
                        "{\"csp\":{\"effective_directive\":\"img-src\",\"blocked_uri\":\"https://evil.example\"}}")))
                .isEqualTo("Blocked by 'img-src': https://evil.example");
        assertThat(Title.of(event("{\"expectct\":{\"hostname\":\"a.example\"}}")))
                .isEqualTo("Expect-CT failed for 'a.example'");
    }

    /** The nearest frame of the program, behind those of the SDK and of the panic itself. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pay(shop/cart.js) | javascript | {'filename':'shop/cart.js','function':'pay','in_app':true}",
                "shop.Cart in pay | java | {'module':'shop.Cart','function':'pay','in_app':true},{'module':'java.util.List','function':'get','in_app':true}",
                "shop::cart::pay | rust | {'function':'shop::cart::pay','in_app':true},{'function':'core::panicking::panic_fmt','in_app':true},{'function':'rust_begin_unwind','in_app':true},{'function':'sentry_panic::panic_handler','in_app':true}",
                "shop::cart::pay | native | {'function':'shop::cart::pay','in_app':true},{'function':'std::panicking::begin_panic','in_app':true},{'function':'sentry_core::hub::Hub::with','in_app':true}",
                "shop.cart in pay | python | {'module':'shop.cart','function':'pay','in_app':true},{'module':'lib','function':'x','in_app':false}"
            },
            quoteCharacter = '`')
    void theCulpritIsCodeOfTheProgram(String culprit, String platform, String frames) {
        String sent = "{\"platform\":\"%s\",\"exception\":{\"type\":\"E\",\"stacktrace\":{\"frames\":[%s]}}}"
                .formatted(platform, frames.replace('\'', '"'));

        assertThat(Title.culprit(event(sent))).isEqualTo(culprit);
    }

    @Test
    void aRuleMayGiveTheTitle() {
        var parsed = (GroupingRules.Parse.Parsed)
                GroupingRules.parse("type:E -> e title=\"Cart of {{ tags.shop }}: {{ value }}\"", "");
        NormalizedEvent event =
                normalized("{\"tags\":{\"shop\":\"berlin\"},\"exception\":{\"type\":\"E\",\"value\":\"item 17\"}}");

        assertThat(Title.of(event.view(), Grouping.of(event, parsed.rules()))).isEqualTo("Cart of berlin: item 17");
        assertThat(Title.of(event.view(), Grouping.of(event, GroupingRules.NONE)))
                .isEqualTo("E: item 17");
    }

    private static Event event(String json) {
        return normalized(json).view();
    }

    private static NormalizedEvent normalized(String json) {
        var read = (EventJson.Read.Json) EventJson.read(Payload.of(json.getBytes(UTF_8)));
        return EventNormalizer.normalize(
                read.event(), NormalizationContext.of(new EventId(new UUID(1, 2)), Instant.EPOCH));
    }
}
