package dev.resentry.storage.search;

import java.util.List;
import java.util.Random;

/** Queries of all that the language has, over what is in {@link SearchWorld}. */
final class RandomQueries {
    private static final List<String> TERMS = List.of(
            "level:error",
            "level:[warning, info]",
            "LEVEL:Fatal",
            "level:e*",
            "environment:production",
            "environment:\"\"",
            "environment:[staging, \"\"]",
            "environment:stag*",
            "release:web@1.2.0",
            "release:latest",
            "release:[nightly, web@2*]",
            "release:\"\"",
            "release.version:2.0.0",
            "release.version:>=1.10.0",
            "release.version:>1.2",
            "release.version:<2.0.0",
            "release.version:<=2.0.0-rc.1",
            "release.version:1.*",
            "release.package:web",
            "release.build:45",
            "release.build:>44",
            "message:cart",
            "message:CART",
            "message:\"100%\"",
            "message:a_b",
            "message:*read*null",
            "message:[hi, fehlt]",
            "message:\"\"",
            "message:\"back\\slash\"",
            "title:\"cart is empty \\*\"",
            "title:cart*",
            "title:\"*(x)\"",
            "title:日本語*",
            "title:*_b*",
            "transaction:/cart",
            "transaction:/checkout/:id",
            "transaction:/check*",
            "browser.name:Safari",
            "browser.name:saf*",
            "browser.name:\"\"",
            "browser.name:[Firefox, Opera]",
            "unknown_tag:x",
            "unknown_tag:\"\"",
            "\"my key\":\"a b\"",
            "\"my key\":c\\*d",
            "tags[\"my key\"]:*b",
            "tags[my key]:\"back\\slash\"",
            "tags[level]:custom",
            "tags[level]:error",
            "tags[cart,number]:>2",
            "tags[cart,number]:<=2.5",
            "tags[cart,number]:10",
            "tags[cart,string]:many",
            "flags[new-cart]:true",
            "flags[new-cart]:false",
            "flags[other]:true",
            "error.type:TypeError",
            "error.type:*Error",
            "error.type:\"\"",
            "error.type:[KeyError, ValueError]",
            "error.value:*CART",
            "error.mechanism:onerror",
            "error.handled:true",
            "error.handled:0",
            "error.unhandled:true",
            "stack.filename:app.js",
            "stack.function:<anonymous>",
            "stack.function:render()",
            "stack.filename:lib*",
            "user.id:7",
            "user.email:ann*",
            "user:id:8",
            "user:email:bob@shop.example",
            "user:10.0.0.7",
            "user:\"\"",
            "user.ip:10.*",
            "http.method:POST",
            "http.url:https://shop.example/*",
            "http.status_code:\"\"",
            "os.name:Android",
            "os.version:1*",
            "timestamp:-24h",
            "timestamp:+2d",
            "timestamp:2026-11-18",
            "timestamp:>2026-11-17T06:00:00Z",
            "timestamp:<=-3d",
            "trace:00000000000000010000000000000001",
            "trace:\"\"",
            "is:unresolved",
            "is:resolved",
            "is:ignored",
            "is:archived",
            "is:assigned",
            "is:unassigned",
            "is:for_review",
            "is:linked",
            "is:unlinked",
            "is:new",
            "is:archived_forever",
            "is:reprocessing",
            "status:unresolved",
            "status:[resolved, muted]",
            "substatus:ongoing",
            "substatus:\"\"",
            "assigned:me",
            "assigned:none",
            "assigned:my_teams",
            "assigned:bob@x.example",
            "assigned:@Cid",
            "assigned:#blue",
            "assigned:[me, none]",
            "assigned:nobody",
            "timesSeen:>20",
            "times_seen:5",
            "timesSeen:[1, 2]",
            "times-seen:<=3",
            "firstSeen:-7d",
            "age:+7d",
            "first_seen:>2026-11-10",
            "lastSeen:-2d",
            "usersSeen:>5",
            "users_seen:0",
            "issue.priority:high",
            "issue.priority:[low, medium]",
            "issue:WEB-7",
            "issue:[1, 2, 3]",
            "issue.id:5",
            "project:web",
            "project:[shop, 17]",
            "project.id:2",
            "firstRelease:web@2.0.0",
            "first-release:latest",
            "issue.category:error",
            "issue.category:feedback",
            "has:release",
            "has:environment",
            "has:browser.name",
            "has:user",
            "has:error.type",
            "has:tags[level]",
            "has:assigned",
            "has:trace",
            "has:message",
            "has:flags[new-cart]",
            "has:first_release",
            "cart",
            "\"is empty\"",
            "READ",
            "50%_off",
            "größe",
            "cart*in",
            "\\*",
            "\"say \\\"hi\\\"\"",
            "title:\uF00DContains\uF00Dempty",
            "title:\uF00DStartsWith\uF00D100%",
            "title:\uF00DEndsWith\uF00D[null, \"(x)\"]");

    private RandomQueries() {}

    static String query(Random random) {
        return query(random, 3);
    }

    private static String query(Random random, int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return term(random);
        }
        return switch (random.nextInt(6)) {
            case 0, 1 -> part(random, depth) + " " + part(random, depth);
            case 2 -> part(random, depth) + " AND " + part(random, depth);
            case 3, 4 -> part(random, depth) + " or " + part(random, depth);
            default -> (random.nextBoolean() ? "NOT " : "!") + "(" + query(random, depth - 1) + ")";
        };
    }

    private static String part(Random random, int depth) {
        return random.nextBoolean() ? "(" + query(random, depth - 1) + ")" : query(random, depth - 1);
    }

    private static String term(Random random) {
        String term = TERMS.get(random.nextInt(TERMS.size()));
        boolean isText = !term.contains(":");
        return random.nextInt(4) == 0 && !isText ? "!" + term : term;
    }
}
