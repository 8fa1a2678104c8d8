package com.example.shop;

/** The door of the program, whose name R8 keeps. */
public final class Shop {
    private Shop() {}

    public static void main(String[] arguments) {
        new Checkout(arguments.length).pay(arguments);
    }
}
