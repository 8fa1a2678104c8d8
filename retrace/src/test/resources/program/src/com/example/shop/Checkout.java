package com.example.shop;

final class Checkout {
    private final int items;

    Checkout(int items) {
        this.items = items;
    }

    void pay(String[] cards) {
        for (String card : cards) {
            charge(card);
        }
    }

    private void charge(String card) {
        if (card.isEmpty()) {
            throw new CardDeclined("no card for " + items + " items");
        }
        Object found = Cards.find(card);
        System.out.println(((Card) found).number());
    }
}
