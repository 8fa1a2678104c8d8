package com.example.shop;

final class Voucher {
    private final String code;

    Voucher(String code) {
        this.code = code;
    }

    @Override
    public String toString() {
        return code;
    }
}
