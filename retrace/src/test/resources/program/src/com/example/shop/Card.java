package com.example.shop;

final class Card {
    private final String number;

    Card(String number) {
        this.number = number;
    }

    String number() {
        return number;
    }
}
