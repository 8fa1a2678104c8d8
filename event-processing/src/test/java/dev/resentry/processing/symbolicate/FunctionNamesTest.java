package dev.resentry.processing.symbolicate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The name of the function in which a mark stands. */
class FunctionNamesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '§',
            value = {
                "function pay(a, b) { throw ◆ }! pay",
                "export default async function start(root) { await ◆ }! start",
                "function* pages() { yield ◆ }! pages",
                "const pay = (a) => { ◆ }! pay",
                "const pay = async a => ◆(a);! pay",
                "const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms))\\nconst x = ◆!",
                "const wait = (ms) => new Promise(◆)! wait",
                "const first = () => 1, second = () => ◆! second",
                "const pay = function () { ◆ }! pay",
                "const pay = function inner() { ◆ }! inner",
                "shop.cart.pay = function () { ◆ }! pay",
                "class Cart { add(name) { ◆ } }! Cart.add",
                "class Cart extends mixin({ a: 1 }) { async add(name) { ◆ } }! Cart.add",
                "class Cart { constructor(a) { ◆ } }! new Cart",
                "class Cart { get total() { ◆ } }! Cart.total",
                "class Cart { #hide() { ◆ } }! Cart.#hide",
                "class Cart { static *all() { ◆ } }! Cart.all",
                "class Cart { onClick = (e) => { ◆ } }! onClick",
                "const Cart = class { add() { ◆ } }! Cart.add",
                "const api = { load() { ◆ } }! load",
                "const api = { a: 1, load: async () => { ◆ } }! load",
                "const api = { 'load it': function () { ◆ } }! load it",
                "function a() { if (x) { for (;;) { try { ◆ } catch (e) { } } } }! a",
                "function a() { b(); } ◆!",
                "function a() { list.map((x) => ◆) }!",
                "function a() { list.map((x) => x.y, ◆) }! a",
                "function a() { const s = '}'; const t = `} ${ { b: 1 }.b } }`; ◆ }! a",
                "function a() { const r = /[/}'\"]\\/}/g; ◆ }! a",
                "function a() { return x / y / ◆ }! a",
                "function a() { // } it's\\n /* } */ ◆ }! a",
                "function Page() { return <p>Don't {items.map(one)} </p>; ◆ }! Page",
                "function a(x: Cart<Item>, y?: string): Promise<void> { ◆ }! a",
                "const pay = async (x: Cart): Promise<Map<string, Item[]>> => { ◆ }! pay",
                "const Page: React.FC<Props> = (props) => { ◆ }! Page",
                "class Cart<T> { public async add<K>(name: K): Promise<this> { ◆ } }! Cart.add",
                "switch (a) { case f(x): { ◆ } }!",
                "while (f(x)) { ◆ }!",
                "} } ) ◆!",
                "function a( { ◆!",
            })
    void isTheOneThatPeopleKnow(String code, String name) {
        String text = code.replace("\\n", "\n");

        var names = new FunctionNames(text.replace("◆", "m()"));

        assertThat(names.at(text.indexOf('◆')).orElse("")).isEqualTo(name == null ? "" : name);
    }

    @Test
    @Timeout(60)
    void endsForCodeOfAnyShape() {
        for (String part :
                new String[] {"{", "(", "=>", "`${", "a=>", "class A{", "/", "'", "}", "function(", "<", "a:", ")=>"}) {
            String code = part.repeat(300_000);
            assertThat(new FunctionNames(code).at(code.length())).isNotNull();
        }
    }

    /** What seems to begin on a line and ends nowhere is not looked for from each of its beginnings to the end of the line. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\'", "\\\"", "\\'\\\"", "/[", "(/[", "(/[\\/", "/[ [/", "'\\\n", "/\\'[\"", "=/'", "(/[^]", "a'\"`${"
            })
    @Timeout(20)
    void readsAMegabyteOfHostileCodeInOnePass(String part) {
        String code = part.repeat(1_000_000 / part.length());

        assertThat(new FunctionNames(code).at(code.length() / 2)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '§',
            value = {
                "function a() { x(/[) }\\nfunction b() { ◆! b",
                "function a() { x(/[, /}/); ◆! a",
                "function a() { 'it\\'s\\n y('}'); ◆! a",
                "function a() { 'it\\'s }'; ◆! a",
            })
    void goesOnBehindWhatIsNotClosedOnItsLine(String code, String name) {
        String text = code.replace("\\n", "\n");

        assertThat(new FunctionNames(text.replace("◆", "m()"))
                        .at(text.indexOf('◆'))
                        .orElse(""))
                .isEqualTo(name);
    }

    @Test
    void weighsWhatItKeeps() {
        assertThat(new FunctionNames("function pay() {}\n".repeat(1_000)).weight())
                .isGreaterThan(new FunctionNames("function pay() {}\n").weight() + 1_000 * 16);
    }
}
