package com.example.shop;

final class CardDeclined extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CardDeclined(String message) {
        super(message);
    }
}
