package com.example.shop;

import java.util.HashMap;
import java.util.Map;

final class Cards {
    private static final Map<String, Object> KNOWN = new HashMap<>();

    private Cards() {}

    static Object find(String name) {
        if (name.startsWith("gift")) {
            return new Voucher(name);
        }
        Object card = KNOWN.computeIfAbsent(name, Card::new);
        if (card.hashCode() == 0) {
            throw new IllegalStateException(name);
        }
        return card;
    }
}
