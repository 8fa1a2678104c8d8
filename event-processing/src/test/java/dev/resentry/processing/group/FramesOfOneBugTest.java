package dev.resentry.processing.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames that differ from one deployment, browser or version to the next, and are the same place. */
class FramesOfOneBugTest {

    static Stream<Arguments> pairs() {
        return Stream.of(
                of(
                        "javascript",
                        "content hash before min",
                        "@https://a.example/app.1a2b3c4d.min.js #pay",
                        "@https://a.example/app.5e6f7a8b.min.js #pay"),
                of(
                        "javascript",
                        "content hash of Vite",
                        "@https://a.example/assets/Cart-BX3kd92a.js #pay",
                        "@https://a.example/assets/Cart-DkX_b2mz.js #pay"),
                of(
                        "javascript",
                        "content hash of Angular",
                        "@https://a.example/main-ABCD2345.js #pay",
                        "@https://a.example/main-ZYXW5432.js #pay"),
                of(
                        "javascript",
                        "numbered chunks",
                        "@https://a.example/175.1a2b3c4d.js #pay",
                        "@https://a.example/23.99aabb11.chunk.js #pay".replace(".chunk", "")),
                of(
                        "javascript",
                        "another host",
                        "@https://eu.cdn.example/app.js #pay",
                        "@https://us.cdn.example/v2/app.js?x=1 #pay"),
                of(
                        "javascript",
                        "names of a minifier",
                        "@https://a.example/app.1a2b3c4d.js #t",
                        "@https://a.example/app.5e6f7a8b.js #n"),
                of(
                        "javascript",
                        "Chrome and Firefox",
                        "@https://a.example/app.js #Cart.pay",
                        "@https://a.example/app.js #pay"),
                of(
                        "javascript",
                        "Chrome and Firefox, a closure",
                        "@https://a.example/app.js #<anonymous>",
                        "@https://a.example/app.js #pay/<"),
                of(
                        "javascript",
                        "Chrome and Safari, a constructor",
                        "@https://a.example/app.js #new Cart",
                        "@https://a.example/app.js #Cart"),
                of(
                        "javascript",
                        "Chrome and Safari, the top",
                        "@https://a.example/app.js #?",
                        "@https://a.example/app.js #global code"),
                of(
                        "javascript",
                        "Firefox, a scheduled function",
                        "@https://a.example/app.js #setTimeout handler*pay",
                        "@https://a.example/app.js #pay"),
                of(
                        "javascript",
                        "native frames",
                        "@https://a.example/app.js #all\n@<anonymous> #Array.forEach\n@https://a.example/app.js #pay",
                        "@https://a.example/app.js #all\n@[native code] #forEach\n@https://a.example/app.js #pay"),
                of(
                        "javascript",
                        "callers before an asynchronous break",
                        "@https://a.example/app.js #async click\n@https://a.example/app.js #pay",
                        "@https://a.example/app.js #pay"),
                of(
                        "javascript",
                        "page with an id",
                        "@https://a.example/orders/17 #onclick",
                        "@https://a.example/orders/18?x=y #onclick"),
                of(
                        "node",
                        "release folder",
                        "@/srv/releases/20260101/src/cart.js #pay",
                        "@/srv/releases/20261120/src/cart.js #pay"),
                of("node", "receiver and alias", "@/srv/cart.js #Object.pay [as checkout]", "@/srv/cart.js #Cart.pay"),
                of(
                        "node",
                        "version in the folder of a dependency",
                        "?@/a/node_modules/.pnpm/x@1.2.3/node_modules/x/i.js #f",
                        "?@/b/node_modules/x/i.js #f"),
                of(
                        "python",
                        "comprehension before 3.12",
                        "shop.cart #total\nshop.cart #<listcomp>",
                        "shop.cart #total"),
                of(
                        "python",
                        "recursion",
                        "shop.tree #main\nshop.tree #walk\nshop.tree #walk",
                        "shop.tree #main\nshop.tree #walk\nshop.tree #walk\nshop.tree #walk"),
                of(
                        "python",
                        "recursion of two",
                        "a #f\na #g\na #f\na #g\na #h",
                        "a #f\na #g\na #f\na #g\na #f\na #g\na #h"),
                of(
                        "python",
                        "in-app flags missing",
                        "-site #x\nshop.cart #pay",
                        "?@/venv/lib/python3.12/site-packages/site.py #x\n?shop.cart #pay"),
                of("java", "lambda number", "shop.Cart #lambda$pay$1", "shop.Cart #lambda$pay$7"),
                of(
                        "java",
                        "lambda class",
                        "shop.Cart$$Lambda$12/0x0000000800c1 #run\nshop.Cart #pay",
                        "shop.Cart$$Lambda/0x00007f #run\nshop.Cart #pay"),
                of(
                        "java",
                        "CGLIB proxy",
                        "shop.Cart$$SpringCGLIB$$0 #pay\nshop.Cart$$FastClassBySpringCGLIB$$1a2b #invoke\nshop.Cart #pay",
                        "shop.Cart$$EnhancerBySpringCGLIB$$9f #pay\nshop.Cart #pay"),
                of(
                        "java",
                        "javassist proxy",
                        "shop.Cart_$$_javassist_3 #pay\nshop.Cart #pay",
                        "shop.Cart_$$_jvst1a2_0 #pay\nshop.Cart #pay"),
                of(
                        "java",
                        "JDK proxy",
                        "jdk.proxy2.$Proxy12 #pay\nshop.Cart #pay",
                        "com.sun.proxy.$Proxy99 #pay\nshop.Cart #pay"),
                of(
                        "java",
                        "reflection accessors",
                        "jdk.internal.reflect.GeneratedMethodAccessor12 #invoke\nshop.Cart #pay",
                        "jdk.internal.reflect.DirectMethodHandleAccessor #invoke\nshop.Cart #pay"),
                of(
                        "java",
                        "Hibernate proxy",
                        "shop.Cart$HibernateProxy$x1 #pay\nshop.Cart #pay",
                        "shop.Cart$HibernateProxy$z9 #pay\nshop.Cart #pay"),
                of("java", "anonymous class", "shop.Cart$1 #run", "shop.Cart$2 #run"),
                of("java", "Kotlin lambda", "shop.CartKt #pay$lambda$0", "shop.CartKt #pay$lambda-3"),
                of(
                        "java",
                        "Kotlin coroutine",
                        "shop.CartKt$pay$1 #invokeSuspend\nshop.CartKt #pay",
                        "shop.CartKt #pay"),
                of("java", "Scala closure", "shop.Cart #$anonfun$pay$1", "shop.Cart #$anonfun$pay$4"),
                of("java", "Clojure", "shop.core$fn__1234 #invoke", "shop.core$fn__99 #invoke"),
                of("java", "module of the class", "app//shop.Cart #pay", "shop.Cart #pay"),
                of("csharp", "async state machine", "Shop.Cart+<Pay>d__5 #MoveNext", "Shop.Cart+<Pay>d__7 #MoveNext"),
                of("csharp", "async or not", "Shop.Cart+<Pay>d__5 #MoveNext", "Shop.Cart #Pay"),
                of(
                        "csharp",
                        "closure class",
                        "Shop.Cart+<>c__DisplayClass3_0 #<Pay>b__0",
                        "Shop.Cart+<>c__DisplayClass9_1 #<Pay>b__2"),
                of("csharp", "local function", "Shop.Cart #<Pay>g__Check|5_0", "Shop.Cart #<Pay>g__Check|9_1"),
                of("csharp", "generic arity", "Shop.Repository`1 #Find", "Shop.Repository`1[[Shop.Cart]] #Find"),
                of(
                        "csharp",
                        "plumbing of tasks",
                        "Shop.Cart #Pay\n-System.Runtime.CompilerServices.TaskAwaiter #ThrowForNonSuccess",
                        "Shop.Cart #Pay"),
                of("go", "type arguments", "shop/cart #Find[int]", "shop/cart #Find[...]"),
                of("go", "pointer receiver", "shop/cart #(*Cart).Pay", "shop/cart #Cart.Pay"),
                of("go", "number of a closure", "shop/cart #Pay.func1", "shop/cart #Pay.func2.1"),
                of("node", "with and without a source map", "@/srv/dist/cart.js #pay", "@/srv/src/cart.ts #pay"),
                of("go", "goroutine wrapper", "shop/cart #Pay.gowrap1", "shop/cart #Pay.gowrap2"),
                of("ruby", "labels of 3.4", "@app/models/cart.rb #pay", "@app/models/cart.rb #Cart#pay"),
                of(
                        "ruby",
                        "nested blocks",
                        "@app/models/cart.rb #block in pay",
                        "@app/models/cart.rb #block (2 levels) in Cart#pay"),
                of(
                        "ruby",
                        "compiled template",
                        "@app/views/carts/show.html.erb #_app_views_carts_show_html_erb___123_456",
                        "@app/views/carts/show.html.erb #_app_views_carts_show_html_erb__98_7"),
                of(
                        "php",
                        "anonymous class",
                        "@/srv/1/Job.php #class@anonymous/srv/1/Job.php:3$3e0::run",
                        "@/srv/2/Job.php #class@anonymous/srv/2/Job.php:9$91b::run"),
                of(
                        "php",
                        "closure of 8.4",
                        "@/srv/Job.php #Shop\\Job::Shop\\{closure}",
                        "@/srv/Job.php #{closure:Shop\\Job::run():12}"),
                of(
                        "php",
                        "compiled view",
                        "@/srv/storage/framework/views/0a1b2c3d4e5f60718293a4b5c6d7e8f901234567.php #include",
                        "@/srv/storage/framework/views/99aabbccddeeff00112233445566778899aabbcc.php #include"),
                of("elixir", "function with its module", "Elixir.Shop.Cart #pay/1", "Shop.Cart #Shop.Cart.pay/1"),
                of(
                        "elixir",
                        "anonymous function",
                        "Shop.Cart #anonymous fn/1 in Shop.Cart.pay/1",
                        "Shop.Cart #-pay/1-fun-0-"),
                of(
                        "rust",
                        "hash of the build",
                        "#shop::cart::pay::h0123456789abcdef",
                        "#shop::cart::pay::hfedcba9876543210"),
                of("rust", "closures", "#shop::cart::pay::{{closure}}", "#shop::cart::pay::{closure#0}"),
                of("rust", "trait", "#<shop::Cart as core::ops::drop::Drop>::drop", "#shop::Cart::drop"),
                of("native", "arguments", "#shop::Cart::pay(int, char const*)", "#shop::Cart::pay(long)"),
                of(
                        "native",
                        "template arguments",
                        "#std_like::Vec<int>::at(unsigned long)",
                        "#std_like::Vec<std::string>::at(unsigned long)"),
                of("native", "copies of the optimiser", "#pay.isra.0", "#pay [clone .part.2]"),
                of(
                        "native",
                        "lambdas",
                        "#shop::pay()::{lambda(int)#1}::operator()(int) const",
                        "#shop::pay()::{lambda(int)#2}::operator()(int) const"),
                of("native", "Objective-C block", "#__12-[Cart pay]_block_invoke", "#__31-[Cart pay]_block_invoke_2"),
                of("perl", "script folder", "Shop::Cart #Shop::Cart::pay", "Shop::Cart #pay"));
    }

    private static Arguments of(String platform, String what, String one, String other) {
        return Arguments.of(platform, what, one, other);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("pairs")
    void meet(String platform, String what, String one, String other) {
        assertThat(SentEvent.thrown(platform, "E", other)
                        .grouped()
                        .explanation()
                        .hashedTexts())
                .isEqualTo(SentEvent.thrown(platform, "E", one)
                        .grouped()
                        .explanation()
                        .hashedTexts())
                .hasSizeGreaterThan(4);
    }
}
